from odoo import api, models


class IapAutocompleteApi(models.AbstractModel):
    _inherit = "iap.autocomplete.api"

    @api.model
    def _request_partner_autocomplete(self, action, params, timeout=15):
        if (
            self.env["ir.config_parameter"]
            .sudo()
            .get_param("crm_ir_base.no_partner_autocomplete")
        ):
            return False, "Switched off"
        return super()._request_partner_autocomplete(action, params, timeout=timeout)
