from odoo import fields, models

from ..const import FAILURE_TYPES


class SmsSms(models.Model):
    _inherit = "sms.sms"

    failure_type = fields.Selection(selection_add=FAILURE_TYPES)
    l10n_ir_company_id = fields.Many2one(
        "res.company",
        string="Sending Company",
        ondelete="set null",
        readonly=True,
        default=lambda self: self.env.company,
    )
    l10n_ir_user_id = fields.Many2one(
        "res.users",
        string="Salesperson",
        ondelete="set null",
        readonly=True,
        help="Who is in charge of the record that the text is about.",
        default=lambda self: self.env.context.get("l10n_ir_user_id"),
    )
    l10n_ir_purpose = fields.Selection(
        [("service", "Service"), ("promotional", "Advertising")],
        string="Purpose",
        readonly=True,
        # a default_ of the context does not outlive the sudo() under which texts are made
        default=lambda self: self.env.context.get("l10n_ir_purpose", "service"),
    )

    def _get_sms_company(self):
        """Override of `sms`: the queue is worked off by a user of another company."""
        return (
            self.mail_message_id.record_company_id
            or self.l10n_ir_company_id
            or super()._get_sms_company()
        )

    def _split_by_api(self):
        """Override of `sms`, which would send everything by its own service."""
        stock = self.browse()
        for company, texts in self.grouped(
            lambda text: text._get_sms_company()
        ).items():
            if company._l10n_ir_has_sms_account():
                api_class = company._get_sms_api_class()
                sms_api = api_class(self.env)
                sms_api._set_company(company)
                yield sms_api, texts
            else:
                stock += texts
        if stock:
            yield from super(SmsSms, stock)._split_by_api()

    def _send(self, unlink_failed=False, unlink_sent=True, raise_exception=False):
        """Override of `sms`: the queue comes here without `_split_by_api`."""
        if self.env.context.get("sms_api"):
            return super()._send(unlink_failed, unlink_sent, raise_exception)
        for company, texts in self.grouped(
            lambda text: text._get_sms_company()
        ).items():
            sms_api = company._get_sms_api_class()(self.env)
            sms_api._set_company(company)
            super(SmsSms, texts.with_context(sms_api=sms_api))._send(
                unlink_failed, unlink_sent, raise_exception
            )
        return None

    def resend_failed(self):
        """Override of `sms`: tell what the ledger did with each text."""
        failed = self.filtered(
            lambda text: text.state == "error" and not text.to_delete
        )
        ours = failed.filtered(
            lambda text: text._get_sms_company()._l10n_ir_has_sms_account()
        )
        if not ours:
            return super().resend_failed()
        if failed - ours:
            super(SmsSms, failed - ours).resend_failed()
        ours.state = "outgoing"
        ours.send()
        again = len(ours.filtered(lambda text: text.state == "process"))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if again else "warning",
                "message": self.env._(
                    "%(again)s of %(all)s texts are on their way. What may have arrived"
                    " already is not sent again.",
                    again=again,
                    all=len(ours),
                ),
            },
        }

    def _l10n_ir_ledger_values(self):
        """What the ledger keeps of a text, besides what is sent; self may be empty."""
        return {
            "partner_id": self.partner_id.id,
            "user_id": (self.l10n_ir_user_id or self.partner_id.user_id).id,
            "mail_message_id": self.mail_message_id.id,
        }


def salesperson(record):
    """The `res.users` in charge of a record of any model; may be empty."""
    field = record._fields.get("user_id")
    if field and field.comodel_name == "res.users":
        return record.sudo().user_id
    return record.env["res.users"]
