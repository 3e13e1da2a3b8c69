from odoo import models


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _message_sms_schedule_mass(self, body="", template=False, **composer_values):
        """Override of `sms`: what is sent to many by itself is no advertising."""
        composer_values.setdefault("l10n_ir_purpose", "service")
        return super()._message_sms_schedule_mass(body, template, **composer_values)
