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

    @api.depends("company_id")
    def _compute_l10n_ir_rounding_warning(self):
        self.l10n_ir_rounding_warning = self.env["res.currency"]._l10n_ir_rounding_warning()
