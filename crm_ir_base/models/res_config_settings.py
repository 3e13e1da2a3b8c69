from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    l10n_ir_clean_text = fields.Boolean(
        string="Clean Persian Text on Save",
        config_parameter="crm_ir_base.clean_text",
    )
    l10n_ir_show_toman = fields.Boolean(
        related="company_id.l10n_ir_show_toman", readonly=False
    )
    l10n_ir_rounding_warning = fields.Char(compute="_compute_l10n_ir_rounding_warning")
    l10n_ir_no_foreign_services = fields.Boolean(
        string="No Connections Abroad",
        compute="_compute_l10n_ir_no_foreign_services",
        inverse="_inverse_l10n_ir_no_foreign_services",
    )

    @api.depends("company_id")
    def _compute_l10n_ir_rounding_warning(self):
        self.l10n_ir_rounding_warning = self.env[
            "res.currency"
        ]._l10n_ir_rounding_warning()

    @api.depends("company_id")
    def _compute_l10n_ir_no_foreign_services(self):
        services = self.env["crm.ir.foreign.service"].search([])
        self.l10n_ir_no_foreign_services = all(services.mapped("blocked"))

    def _inverse_l10n_ir_no_foreign_services(self):
        services = self.env["crm.ir.foreign.service"].search([])
        for settings in self:
            # saving other settings leaves a choice of single services alone
            if settings.l10n_ir_no_foreign_services != all(services.mapped("blocked")):
                services.blocked = settings.l10n_ir_no_foreign_services
