from odoo import api, models


class BaseGeocoder(models.AbstractModel):
    _inherit = "base.geocoder"

    @api.model
    def geo_find(self, addr, **kw):
        if self.env["ir.config_parameter"].sudo().get_param("crm_ir_base.no_geocoding"):
            return None
        return super().geo_find(addr, **kw)
