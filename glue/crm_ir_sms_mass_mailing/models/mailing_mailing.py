from odoo import fields, models
from odoo.fields import Domain

# states of the ledger in which a text is certainly not, and will not be, on its way
_OVER = ("refused", "cancelled")
_BLOCKED = ("crm_ir_telecom_blacklist", "crm_ir_line_blocked")


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    l10n_ir_company_id = fields.Many2one(
        "res.company",
        string="Sending Company",
        default=lambda self: self.env.company,
        help="Texts leave by the SMS accounts of this company.",
    )
    l10n_ir_text_count = fields.Integer(
        string="Texts", compute="_compute_l10n_ir_results"
    )
    l10n_ir_delivered_count = fields.Integer(
        string="Texts Delivered", compute="_compute_l10n_ir_results"
    )
    l10n_ir_blocked_count = fields.Integer(
        string="Texts Blocked", compute="_compute_l10n_ir_results"
    )
    l10n_ir_cost = fields.Integer(
        string="Cost (Rial)", compute="_compute_l10n_ir_results"
    )

    def _compute_l10n_ir_results(self):
        self.l10n_ir_text_count = self.l10n_ir_delivered_count = 0
        self.l10n_ir_blocked_count = self.l10n_ir_cost = 0
        groups = (
            self.env["crm.ir.sms.message"]
            .sudo()
            ._read_group(
                [("mailing_id", "in", self.ids)],
                ["mailing_id", "state"],
                ["__count", "cost:sum"],
            )
        )
        mailings = {mailing._origin.id: mailing for mailing in self}
        for group, state, count, cost in groups:
            mailing = mailings[group.id]
            mailing.l10n_ir_text_count += count
            mailing.l10n_ir_cost += cost
            if state == "confirmed":
                mailing.l10n_ir_delivered_count = count
        blocked = (
            self.env["mailing.trace"]
            .sudo()
            ._read_group(
                [("mass_mailing_id", "in", self.ids), ("failure_type", "in", _BLOCKED)],
                ["mass_mailing_id"],
                ["__count"],
            )
        )
        for group, count in blocked:
            mailings[group.id].l10n_ir_blocked_count = count

    def write(self, vals):
        """Override of `mass_mailing`, whose cron is done when all texts are written.

        A mailing is done when it is known what became of each.
        """
        if vals.get("state") != "done":
            return super().write(vals)
        waiting = self._l10n_ir_on_their_way()
        super(MailingMailing, waiting).write({**vals, "state": "sending"})
        return super(MailingMailing, self - waiting).write(vals)

    # === ACTIONS === #

    def action_open_l10n_ir_messages(self):
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "crm_ir_sms.crm_ir_sms_message_action"
            ),
            "domain": [("mailing_id", "=", self.id)],
            "context": {"search_default_group_status": True},
        }

    def action_retry_failed_sms(self):
        """Override of `mass_mailing_sms`, which asks texts that may be forgotten.

        What the ledger does not know to be over is shown as it is, and left alone; so is
        who blocked us.
        """
        ours = self._l10n_ir_ours()
        traces = self.env["mailing.trace"].search(
            [
                ("mass_mailing_id", "in", ours.ids),
                ("trace_status", "=", "error"),
                ("failure_type", "not in", _BLOCKED),
            ]
        )
        uuids = traces.sudo().sms_tracker_ids.mapped("sms_uuid")
        rows = self.env["crm.ir.sms.message"].sudo()
        rows = rows.search([("sms_uuid", "in", uuids)])
        rows.filtered(lambda row: row.state not in _OVER)._show()
        again = traces.filtered_domain([("trace_status", "=", "error")])
        # new texts take their place: nobody sends them as well
        rows.filtered(lambda row: row.state in _OVER).sms_uuid = False
        texts = self.env["sms.sms"].sudo()
        texts.search([("id", "in", again.mapped("sms_id_int"))]).unlink()
        again.unlink()
        ours.action_put_in_queue()
        return super(MailingMailing, self - ours).action_retry_failed_sms()

    def action_send_sms(self, res_ids=None):
        """Override of `mass_mailing_sms`: each mailing is sent by its own company."""
        for mailing in self:
            company = mailing.l10n_ir_company_id
            mailing = mailing.with_company(company)
            if not company._l10n_ir_allows_links_in_advertising():
                mailing = mailing.with_context(l10n_ir_keeps_links=True)
            super(MailingMailing, mailing).action_send_sms(res_ids)
        return True

    # === BUSINESS METHODS === #

    def _l10n_ir_ours(self):
        """Those of the mailings whose texts leave by the ledger."""
        return self.filtered(
            lambda mailing: (
                mailing.mailing_type == "sms"
                and mailing.l10n_ir_company_id._l10n_ir_has_sms_account()
            )
        )

    def _l10n_ir_on_their_way(self):
        """Those of the mailings with texts of which nobody knows what became of them."""
        unknown = Domain("trace_status", "in", ("outgoing", "process"))
        groups = self.env["mailing.trace"]._read_group(
            unknown & Domain("mass_mailing_id", "in", self._l10n_ir_ours().ids),
            ["mass_mailing_id"],
        )
        return self.browse(mailing.id for (mailing,) in groups)

    def _notify_thread_by_sms(self, message, recipients_data, **kwargs):
        """Override of `sms`: a text in the chatter of a mailing is a test of it."""
        mailing = self.with_context(l10n_ir_purpose="promotional")
        return super(MailingMailing, mailing)._notify_thread_by_sms(
            message, recipients_data, **kwargs
        )

    def _send_sms_get_composer_values(self, res_ids):
        """Override of `mass_mailing_sms`: the ledger itself says how to unsubscribe."""
        values = super()._send_sms_get_composer_values(res_ids)
        values["l10n_ir_purpose"] = "promotional"
        if self.l10n_ir_company_id._l10n_ir_has_sms_account():
            values["mass_sms_allow_unsubscribe"] = False
        return values

    def get_sms_link_replacements_placeholders(self):
        """Override of `mass_mailing_sms`: what the sending company's texts will hold."""
        company = self.l10n_ir_company_id or self.env.company
        return super(
            MailingMailing, self.with_company(company)
        ).get_sms_link_replacements_placeholders()
