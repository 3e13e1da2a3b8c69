from datetime import date

from odoo import api, models


class AccountAccount(models.Model):
    _inherit = "account.account"

    @api.model
    def _get_date_period_boundaries(self, date_period, company):
        """A year or a day of a formula means the company's own fiscal year.

        As in stock, a year is the Gregorian one in which the fiscal year begins, and
        months and quarters are those of the spreadsheet: Gregorian.
        """
        start, end = super()._get_date_period_boundaries(date_period, company)
        if date_period["range_type"] == "year":
            # 31 December lies in the fiscal year that began in March
            day = date(date_period["year"], 12, 31)
        elif date_period["range_type"] == "day":
            day = end
        else:
            return start, end
        if not company._l10n_ir_counts_jalali(day):
            return start, end
        year = company.compute_fiscalyear_dates(day)
        if date_period["range_type"] == "day":
            return year["date_from"], end
        return year["date_from"], year["date_to"]
