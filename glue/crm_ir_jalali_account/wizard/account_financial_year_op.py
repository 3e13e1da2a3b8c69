from odoo import api, fields, models


class AccountFinancialYearOp(models.TransientModel):
    _inherit = "account.financial.year.op"

    l10n_ir_jalali_fiscal_year = fields.Boolean(
        related="company_id.l10n_ir_jalali_fiscal_year", readonly=False
    )

    @api.model
    def _company_fields_to_update(self):
        return super()._company_fields_to_update() | {"l10n_ir_jalali_fiscal_year"}
