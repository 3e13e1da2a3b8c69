import contextlib
import datetime
import json
import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.crm_ir_base.models.crm_ir_connection_mixin import PAUSE_REASONS
from odoo.addons.crm_ir_base.tools.http import Door, DoorError, InDoubt, Refused

from ..const import FAILURES
from ..gateways import GATEWAYS, Setup
from ..tools.line import plain_line
from ..tools.tehran import TEHRAN

# of the lines of an account, which may be a reseller's
_SHOWN_LINES = 10


class CrmIrSmsAccount(models.Model):
    """A company's account and line at an SMS gateway."""

    _name = "crm.ir.sms.account"
    _description = "SMS Account"
    _inherit = ["crm.ir.connection.mixin", "mail.thread", "mail.activity.mixin"]
    _secrets = frozenset(
        {"proxy", "api_key", "username", "password", "options", "push_token"}
    )

    pause_reason = fields.Selection(PAUSE_REASONS)
    gateway = fields.Selection(
        selection=[(key, one.title) for key, one in GATEWAYS.items()], required=True
    )
    api_key = fields.Char(string="API Key", groups="base.group_system", copy=False)
    username = fields.Char(groups="base.group_system", copy=False)
    password = fields.Char(groups="base.group_system", copy=False)
    asked = fields.Char(
        compute="_compute_asked", help="The credentials that the gateway asks for."
    )
    options = fields.Json(groups="base.group_system", copy=False)
    options_text = fields.Text(
        string="Request",
        compute="_compute_options_text",
        inverse="_inverse_options_text",
        groups="base.group_system",
        help="How this gateway is called, as JSON: see the module's README.",
    )
    sender = fields.Char(
        string="Line", required=True, help="The number that texts are sent from."
    )
    line_kind = fields.Selection(
        [("service", "Service"), ("promotional", "Promotional")],
        required=True,
        default="service",
        help="Campaigns leave by promotional lines only; everything else by the first"
        " account of either kind.",
    )
    allows_links = fields.Boolean(
        default=True,
        help="Whether the gateway lets texts with links pass on this line.",
    )
    hour_from = fields.Float(
        string="Advertising From",
        default=8,
        help="Campaigns leave by this line from this hour on, in Tehran.",
    )
    hour_to = fields.Float(
        string="Advertising Until",
        default=21,
        help="Campaigns leave by this line until this hour, in Tehran. The same hour"
        " twice allows the whole day.",
    )
    daily_cap = fields.Integer(
        string="Most per Day",
        help="How many messages may leave between two midnights of Tehran; 0 is no limit.",
    )
    unit_price = fields.Integer(
        string="Price of a Unit (Rial)",
        default=1,
        help="What one unit of the gateway's costs and credit is worth. Gateways that"
        " count in Rial need no change.",
    )
    part_price = fields.Integer(
        string="Price of a Part (Rial)",
        help="What one part of a text costs on this line: the composer tells the cost"
        " before sending. 0 where it is not known.",
    )
    credit = fields.Float(
        digits=(16, 2), readonly=True, copy=False, help="As of the last look at it."
    )
    credit_checked = fields.Datetime(readonly=True, copy=False)
    credit_alarm = fields.Float(
        digits=(16, 2), help="Below this credit the administrators get an activity."
    )
    push_token = fields.Char(
        default=lambda self: secrets.token_urlsafe(24),
        copy=False,
        readonly=True,
        groups="base.group_system",
    )
    push_url = fields.Char(
        string="Address for the Panel",
        compute="_compute_push_url",
        groups="base.group_system",
        help="Give it to the gateway's panel as callback of delivery reports and of"
        " incoming texts. Whoever knows it can write to you: keep it secret.",
    )
    inbox_after = fields.Char(readonly=True, copy=False, groups="base.group_system")
    text_count = fields.Integer(compute="_compute_text_count")

    _daily_cap_not_negative = models.Constraint(
        "CHECK (daily_cap >= 0)",
        "The most per day cannot be negative: use 0 for no limit.",
    )
    _hours_of_a_day = models.Constraint(
        "CHECK (hour_from >= 0 AND hour_from <= 24 AND hour_to >= 0 AND hour_to <= 24)",
        "The hours of advertising are between 0:00 and 24:00.",
    )
    _part_price_not_negative = models.Constraint(
        "CHECK (part_price >= 0)",
        "The price of a part cannot be negative: use 0 where it is not known.",
    )
    _unit_price_positive = models.Constraint(
        "CHECK (unit_price > 0)", "The price of a unit must be positive."
    )

    @api.depends("gateway")
    def _compute_asked(self):
        for account in self:
            gateway = GATEWAYS.get(account.gateway)
            account.asked = gateway and ",".join(gateway.credentials)

    @api.depends("options")
    def _compute_options_text(self):
        for account in self:
            account.options_text = account.options and json.dumps(
                account.options, ensure_ascii=False, indent=2
            )

    def _inverse_options_text(self):
        for account in self:
            try:
                account.options = json.loads(account.options_text or "{}")
            except ValueError as error:
                raise ValidationError(
                    self.env._("The request is not JSON: %(error)s", error=error)
                ) from error

    @api.depends("push_token")
    def _compute_push_url(self):
        for account in self:
            path = f"/crm_ir_sms/{account._origin.id}/{account.push_token}"
            account.push_url = account.get_base_url() + path

    def _compute_text_count(self):
        counts = dict(
            self.env["crm.ir.sms.message"]._read_group(
                [("account_id", "in", self.ids)], ["account_id"], ["__count"]
            )
        )
        for account in self:
            account.text_count = counts.get(account._origin, 0)

    @api.constrains("gateway", "api_key", "username", "password", "options")
    def _check_credentials(self):
        for account in self.sudo():
            gateway = GATEWAYS[account.gateway]
            missing = [name for name in gateway.credentials if not account[name]]
            if missing:
                labels = (
                    account._fields[name]._description_string(self.env)
                    for name in missing
                )
                raise ValidationError(
                    self.env._(
                        "%(gateway)s needs: %(fields)s.",
                        gateway=gateway.title,
                        fields=", ".join(labels),
                    )
                )
            findings = gateway.check_options(account.options or {})
            if findings:
                raise ValidationError("\n".join(findings))

    # === ACTIONS === #

    def action_check(self):
        """Ask for the credit, which proves address, key and network at once.

        Where the gateway tells the account's lines, say also whether ours is among them.
        """
        self.ensure_one()
        self.check_access("write")
        self._check_credit()
        works = self.env._(
            "The account works. Its credit is %(credit)s.", credit=self.credit
        )
        warning = self._line_warning()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if warning else "success",
                "sticky": bool(warning),
                "message": f"{works} {warning}".strip(),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_open_messages(self):
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "crm_ir_sms.crm_ir_sms_message_action"
            ),
            "domain": [("account_id", "=", self.id)],
        }

    # === BUSINESS METHODS === #

    def _gateway(self):
        """The gateway of this account, to be used in a `with` of its door."""
        account = self.sudo()
        gateway = GATEWAYS[account.gateway]
        door = Door(
            account.base_url or gateway.base_url,
            secrets=(account.api_key, account.password),
            proxy=account.proxy or "",
        )
        setup = Setup(
            sender=account.sender,
            is_promotional=account.line_kind == "promotional",
            api_key=account.api_key or "",
            username=account.username or "",
            password=account.password or "",
            options=account.options or {},
        )
        return gateway(door, setup)

    def _ask(self, question):
        """What the gateway answers to a person's ``question``, a function of it.

        Raises UserError with what to do where it does not answer.
        """
        gateway = self._gateway()
        try:
            with gateway.door:
                return question(gateway)
        except Refused as refused:
            _label, sentence = FAILURES[gateway.failure(refused.code).value]
            raise UserError(
                self.env._(
                    "%(sentence)s (%(gateway)s: %(code)s)",
                    sentence=self.env._(sentence),
                    gateway=gateway.title,
                    code=refused.code,
                )
            ) from refused
        except DoorError as error:
            raise UserError(
                self.env._(
                    "%(gateway)s could not be asked: check the server's internet"
                    " connection and the account's address, and try again.",
                    gateway=gateway.title,
                )
            ) from error

    def _line_warning(self):
        """What to do about a line that the gateway does not name, "" where it does.

        No proof: some gateways let accounts send from shared lines that they do not list.
        """
        lines = []
        with contextlib.suppress(UserError):
            lines = self._ask(lambda gateway: gateway.lines())
        if not lines or plain_line(self.sender) in map(plain_line, lines):
            return ""
        more = ["…"] if len(lines) > _SHOWN_LINES else []
        return self.env._(
            "But the gateway does not name %(line)s among the lines of this account:"
            " %(lines)s. Correct the line, unless it is a shared one.",
            line=self.sender,
            lines=", ".join([*lines[:_SHOWN_LINES], *more]),
        )

    @api.model
    def _askable(self):
        """The accounts that may be asked now, also while no more may leave by them."""
        now = self.env.cr.now()
        resting = self._usable(datetime.datetime.max).filtered_domain(
            [("pause_reason", "=", "allowance")]
        )
        return self._usable(now) | resting

    def _of_line(self, line):
        """The account with a plain ``line`` at the same panel, else the panel's first.

        An inbox may hold the texts of all lines of the panel.
        """
        account = self.sudo()
        same = account.search(
            [
                (name, "=", account[name])
                for name in ("gateway", "base_url", "username", "api_key")
            ]
            + [("company_id", "=", account.company_id.id)]
        )
        theirs = same.filtered(lambda one: plain_line(one.sender) == line)
        return (theirs or same)[:1]

    def _take_push(self, form):
        """Take what the gateway pushed: ask about its reports soon, keep its text."""
        gateway = self._gateway()
        reports, text = [], None
        with contextlib.suppress(InDoubt):
            reports = gateway.read_reports(form)
        with contextlib.suppress(InDoubt):
            text = gateway.read_incoming(form)
        messages = self.env["crm.ir.sms.message"]
        messages._ask_soon(self, [report.external_id for report in reports])
        if text:
            self.env["crm.ir.sms.incoming"]._store(self, [text])

    def _check_credit(self):
        """Look at the credit; raises UserError with what to do where it cannot be seen."""
        try:
            credit = self._ask(lambda gateway: gateway.credit())
        except NotImplementedError as error:
            raise UserError(
                self.env._(
                    "%(gateway)s does not tell its credit: send yourself a text to see"
                    " whether the account works.",
                    gateway=GATEWAYS[self.gateway].title,
                )
            ) from error
        self.sudo().write(
            {"credit": float(credit), "credit_checked": self.env.cr.now()}
        )
        self._alarm()

    @api.model
    def _check_credits(self):
        """Look once an hour at the credit of accounts that have an alarm."""
        hour_ago = self.env.cr.now() - datetime.timedelta(hours=1)
        due = fields.Domain("credit_checked", "=", False)
        due |= fields.Domain("credit_checked", "<", hour_ago)
        for account in self._askable().filtered_domain(
            due & fields.Domain("credit_alarm", ">", 0)
        ):
            account.credit_checked = self.env.cr.now()
            with contextlib.suppress(UserError):
                account._check_credit()

    def _alarm(self):
        """Tell the administrators once that the credit comes to its end."""
        activity = self.env.ref("mail.mail_activity_data_todo")
        for account in self.sudo():
            told = account.activity_ids.filtered("automated")
            if account.credit >= account.credit_alarm:
                told.unlink()
            elif not told:
                for user in self.env.ref("base.group_system").user_ids:
                    account.activity_schedule(
                        activity_type_id=activity.id,
                        user_id=user.id,
                        automated=True,
                        summary=self.env._("Charge the SMS account"),
                        note=self.env._(
                            "%(account)s has %(credit)s left.",
                            account=account.name,
                            credit=account.credit,
                        ),
                    )

    def _rial_per_unit(self):
        """What one unit of the gateway's costs and credit is worth, in Rial."""
        return GATEWAYS[self.gateway].rial_per_unit or self.unit_price

    def _allowance(self, outbox, now):
        allowed, again = super()._allowance(outbox, now)
        if self.line_kind == "promotional":
            opening = self._next_opening(now)
            if opening > now:
                return 0, opening
        if self.daily_cap:
            local = now.replace(tzinfo=datetime.timezone.utc).astimezone(TEHRAN)
            midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
            left = self.daily_cap - outbox._left_since(self, _utc(midnight))
            if allowed is None or left < allowed:
                allowed = max(left, 0)
                again = _utc(midnight + datetime.timedelta(days=1))
        return allowed, again

    def _next_opening(self, now):
        """The first moment (UTC) from ``now`` on at which advertising may leave."""
        if self.hour_from == self.hour_to:
            return now
        local = now.replace(tzinfo=datetime.timezone.utc).astimezone(TEHRAN)
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        opening = midnight + datetime.timedelta(hours=self.hour_from)
        closing = midnight + datetime.timedelta(hours=self.hour_to)
        if opening < closing:
            if opening <= local < closing:
                return now
        elif not closing <= local < opening:  # over midnight
            return now
        return _utc(
            opening if local < opening else opening + datetime.timedelta(days=1)
        )

    @api.model
    def _ready(self, company, purpose):
        """The accounts by which a text of a company may leave now, best first."""
        now = self.env.cr.now()
        outbox = self.env["crm.ir.sms.message"]
        return self._usable(now).filtered(
            lambda account: (
                account.company_id == company
                and account._fits(purpose)
                and account._allowance(outbox, now)[0] != 0
            )
        )

    def _fits(self, purpose):
        """Whether texts for a ``purpose`` may leave by this line."""
        return purpose == "service" or self.line_kind == "promotional"

    def _passing(self, linked):
        """Those by which a text may leave that has a link, or has none."""
        return self.filtered("allows_links") if linked else self


def _utc(moment):
    return moment.astimezone(datetime.timezone.utc).replace(tzinfo=None)
