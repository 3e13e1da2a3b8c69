from odoo import models


class MailingSmsTest(models.TransientModel):
    _inherit = "mailing.sms.test"

    def action_send_sms(self):
        """Override of `mass_mailing_sms`, which takes what is queued for a failure.

        The test is a text in the mailing's chatter, which shows what becomes of it.
        """
        self.ensure_one()
        mailing = self.mailing_id
        company = mailing.l10n_ir_company_id
        if not company._l10n_ir_has_sms_account():
            return super().action_send_sms()
        body = mailing.body_plaintext
        record = self.env[mailing.mailing_model_real].search([], limit=1)
        if record:
            body = self.env["mail.render.mixin"]._render_template(
                body, record._name, record.ids
            )[record.id]
        message = mailing.with_company(company)._message_sms(
            body, sms_numbers=self.numbers.splitlines()
        )
        self.env["crm.ir.sms.message"].sudo().search(
            [("mail_message_id", "=", message.id)]
        )._outbox_deliver_now()
        return True
