from odoo import api, models


class MailPush(models.Model):
    _inherit = "mail.push"

    @api.model
    def _push_notification_to_endpoint(self, batch_size=50):
        if self.env["ir.config_parameter"].sudo().get_param("crm_ir_base.no_web_push"):
            # late notifications would be of no use
            self.sudo().search([]).unlink()
            return None
        return super()._push_notification_to_endpoint(batch_size)
