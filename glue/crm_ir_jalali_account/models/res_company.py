from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.crm_ir_base.tools import jalali


class ResCompany(models.Model):
    _inherit = "res.company"

    l10n_ir_jalali_fiscal_year = fields.Boolean(
        string="Jalali Fiscal Year",
        tracking=True,
        help="The fiscal year runs from 1 Farvardin to 29 or 30 Esfand, and new journal "
        "entries are numbered by Jalali year and month, such as INV/1404/00001. "
        "Numbers already given never change.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """New Iranian companies begin with Jalali years, unless told otherwise."""
        companies = super().create(vals_list)
        for company, vals in zip(companies, vals_list, strict=True):
            if (
                "l10n_ir_jalali_fiscal_year" not in vals
                and not company.parent_id
                and company.country_id.code == "IR"
            ):
                company.l10n_ir_jalali_fiscal_year = True
        return companies

    def _get_company_root_delegated_field_names(self):
        return [
            *super()._get_company_root_delegated_field_names(),
            "l10n_ir_jalali_fiscal_year",
        ]

    def _l10n_ir_counts_jalali(self, day) -> bool:
        """Whether the books of this company count `day` in the Jalali calendar."""
        return bool(
            self.l10n_ir_jalali_fiscal_year
            and day
            and jalali.MIN_DATE <= day <= jalali.MAX_DATE
        )

    def compute_fiscalyear_dates(self, current_date):
        day = fields.Date.to_date(current_date)
        if not self._l10n_ir_counts_jalali(day):
            return super().compute_fiscalyear_dates(current_date)
        return {
            "date_from": jalali.start_of(day, "year"),
            "date_to": jalali.end_of(day, "year"),
        }

    def _get_default_opening_move_values(self):
        """Without a date of its own, the opening entry precedes this fiscal year."""
        values = super()._get_default_opening_move_values()
        today = fields.Date.context_today(self)
        if not self.account_opening_date and self._l10n_ir_counts_jalali(today):
            values["date"] = jalali.start_of(today, "year") - timedelta(days=1)
        return values
