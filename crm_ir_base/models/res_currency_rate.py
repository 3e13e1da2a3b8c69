from odoo import api, models
from odoo.exceptions import ValidationError


class ResCurrencyRate(models.Model):
    _inherit = "res.currency.rate"

    @api.constrains("company_id", "currency_id", "rate")
    def _check_l10n_ir_locked_rate(self):
        for rate in self:
            currency = rate.currency_id
            company = rate.company_id or self.env.company
            if currency.name == currency._l10n_ir_locked_code(company):
                raise ValidationError(
                    self.env._(
                        "The rate of %(currency)s cannot be set in %(company)s, because one "
                        "Toman is always ten Rial.",
                        currency=currency.name,
                        company=company.name,
                    )
                )
