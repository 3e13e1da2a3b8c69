from bisect import bisect_right
from datetime import date

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.crm_ir_base.tools import jalali

CALENDARS = [("jalali", "Jalali"), ("gregorian", "Gregorian")]


class CrmIrCustomerCohort(models.Model):
    """What became of the customers that first bought in one month, month by month.

    One row for each month of first purchase and number of months since, up to the last
    month with a purchase in the company. Who has a purchase day in a month counts as
    its customer; revenue is net of returns, in the currency of the company. Written by
    the nightly run in the calendar of the company's setting.
    """

    _name = "crm.ir.customer.cohort"
    _description = "Customer Cohort"
    _order = "cohort, month_offset"
    _rec_name = "cohort"
    _log_access = False

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade", index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    calendar = fields.Selection(CALENDARS, required=True, readonly=True)
    cohort = fields.Date(
        "Month of First Purchase",
        required=True,
        readonly=True,
        help="First day of the month in which these customers first bought.",
    )
    month_offset = fields.Integer("Months Later", readonly=True)
    size = fields.Integer(
        "Customers at First",
        readonly=True,
        aggregator=None,
        help="How many customers first bought in that month.",
    )
    customers = fields.Integer(
        readonly=True, help="How many of them bought in the later month."
    )
    retention = fields.Float(
        readonly=True,
        aggregator="avg",
        help="The share of them that bought in the later month.",
    )
    revenue = fields.Monetary(
        readonly=True, help="Their net purchases in the later month."
    )

    @api.model
    def _refresh(self, company, reference):
        """Write all cohorts of a company anew, by the first purchases that stand in
        `crm.ir.customer.stat`."""
        self.env.cr.execute(
            SQL("DELETE FROM crm_ir_customer_cohort WHERE company_id = %s", company.id)
        )
        [(first, last)] = self.env.execute_query(
            SQL(
                """
                SELECT min(first_purchase), max(last_purchase)
                  FROM crm_ir_customer_stat
                 WHERE company_id = %s
                """,
                company.id,
            )
        )
        if first:
            self._write_cohorts(
                company,
                reference,
                self._month_starts(company.l10n_ir_cohort_calendar, first, last),
            )
        self.invalidate_model()

    @api.model
    def _write_cohorts(self, company, reference, starts):
        self.env.cr.execute(
            SQL(
                """
                WITH customer AS (
                    SELECT partner_id, width_bucket(first_purchase, %(starts)s) AS month
                      FROM crm_ir_customer_stat
                     WHERE company_id = %(company)s
                       AND first_purchase >= (%(starts)s)[1]
                ), cohort AS (
                    SELECT month, count(*) AS size FROM customer GROUP BY month
                ), cell AS (
                    SELECT month,
                           width_bucket(day, %(starts)s) - month AS month_offset,
                           count(DISTINCT partner_id) FILTER (WHERE amount >= 0)
                               AS customers,
                           sum(amount) AS revenue
                      FROM customer JOIN (%(purchases)s) AS purchase USING (partner_id)
                     GROUP BY 1, 2
                )
                INSERT INTO crm_ir_customer_cohort
                            (company_id, calendar, cohort, month_offset, size, customers,
                             retention, revenue)
                     SELECT %(company)s, %(calendar)s, (%(starts)s)[cohort.month],
                            month_offset, size, COALESCE(customers, 0),
                            COALESCE(customers, 0)::float8 / size, COALESCE(revenue, 0)
                       FROM cohort
                            CROSS JOIN LATERAL
                                generate_series(0, %(months)s - cohort.month)
                                AS month_offset
                            LEFT JOIN cell USING (month, month_offset)
                """,
                starts=SQL("%s::date[]", starts),
                months=len(starts) - 1,
                purchases=self.env["crm.ir.purchase"]._get_purchases(
                    company, reference
                ),
                company=company.id,
                calendar=company.l10n_ir_cohort_calendar,
            )
        )

    @api.model
    def _month_starts(self, calendar, first, last):
        """First days of the months from that of ``first`` to the one after ``last``."""
        if calendar == "jalali":
            starts = jalali.period_starts("month")
        else:
            starts = [
                date(year, month, 1)
                for year in range(first.year, last.year + 2)
                for month in range(1, 13)
            ]
        # the table of Jalali months begins in 1799; no shop has older customers
        start = max(bisect_right(starts, first) - 1, 0)
        return starts[start : bisect_right(starts, last) + 1]
