from odoo import api, models


class AccountTax(models.Model):
    _inherit = "account.tax"

    @api.model
    def _get_tax_totals_summary(
        self, base_lines, currency, company, cash_rounding=None
    ):
        """Add `l10n_ir_toman`, the total in Toman, where it is to be shown."""
        totals = super()._get_tax_totals_summary(
            base_lines, currency, company, cash_rounding
        )
        toman = currency._l10n_ir_toman_text(totals["total_amount_currency"], company)
        if toman:
            totals["l10n_ir_toman"] = toman
        return totals
