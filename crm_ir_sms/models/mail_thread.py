from odoo import models

from .sms_sms import salesperson


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _message_sms_schedule_mass(self, body="", template=False, **composer_values):
        """Override of `sms`: what is sent to many by itself is no advertising."""
        composer_values.setdefault("l10n_ir_purpose", "service")
        return super()._message_sms_schedule_mass(body, template, **composer_values)

    def _notify_thread_by_sms(self, message, recipients_data, **kwargs):
        """Override of `sms`: each text knows who is in charge of its record."""
        thread = self.with_context(l10n_ir_user_id=salesperson(self).id)
        return super(MailThread, thread)._notify_thread_by_sms(
            message, recipients_data, **kwargs
        )
