from odoo import fields, models

from odoo.addons.mail.tools.discuss import Store

from ..const import FAILURE_TYPES, FAILURES


class MailNotification(models.Model):
    _inherit = "mail.notification"

    failure_type = fields.Selection(selection_add=FAILURE_TYPES)

    def _to_store_defaults(self, target):
        """Override of `mail`: what to do about a text, in the reader's language."""
        return super()._to_store_defaults(target) + [
            Store.Attr(
                "crm_ir_sms_advice",
                lambda notification: notification._crm_ir_sms_advice(),
                predicate=lambda notification: notification.notification_type == "sms",
            )
        ]

    def _crm_ir_sms_advice(self):
        key = (self.failure_type or "").removeprefix("crm_ir_")
        _label, sentence = FAILURES.get(key, (False, False))
        return sentence and self.env._(sentence)
