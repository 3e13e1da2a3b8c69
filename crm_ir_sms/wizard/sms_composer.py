from odoo import api, fields, models
from odoo.tools import format_duration

from ..const import FAILURES
from ..models.sms_sms import salesperson


class SmsComposer(models.TransientModel):
    _inherit = "sms.composer"

    l10n_ir_purpose = fields.Selection(
        [("service", "Service"), ("promotional", "Advertising")],
        string="Purpose",
        compute="_compute_l10n_ir_purpose",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        help="Advertising leaves by promotional lines only, within their hours, and"
        " ends with «لغو۱۱».",
    )
    l10n_ir_forecast = fields.Json(compute="_compute_l10n_ir_forecast")
    l10n_ir_notice = fields.Text(compute="_compute_l10n_ir_forecast")

    @api.depends("composition_mode")
    def _compute_l10n_ir_purpose(self):
        for composer in self:
            is_mass = composer.composition_mode == "mass"
            composer.l10n_ir_purpose = "promotional" if is_mass else "service"

    @api.depends(
        "comment_single_recipient",
        "composition_mode",
        "l10n_ir_purpose",
        "recipient_valid_count",
        "res_id",
        "res_ids",
        "res_model",
        "sanitized_numbers",
    )
    @api.depends_context("company")
    def _compute_l10n_ir_forecast(self):
        for composer in self:
            company = composer._l10n_ir_company()
            composer.l10n_ir_forecast = composer.l10n_ir_notice = False
            if not company._l10n_ir_has_sms_account():
                continue
            account = composer._l10n_ir_account(company)
            composer.l10n_ir_notice = composer._l10n_ir_notice_of(account)
            composer.l10n_ir_forecast = {
                "recipients": composer._l10n_ir_recipient_count(),
                "part_price": account.part_price,
                "allows_links": not account
                or any(composer._l10n_ir_fitting(company).mapped("allows_links")),
            }

    def _action_send_sms(self):
        """Override of `sms`: every text of this composer has its purpose."""
        composer = self.with_context(l10n_ir_purpose=self.l10n_ir_purpose)
        return super(SmsComposer, composer)._action_send_sms()

    def _prepare_mass_sms_values(self, records):
        """Override of `sms`: each text is sent for the company of its record, and knows
        who is in charge of it.
        """
        result = super()._prepare_mass_sms_values(records)
        companies = records._mail_get_companies(default=self.env.company)
        for record in records:
            result[record.id]["l10n_ir_company_id"] = companies[record.id].id
            result[record.id]["l10n_ir_user_id"] = salesperson(record).id
        return result

    def _l10n_ir_company(self):
        """The company that the texts are sent for."""
        record = (self._get_records() or self.browse())[:1]
        if not record:
            return self.env.company
        return record._mail_get_companies(default=self.env.company)[record.id]

    def _l10n_ir_account(self, company):
        """The account that the texts will leave by, as things are."""
        accounts = self.env["crm.ir.sms.account"].sudo()
        ready = accounts._ready(company, self.l10n_ir_purpose)
        return ready[:1] or self._l10n_ir_fitting(company)[:1]

    def _l10n_ir_fitting(self, company):
        """The accounts by whose lines the texts may leave."""
        accounts = self.env["crm.ir.sms.account"].sudo()
        return accounts.search([("company_id", "=", company.id)]).filtered(
            lambda account: account._fits(self.l10n_ir_purpose)
        )

    def _l10n_ir_notice_of(self, account):
        if not account:
            _label, sentence = FAILURES["no_line"]
            return self.env._(sentence)
        notices = [
            self.env._(
                "Leaves by %(account)s, line %(line)s.",
                account=account.name,
                line=account.sender,
            )
        ]
        now = self.env.cr.now()
        if account.line_kind == "promotional" and account._next_opening(now) > now:
            notices.append(
                self.env._(
                    "This line sends from %(from)s to %(until)s in Tehran: what you"
                    " write now waits until then.",
                    **{
                        "from": format_duration(account.hour_from),
                        "until": format_duration(account.hour_to),
                    },
                )
            )
        return "\n".join(notices)

    def _l10n_ir_recipient_count(self):
        if self.sanitized_numbers:
            return len(self.sanitized_numbers.split(","))
        if self.composition_mode == "numbers" or self.comment_single_recipient:
            return 1
        return self.recipient_valid_count
