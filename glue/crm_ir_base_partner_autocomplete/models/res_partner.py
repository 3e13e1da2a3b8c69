from odoo import api, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def autocomplete_by_vat(self, vat, query_country_id, timeout=15):
        # stock goes on to the European VAT service
        if (
            self.env["ir.config_parameter"]
            .sudo()
            .get_param("crm_ir_base.no_partner_autocomplete")
        ):
            return []
        return super().autocomplete_by_vat(vat, query_country_id, timeout=timeout)
