from odoo import models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def _l10n_ir_remind_by_text(self):
        """Text each activity to whom it is assigned to."""
        template = self.env.ref(
            "crm_ir_sms_automation.sms_template_activity", raise_if_not_found=False
        )
        if not template:
            return
        bodies = template._render_field("body", self.ids, compute_lang=True)
        for activity in self:
            user = activity.user_id
            partner = user.partner_id.with_company(user.company_id)
            partner._message_sms_schedule_mass(bodies[activity.id], mass_keep_log=False)
