from odoo import api, models


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    @api.model
    def _get_modules_from_apps(self, *args, **kwargs):
        if self._crm_ir_no_industry_apps():
            return []
        return super()._get_modules_from_apps(*args, **kwargs)

    @api.model
    def _get_industry_categories_from_apps(self):
        if self._crm_ir_no_industry_apps():
            return []
        return super()._get_industry_categories_from_apps()

    def _crm_ir_no_industry_apps(self):
        get_param = self.env["ir.config_parameter"].sudo().get_param
        return get_param("crm_ir_base.no_industry_apps")
