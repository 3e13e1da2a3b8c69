from odoo import models
from odoo.tools import SQL


class ResCurrency(models.Model):
    _inherit = "res.currency"

    def _get_table_builder_current(
        self,
        period_key,
        main_company,
        other_companies,
        date_to,
        main_company_unit_factor,
    ) -> SQL:
        """Take the rate that has no rows from where it is computed.

        Stock reads the table of rates here and counts one to one where it has no row.
        """
        locked_code = self._l10n_ir_locked_code(main_company)
        locked = other_companies.filtered(lambda c: c.currency_id.name == locked_code)
        others = other_companies - locked
        builders = []
        if others:
            builders.append(
                super()._get_table_builder_current(
                    period_key, main_company, others, date_to, main_company_unit_factor
                )
            )
        if locked:
            currency = locked.currency_id
            rate = currency._get_rates(main_company, date_to)[currency.id]
            rows = (
                SQL(
                    "(%s, %s, CAST(NULL AS DATE), CAST(NULL AS DATE), 'current', %s)",
                    company.id,
                    period_key,
                    main_company_unit_factor / rate,
                )
                for company in locked
            )
            builders.append(
                SQL("SELECT * FROM (VALUES %s) locked", SQL(", ").join(rows))
            )
        return SQL(" UNION ALL ").join(SQL("(%s)", builder) for builder in builders)
