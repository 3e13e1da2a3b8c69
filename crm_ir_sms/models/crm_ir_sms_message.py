import datetime
import functools
import logging
import random

from odoo import api, fields, models
from odoo.fields import NO_ACCESS, Domain

from odoo.addons.crm_ir_base.models.crm_ir_outbox_mixin import LANES, STATES
from odoo.addons.crm_ir_base.tools import retry
from odoo.addons.crm_ir_base.tools.http import DoorError, NotSent, Refused
from odoo.addons.crm_ir_base.tools.outbox import CannotAsk, Outcome
from odoo.addons.crm_ir_base.tools.phone import to_e164
from odoo.addons.crm_ir_base.tools.text import to_latin_digits

from ..const import FAILURE_SELECTION, FAILURES
from ..gateways import GATEWAYS, Failure, Pattern, Sent, Status, Text
from ..tools.line import plain_line
from ..tools.text import clean_body, has_link, parts, with_footer

_logger = logging.getLogger(__name__)

# Failures for which the account is to blame, or the moment: another account may do.
_PAUSES = {
    Failure.LOGIN: "refused",
    Failure.ADDRESS: "refused",
    Failure.CREDIT: "refused",
    Failure.LINE: "refused",
    Failure.BUSY: "away",
    Failure.HOURS: "away",
}
_PASSING = {"away", "busy", "hours"}
# Failures of a whole call for which one of its rows may be to blame.
_ROW = {
    Failure.TEXT,
    Failure.LINK,
    Failure.PATTERN,
    Failure.NUMBER,
    Failure.TELECOM_BLACKLIST,
    Failure.LINE_BLOCKED,
    Failure.REQUEST,
}
_BLOCKED = (Failure.TELECOM_BLACKLIST.value, Failure.LINE_BLOCKED.value)
_ON_ITS_WAY = {Status.QUEUED, Status.HANDED, Status.UNKNOWN}
_CANDIDATES = 500
_POLLED = 1000
# So many texts of one transaction overtake campaigns.
_AT_ONCE = 20
_MOST_PARTS = 20


class CrmIrSmsMessage(models.Model):
    """The ledger of texts: one row for each receiver, kept when stock forgets its own.

    It is written by the module alone. What became of a row is shown in stock's
    `sms.sms`, notifications and mailing traces.
    """

    _name = "crm.ir.sms.message"
    _description = "Text Message"
    _inherit = ["crm.ir.outbox.mixin"]
    _order = "id desc"
    _rec_name = "number"
    _connection_field = "account_id"
    _outbox_group = "sales_team.group_sale_manager"

    state = fields.Selection(STATES)
    lane = fields.Selection(LANES)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    account_id = fields.Many2one(
        "crm.ir.sms.account",
        readonly=True,
        index=True,
        ondelete="restrict",
        help="The account that carried it, or carries it now.",
    )
    wanted_account_id = fields.Many2one(
        "crm.ir.sms.account",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The only account that may carry it.",
    )
    line = fields.Char(
        compute="_compute_line",
        store=True,
        precompute=True,
        help="The line that it left by, or leaves by now.",
    )
    sms_uuid = fields.Char(
        string="UUID of the SMS",
        readonly=True,
        copy=False,
        help="Empty where another text took the place of this one.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Contact",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    mail_message_id = fields.Many2one(
        "mail.message", readonly=True, index="btree_not_null", ondelete="set null"
    )
    user_id = fields.Many2one(
        "res.users",
        string="Salesperson",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="Who was in charge of the record, or of the contact, when it was written.",
    )
    number = fields.Char(required=True, readonly=True, index=True)
    body = fields.Text(required=True, readonly=True)
    secret_body = fields.Text(
        groups=NO_ACCESS,
        copy=False,
        help="What a one-time code is sent as, until it is.",
    )
    pattern_id = fields.Many2one(
        "crm.ir.sms.pattern", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    pattern_values = fields.Json(readonly=True, copy=False, groups=NO_ACCESS)
    purpose = fields.Selection(
        [("service", "Service"), ("promotional", "Advertising")],
        required=True,
        readonly=True,
        default="service",
    )
    status = fields.Selection(
        [
            ("queued", "At the Gateway"),
            ("handed", "At the Operator"),
            ("delivered", "Delivered"),
            ("undelivered", "Not Delivered"),
            ("telecom_blacklist", "Refuses Advertising"),
            ("line_blocked", "Blocked This Line"),
            ("invalid_number", "Wrong Number"),
            ("rejected", "Rejected"),
            ("cancelled", "Cancelled"),
            ("failed", "Failed"),
            ("unknown", "Unknown"),
        ],
        string="Delivery",
        readonly=True,
        copy=False,
    )
    parts = fields.Integer(readonly=True, copy=False)
    cost = fields.Integer(string="Cost (Rial)", readonly=True, copy=False)
    sent_count = fields.Integer(
        string="Texts Sent",
        compute="_compute_counts",
        store=True,
        precompute=True,
        help="Those that a gateway took.",
    )
    delivered_count = fields.Integer(
        string="Texts Delivered", compute="_compute_counts", store=True, precompute=True
    )
    blocked_count = fields.Integer(
        string="Texts Blocked",
        compute="_compute_counts",
        store=True,
        precompute=True,
        help="Those whose receivers refuse advertising, or blocked the line.",
    )
    failed_count = fields.Integer(
        string="Texts Failed",
        compute="_compute_counts",
        store=True,
        precompute=True,
        help="Those that did not arrive for another reason.",
    )
    batch_id = fields.Char(string="Call at the Gateway", readonly=True, copy=False)
    failure = fields.Selection(FAILURE_SELECTION, readonly=True, copy=False)
    advice = fields.Char(compute="_compute_advice", string="What to Do")
    has_link = fields.Boolean(
        readonly=True, help="It leaves only by lines that let links pass."
    )
    alone = fields.Boolean(
        readonly=True,
        copy=False,
        help="Sent in a call of its own, after one was refused.",
    )
    expires = fields.Datetime(
        readonly=True,
        copy=False,
        help="From this moment on it is of no use, and not sent.",
    )
    report_due = fields.Datetime(readonly=True, copy=False)
    reports_asked = fields.Integer(readonly=True, copy=False)
    is_shown = fields.Boolean(
        default=True, readonly=True, copy=False, help="Whether stock shows this state."
    )

    _sms_uuid_uniq = models.UniqueIndex("(sms_uuid) WHERE sms_uuid IS NOT NULL")
    _report_idx = models.Index("(account_id, report_due) WHERE report_due IS NOT NULL")
    _expires_idx = models.Index(
        "(expires) WHERE state = 'queued' AND expires IS NOT NULL"
    )
    _not_shown_idx = models.Index("(id) WHERE is_shown IS NOT TRUE")
    _account_sent_idx = models.Index("(account_id, sent_at)")
    _create_uid_idx = models.Index("(create_uid)")

    @api.depends("failure", "state")
    @api.depends_context("lang")
    def _compute_advice(self):
        in_doubt = self.env._(
            "Nobody knows whether the gateway took it. Look in the gateway's panel and"
            " say whether it arrived; it is not sent again by itself."
        )
        for message in self:
            if message.state == "in_doubt":
                message.advice = in_doubt
            else:
                _label, sentence = FAILURES.get(message.failure, (False, False))
                message.advice = sentence and self.env._(sentence)

    # not on the account's line, which may become another one
    @api.depends("account_id")
    def _compute_line(self):
        for message in self:
            account = message.account_id
            message.line = account.sender and plain_line(account.sender)

    @api.depends("external_id", "failure", "state")
    def _compute_counts(self):
        for message in self:
            refused = message.state == "refused"
            blocked = refused and message.failure in _BLOCKED
            message.sent_count = message.state in ("sent", "confirmed") or (
                refused and bool(message.external_id)
            )
            message.delivered_count = message.state == "confirmed"
            message.blocked_count = blocked
            message.failed_count = refused and not blocked

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals.setdefault("parts", parts(vals["body"]))
            vals["has_link"] = has_link(vals.get("secret_body") or vals["body"])
        return super().create(vals_list)

    def action_retry(self):
        """Override of the mixin: of what another text took the place of, none is sent."""
        # a code never had one
        standing = self.filtered(lambda row: row.sms_uuid or row.expires)
        return super(CrmIrSmsMessage, standing).action_retry()

    # === THE WAY IN === #

    @api.model
    def _enqueue(self, company, texts):
        """Queue texts: (uuid, number, body) each; returns what `sms` wants to know.

        A text that the ledger knows is queued again only if it certainly did not leave.
        """
        accounts = self.env["crm.ir.sms.account"].search(
            [("company_id", "=", company.id)]
        )
        blocked = self.env["crm.ir.sms.block"]._numbers_without_line(
            accounts.filtered(lambda account: account._fits("promotional")),
            [to_e164(number) for _uuid, number, _body in texts],
        )
        known = {
            row.sms_uuid: row
            for row in self.search([("sms_uuid", "in", [uuid for uuid, *_ in texts])])
        }
        again = self.browse(
            row.id
            for row in known.values()
            if row.state in ("refused", "cancelled")
            and not row.external_id
            and not (row.failure == "line_blocked" and row.number in blocked)
        )
        again._outbox_requeue()
        stock = {
            text.uuid: text
            for text in self.env["sms.sms"].search(
                [("uuid", "in", [uuid for uuid, *_ in texts if uuid not in known])]
            )
        }
        lane = "bulk" if len(texts) > _AT_ONCE else "now"
        patterns = self.env["crm.ir.sms.pattern"]
        vals_list, results = [], []
        for uuid, number, body in texts:
            if uuid in known:
                results.append(self._result(known[uuid]))
                continue
            text = stock.get(uuid, self.env["sms.sms"])
            purpose = text.l10n_ir_purpose or "service"
            body = clean_body(body or "")
            failure = self._find_failure(number, body, purpose, accounts)
            if purpose == "promotional" and to_e164(number) in blocked:
                failure = failure or "line_blocked"
            if failure:
                results.append({"uuid": uuid, "state": f"crm_ir_{failure}"})
                results[-1]["failure_reason"] = self.env._(FAILURES[failure][1])
                if failure != "line_blocked":
                    continue
            else:
                results.append({"uuid": uuid, "state": "processing"})
            if purpose == "promotional":
                as_pattern = None
                body = with_footer(body)
            else:
                as_pattern = patterns._vals_of_text(
                    company, to_e164(number), body, ["always"]
                )
            vals_list.append(
                {
                    **text._l10n_ir_ledger_values(),
                    "company_id": company.id,
                    "sms_uuid": uuid,
                    "number": to_e164(number),
                    "body": body,
                    **(as_pattern or {}),
                    "purpose": purpose,
                    "lane": "bulk" if purpose == "promotional" else lane,
                    # kept for the reports, which tell how many could not be reached
                    **({"state": "refused", "failure": failure} if failure else {}),
                }
            )
        self.create(vals_list)
        return results

    @api.model
    def _find_failure(self, number, body, purpose, accounts):
        """Why a text cannot even be queued, or None."""
        if not to_e164(number):
            return "number"
        if not body.strip() or parts(body) > _MOST_PARTS:
            return "text"
        fitting = accounts.filtered(lambda account: account._fits(purpose))
        if not fitting:
            return "no_line"
        if has_link(body) and not any(fitting.mapped("allows_links")):
            return "link"
        return None

    def _result(self, row):
        states = {"confirmed": "delivered", "sent": "success"}
        if row.state in ("refused", "cancelled") and row.failure:
            return {
                "uuid": row.sms_uuid,
                "state": f"crm_ir_{row.failure}",
                "failure_reason": row.advice,
            }
        return {"uuid": row.sms_uuid, "state": states.get(row.state, "processing")}

    # === OUTBOX === #

    @api.model
    def _outbox_domain(self, connection, connections):
        theirs = connections.filtered_domain(
            [("company_id", "=", connection.company_id.id)]
        )
        blocks = self.env["crm.ir.sms.block"]
        service = Domain("purpose", "=", "service")
        anyone = Domain.FALSE
        for linked in (False, True):
            passing = theirs._passing(linked)
            same = Domain("has_link", "=", linked)
            if passing[:1] == connection:
                anyone |= same & service
            fitting = passing.filtered(lambda account: account._fits("promotional"))
            if connection in fitting:
                # advertising goes by the first line that the receiver did not block
                better = fitting[: fitting.ids.index(connection.id)]
                anyone |= same & ~service & blocks._domain(better)
        anyone &= Domain("wanted_account_id", "=", False)
        in_time = Domain("expires", "=", False)
        in_time |= Domain("expires", ">", self.env.cr.now())
        return (
            Domain("company_id", "=", connection.company_id.id)
            & (anyone | Domain("wanted_account_id", "=", connection.id))
            & (service | ~blocks._domain(connection))
            & in_time
        )

    @api.model
    def _outbox_limit(self, connection):
        gateway = GATEWAYS[connection.gateway]
        return gateway.texts_per_call if gateway.mixes_bodies else _CANDIDATES

    def _outbox_fitting(self, connection):
        gateway = GATEWAYS[connection.gateway]
        first = self[:1]
        if first.alone:
            return first
        if first.pattern_id:
            most = gateway.patterns_per_call
            same = self.filtered(lambda row: row.pattern_id == first.pattern_id)
        else:
            most = gateway.texts_per_call
            same = self.filtered(
                lambda row: (
                    not row.pattern_id
                    and (gateway.mixes_bodies or row._text() == first._text())
                )
            )
        fitting, numbers = first, {first.number}
        for row in same - first:
            if len(fitting) == most:
                break
            # ids that belong to calls are told apart by the number
            if not row.alone and row.number not in numbers:
                fitting += row
                numbers.add(row.number)
        return fitting

    def _outbox_prepare(self, connection):
        gateway = connection._gateway()
        rial = connection._rial_per_unit()
        ids = {int(row.reference): row.id for row in self}
        if self.pattern_id:
            send = gateway.send_patterns
            items = [row._pattern() for row in self]
        else:
            send = gateway.send
            items = [Text(int(row.reference), row.number, row._text()) for row in self]

        def call():
            with gateway.door:
                try:
                    receipts = send(items)
                except NotSent as error:
                    outcome = Outcome(
                        "queued",
                        words=str(error),
                        values={"failure": "away"},
                        pause="away",
                    )
                    return dict.fromkeys(ids.values(), outcome)
                except Refused as refused:
                    failure = gateway.failure(refused.code)
                    wait = refused.answer.retry_after if refused.answer else 0
                    outcome = _refusal(
                        failure, refused.code, refused.words, len(items) > 1, wait
                    )
                    return dict.fromkeys(ids.values(), outcome)
            return {
                ids[receipt.reference]: _taken(receipt, rial)
                if receipt.failure is None
                else _refusal(receipt.failure, receipt.code, receipt.words)
                for receipt in receipts
                if receipt.reference in ids
            }

        return call

    def _outbox_ask(self, connection):
        gateway = connection._gateway()
        sent = self._sent()
        age = self.env.cr.now() - self.sent_at
        if gateway.find_window is None or age > gateway.find_window:
            raise CannotAsk
        same = self.search(
            [
                ("account_id", "=", connection.id),
                ("number", "=", self.number),
                ("external_id", "!=", False),
                ("sent_at", ">", self.sent_at - gateway.find_window),
            ]
        )
        known = set(same.mapped("external_id"))
        self._outbox_commit()  # no transaction waits for the gateway
        with gateway.door:
            receipt = gateway.find(sent, known)
        if receipt is None:
            return Outcome("queued")
        return _taken(receipt, connection._rial_per_unit())

    def _outbox_after(self):
        """Override of the mixin: nothing secret stays, and stock is told."""
        now = self.env.cr.now()
        self.is_shown = False
        taken = self.filtered(lambda row: row.state == "sent" and row.external_id)
        wait = retry.wait(retry.ASKING, 1, random.random())
        taken.report_due = now + datetime.timedelta(seconds=wait)
        ended = self.filtered(
            lambda row: row.state not in ("queued", "sending", "in_doubt")
        )
        ended.write({"secret_body": False, "pattern_values": False})
        # nobody tries again what waited for a better moment
        ended.filtered(lambda row: row.failure in _PASSING).failure = "expired"
        # a code is not sent again: what it was is forgotten
        ended.filtered("expires").expires = now
        for message in ended:
            message._learn_block()
        ended._fall_back()

    @api.model
    def _outbox_record(self, connection, rows, token, outcomes):
        result = super()._outbox_record(connection, rows, token, outcomes)
        self._show_all()
        return result

    @api.model
    def _outbox_upkeep(self):
        """Override of the mixin: also ask for delivery reports and credit."""
        self._expire()
        result = super()._outbox_upkeep()
        self._refuse_blocked()
        self._show_all()
        self._poll_reports()
        self.env["crm.ir.sms.account"]._check_credits()
        self._outbox_commit()
        return result

    @api.model
    def _expire(self):
        """Refuse what was not sent in time."""

        def expire():
            late = [("state", "=", "queued"), ("expires", "<=", self.env.cr.now())]
            rows = self.search(late, order="id", limit=500).try_lock_for_update()
            outcome = Outcome("refused", values={"failure": "expired"})
            rows._outbox_apply(dict.fromkeys(rows.ids, outcome))
            return rows

        while self._outbox_transact(expire):
            pass

    def _text(self):
        """What is sent; the body of a one-time code does not tell it."""
        return self.secret_body or self.body

    def _pattern(self):
        return Pattern(
            int(self.reference), self.number, self.pattern_id.code, self.pattern_values
        )

    def _sent(self):
        return Sent(
            reference=int(self.reference),
            number=self.number,
            body=self._text(),
            sent_at=self.sent_at,
            external_id=self.external_id or "",
            batch_id=self.batch_id or "",
        )

    # === DELIVERY REPORTS === #

    @api.model
    def _poll_reports(self):
        """Ask every gateway what became of the messages whose time has come."""
        for account in self.env["crm.ir.sms.account"]._askable():
            due = [("account_id", "=", account.id)]
            due.append(("report_due", "<=", self.env.cr.now()))
            waiting = self.search(due, order="batch_id, report_due", limit=_POLLED)
            gateway = account._gateway()
            with gateway.door:
                for batch in waiting._report_batches(gateway):
                    if not batch._poll(gateway):
                        break

    def _report_batches(self, gateway):
        """Cut the messages into those that one question is about."""
        for rows in self.grouped("batch_id").values():
            for start in range(0, len(rows), gateway.reports_per_call):
                yield rows[start : start + gateway.reports_per_call]

    def _poll(self, gateway):
        """Ask about messages of one batch; returns whether the gateway answered."""
        sent = [row._sent() for row in self]
        self._outbox_commit()  # no transaction waits for the gateway
        try:
            reports = gateway.reports(sent)
        except DoorError as error:
            _logger.info("No delivery reports: %s", error)
            reports = None
        self._outbox_transact(lambda: self._report(gateway, reports))
        self._show_all()
        return reports is not None

    def _report(self, gateway, reports):
        """Write what the gateway says, and when to ask again."""
        told = {report.external_id: report for report in reports or ()}
        now = self.env.cr.now()
        for message in self._outbox_lock(Domain("state", "=", "sent")):
            report = told.get(message.external_id)
            if report:
                message._take(report)
            message.reports_asked += 1
            wait = retry.wait(retry.ASKING, message.reports_asked, random.random())
            again = wait and now + datetime.timedelta(seconds=wait)
            is_over = message.state != "sent" or not again
            if is_over or again > message.sent_at + gateway.report_window:
                again = False
            message.report_due = again

    def _take(self, report):
        """Write one `Report`. Delivered is final, and so is every other end."""
        values = {"status": report.status.value}
        if report.parts:
            values["parts"] = report.parts
        if report.status == Status.DELIVERED:
            values["state"] = "confirmed"
        elif report.status not in _ON_ITS_WAY:
            values.update(
                state="refused", failure=report.status.value, error_code=report.code
            )
        if values.get("state"):
            values["is_shown"] = False
        self.write(values)
        self._learn_block()
        self._fall_back()

    @api.model
    def _ask_soon(self, account, external_ids):
        """Ask for the reports of an account's messages at the next opportunity."""
        ids = [to_latin_digits(one) for one in external_ids]
        rows = self.search(
            [
                ("account_id", "=", account.id),
                ("external_id", "in", ids),
                ("state", "=", "sent"),
            ]
        )
        if rows:
            rows.report_due = self.env.cr.now()
            self.env.ref("crm_ir_sms.ir_cron_crm_ir_sms_message_upkeep")._trigger()

    def _fall_back(self):
        """Send as a pattern what a receiver who refuses advertising did not get.

        Only where a person chose so for such texts, and never advertising. The new row
        takes the place of the old one in stock.
        """
        vals_list = []
        for row in self.filtered_domain(
            [
                ("state", "=", "refused"),
                ("failure", "=", "telecom_blacklist"),
                ("purpose", "=", "service"),
                ("pattern_id", "=", False),
                ("sms_uuid", "!=", False),
            ]
        ):
            as_pattern = self.env["crm.ir.sms.pattern"]._vals_of_text(
                row.company_id, row.number, row.body, ["always", "blocked"]
            )
            if as_pattern:
                vals_list.append(
                    {
                        **as_pattern,
                        "sms_uuid": row.sms_uuid,
                        "lane": row.lane,
                        "partner_id": row.partner_id.id,
                        "user_id": row.user_id.id,
                        "mail_message_id": row.mail_message_id.id,
                    }
                )
                row.sms_uuid = False
        self.flush_recordset(["sms_uuid"])
        self.create(vals_list)

    # === BLOCKED LINES === #

    def _learn_block(self):
        """Remember what a gateway told about one message: its receiver blocks the line."""
        account = self.account_id
        if account and (self.state, self.failure) == ("refused", "line_blocked"):
            self.env["crm.ir.sms.block"]._block(
                self.company_id, account.sender, self.number, "report"
            )

    @api.model
    def _refuse_blocked(self):
        """End the advertising that waits though its receiver blocked every line since."""
        lines = self.env["crm.ir.sms.account"].search(
            [("line_kind", "=", "promotional")]
        )
        for company, accounts in lines.grouped("company_id").items():
            for linked in (False, True):
                passing = accounts._passing(linked)
                if not passing:
                    continue
                waiting = Domain("state", "=", "queued") & Domain(
                    "company_id", "=", company.id
                )
                waiting &= Domain("purpose", "=", "promotional")
                waiting &= Domain("has_link", "=", linked)
                waiting &= self.env["crm.ir.sms.block"]._domain(passing)
                self._outbox_transact(functools.partial(self._refuse_waiting, waiting))

    def _refuse_waiting(self, domain):
        rows = self.search(domain).try_lock_for_update()
        outcome = Outcome("refused", values={"failure": "line_blocked"})
        rows._outbox_apply(dict.fromkeys(rows.ids, outcome))

    # === WHAT STOCK SHOWS === #

    @api.model
    def _show_all(self):
        """Show in stock what it does not show yet, in transactions of its own."""

        def show():
            rows = self.search([("is_shown", "=", False)], order="id", limit=500)
            rows = rows.try_lock_for_update()
            rows._show()
            return rows

        while self._outbox_transact(show):
            pass

    def _show(self):
        """Bring `sms.sms`, notifications and mailing traces to the rows' states."""
        self.is_shown = True
        uuids = self.filtered("sms_uuid").mapped("sms_uuid")
        texts = self.env["sms.sms"].sudo().search([("uuid", "in", uuids)])
        trackers = self.env["sms.tracker"].sudo().search([("sms_uuid", "in", uuids)])
        trackers = trackers.with_context(sms_skip_msg_notification=True)
        for (state, failure_type), rows in self.grouped(
            lambda row: row._shown()
        ).items():
            same = rows.filtered("sms_uuid").mapped("sms_uuid")
            texts.filtered_domain([("uuid", "in", same)]).write(
                {"state": state, "failure_type": failure_type}
            )
            trackers.filtered_domain(
                [("sms_uuid", "in", same)]
            )._action_update_from_sms_state(
                state,
                failure_type=failure_type,
                failure_reason=rows[0]._in_language_of_author().advice,
            )
        messages = self.mail_message_id | trackers.mail_notification_id.mail_message_id
        messages._notify_message_notification_update()

    def _in_language_of_author(self):
        author = (
            self.create_uid if self.create_uid.active else self.company_id.partner_id
        )
        return self.with_context(lang=author.lang)

    def _shown(self):
        """Stock's state and failure type of one row."""
        states = {
            "sent": "pending",
            "confirmed": "sent",
            "refused": "error",
            "cancelled": "canceled",
        }
        failed = self.state == "refused" and self.failure
        return states.get(self.state, "process"), failed and f"crm_ir_{failed}"


def _taken(receipt, rial):
    values = {"external_id": receipt.external_id, "status": "queued", "failure": False}
    if receipt.batch_id:
        values["batch_id"] = receipt.batch_id
    if receipt.parts:
        values["parts"] = receipt.parts
    if receipt.cost is not None:
        values["cost"] = int(receipt.cost * rial)
    return Outcome("sent", values=values)


def _refusal(failure, code, words, among_others=False, wait=0):
    """What a refusal means for a row, ``among_others`` where it was a whole call's."""
    values = {"failure": failure.value}
    if failure == Failure.REPEATED:
        # the gateway had the same a moment ago, perhaps from us
        return Outcome("in_doubt", code, words)
    if failure in _PAUSES:
        return Outcome("queued", code, words, values, _PAUSES[failure], wait)
    if among_others and failure in _ROW:
        return Outcome("queued", code, words, {**values, "alone": True})
    return Outcome("refused", code, words, values)
