from odoo import models


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _web_push_get_partners_parameters(self, partner_ids):
        if self.env["ir.config_parameter"].sudo().get_param("crm_ir_base.no_web_push"):
            return self.env["mail.push.device"].sudo(), None, None
        return super()._web_push_get_partners_parameters(partner_ids)
