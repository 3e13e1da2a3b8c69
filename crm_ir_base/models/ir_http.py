from odoo import api, models

BROWSER_SERVICES = ("background_blur", "link_preview", "map_tiles", "web_push")


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        return super().session_info() | self._crm_ir_blocked_services()

    @api.model
    def get_frontend_session_info(self):
        return super().get_frontend_session_info() | self._crm_ir_blocked_services()

    def _crm_ir_blocked_services(self):
        """Foreign services that the browser would call, and may not."""
        get_param = self.env["ir.config_parameter"].sudo().get_param
        return {
            "crm_ir_blocked_services": [
                service
                for service in BROWSER_SERVICES
                if get_param(f"crm_ir_base.no_{service}")
            ]
        }
