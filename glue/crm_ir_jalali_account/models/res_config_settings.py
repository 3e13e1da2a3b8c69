from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    l10n_ir_jalali_fiscal_year = fields.Boolean(
        related="company_id.l10n_ir_jalali_fiscal_year", readonly=False
    )
