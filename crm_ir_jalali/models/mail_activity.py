from odoo import models

from .reader import for_any_reader


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def action_notify(self):
        """Override: let `message_notify` know the deadline that stock writes down."""
        result = None
        for activity in for_any_reader(self):
            activity = activity.with_context(crm_ir_deadline=activity.date_deadline)
            result = super(MailActivity, activity).action_notify()
        return result
