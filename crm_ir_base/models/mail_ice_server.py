from odoo import models

# an empty answer would make the browser ask Google's servers
NO_ICE_SERVERS = [{"urls": "stun:127.0.0.1:9"}]


class MailIceServer(models.Model):
    _inherit = "mail.ice.server"

    def _get_ice_servers(self):
        if (
            self.env["ir.config_parameter"]
            .sudo()
            .get_param("crm_ir_base.no_google_stun")
        ):
            return super()._get_ice_servers() or NO_ICE_SERVERS
        return super()._get_ice_servers()
