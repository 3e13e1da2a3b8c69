from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.segments import GRID

SEGMENTS = [
    ("champions", "Champions"),
    ("loyal", "Loyal"),
    ("potential_loyalist", "Potential Loyalists"),
    ("new", "New"),
    ("promising", "Promising"),
    ("need_attention", "Need Attention"),
    ("about_to_sleep", "About to Sleep"),
    ("at_risk", "At Risk"),
    ("cant_lose", "Can't Lose Them"),
    ("hibernating", "Hibernating"),
]
LIFECYCLES = [
    ("lead", "Lead"),
    ("qualified", "Qualified"),
    ("new", "New"),
    ("active", "Active"),
    ("loyal", "Loyal"),
    ("at_risk", "At Risk"),
    ("inactive", "Inactive"),
    ("lost", "Lost"),
    ("unhappy", "Unhappy"),
]
# Silence of more than so many usual gaps puts a customer at risk, once the gaps are known.
GAPS_AT_RISK = 2
PURCHASE_DAYS_OF_A_HABIT = 3
# Both scores from which on a customer counts as loyal.
LOYAL_SCORE = 4
TREND_DAYS = 90
# What the runs write, in this order.
COLUMNS = (
    "first_purchase",
    "last_purchase",
    "frequency",
    "monetary",
    "usual_gap",
    "recency_score",
    "frequency_score",
    "monetary_score",
    "segment",
    "lifecycle",
)


class CrmIrCustomerStat(models.Model):
    """What the purchases of a customer say, one row for each customer and company.

    Written by set-based SQL alone (`crm.ir.customer.run`), nightly for all and soon for
    those that bought or returned something since. Amounts are in the currency of the
    company. A purchase day is one with a purchase, whatever came back on it; returns
    lower the net purchases alone. Contacts that have leads and never bought are here
    too, without scores.

    A score is 1 and the number of inner quintile bounds (`percentile_disc` over all
    customers of the company that bought) strictly below the value, so equal values have
    equal scores. Recency is the days since the last purchase, and its score is reversed.
    """

    _name = "crm.ir.customer.stat"
    _description = "Customer Value"
    _rec_name = "partner_id"
    _order = "monetary desc, id"
    _log_access = False

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    first_purchase = fields.Date(readonly=True)
    last_purchase = fields.Date(readonly=True)
    frequency = fields.Integer(
        "Purchase Days",
        readonly=True,
        help="On how many different days the customer bought something.",
    )
    monetary = fields.Monetary(
        "Net Purchases", readonly=True, help="Purchases less what came back."
    )
    # not stored: every night moves the days of nearly every customer
    recent_monetary = fields.Monetary(
        "Last 90 Days",
        compute="_compute_trend",
        help="Net purchases of the last 90 days.",
    )
    previous_monetary = fields.Monetary(
        "90 Days Before",
        compute="_compute_trend",
        help="Net purchases of the 90 days before those.",
    )
    usual_gap = fields.Float(
        "Usual Gap (Days)",
        readonly=True,
        aggregator="avg",
        help="Days from one purchase day to the next one, on average.",
    )
    recency_score = fields.Integer("Recency", readonly=True, aggregator="avg")
    frequency_score = fields.Integer("Frequency", readonly=True, aggregator="avg")
    monetary_score = fields.Integer("Amount", readonly=True, aggregator="avg")
    segment = fields.Selection(SEGMENTS, readonly=True)
    lifecycle = fields.Selection(LIFECYCLES, readonly=True)

    # a constraint and not an index: merging contacts heeds constraints alone
    _partner_company_uniq = models.Constraint(
        "UNIQUE (partner_id, company_id)", "A customer has one value in each company."
    )

    @api.depends("partner_id", "company_id")
    def _compute_trend(self):
        for company, stats in self.grouped("company_id").items():
            today = company._l10n_ir_today()
            rows = self.env.execute_query(
                SQL(
                    """
                    SELECT partner_id,
                           COALESCE(sum(amount) FILTER (WHERE day > %(recent)s), 0),
                           COALESCE(sum(amount) FILTER (WHERE day <= %(recent)s), 0)
                      FROM (%(purchases)s) AS purchase
                     WHERE day > %(previous)s
                     GROUP BY partner_id
                    """,
                    recent=fields.Date.subtract(today, days=TREND_DAYS),
                    previous=fields.Date.subtract(today, days=2 * TREND_DAYS),
                    purchases=self.env["crm.ir.purchase"]._get_purchases(
                        company, today, stats.partner_id.ids
                    ),
                )
            )
            found = {partner_id: amounts for partner_id, *amounts in rows}
            for stat in stats:
                stat.recent_monetary, stat.previous_monetary = found.get(
                    stat.partner_id.id, (0, 0)
                )

    @api.model
    def _unhappy_partners(self, company):
        """SQL: SELECT of partner_id of the contacts that are unhappy now; for modules
        that ask people how they are served."""
        return SQL("SELECT NULL::int AS partner_id WHERE FALSE")

    @api.model
    def _refresh(
        self, company, reference, *, bounds=None, customer_ids=None, moves=True
    ):
        """Write the rows of a company again where they changed.

        :param date reference: the day from which days are counted
        :param dict bounds: what an earlier call returned, to score some customers;
            None finds the bounds anew, which needs all customers
        :param list customer_ids: these customers only
        :param bool moves: whether what changes is a move of the customer
        :return: lists of the four inner bounds by ``r`` (days), ``f`` (days) and ``m``
            (amount); None where nobody bought
        """
        self._aggregate(company, reference, customer_ids)
        if bounds is None:
            bounds = self._get_bounds(reference)
        self._compare(company, reference, bounds, customer_ids)
        self._write_changes(company)
        if customer_ids is None:
            # the next run joins a million rows that autovacuum may not have counted yet
            self.env.cr.execute(
                SQL("ANALYZE crm_ir_customer_stat (partner_id, company_id)")
            )
        if moves:
            self.env["crm.ir.customer.move"]._record(
                company,
                reference,
                SQL(
                    """
                    SELECT partner_id, kind, old, new
                      FROM crm_ir_customer_change
                           CROSS JOIN LATERAL (
                               VALUES ('segment', old_segment, segment),
                                      ('lifecycle', old_lifecycle, lifecycle)
                           ) AS move (kind, old, new)
                     WHERE old IS DISTINCT FROM new
                    """
                ),
            )
        self.env.cr.execute(
            SQL("DROP TABLE crm_ir_customer_new, crm_ir_customer_change")
        )
        return bounds

    @api.model
    def _aggregate(self, company, reference, customer_ids):
        """Sum up the purchases into a temporary table, one row for each customer."""
        # one sort of all purchases; sorted again for the day it would take twice the time.
        # In the inner query parallel workers can do it and look at each amount but once
        self.env.cr.execute(
            SQL(
                """
                CREATE TEMPORARY TABLE crm_ir_customer_new ON COMMIT DROP AS
                SELECT partner_id,
                       min(bought) AS first_purchase,
                       max(bought) AS last_purchase,
                       count(DISTINCT bought)::int AS frequency,
                       sum(amount) AS monetary
                  FROM (
                       SELECT partner_id, amount,
                              CASE WHEN amount >= 0 THEN day END AS bought
                         FROM (%s) AS purchase
                        ORDER BY partner_id
                  ) AS purchase
                 GROUP BY partner_id
                HAVING min(bought) IS NOT NULL
                """,
                self.env["crm.ir.purchase"]._get_purchases(
                    company, reference, customer_ids
                ),
            )
        )
        self.env.cr.execute(SQL("ANALYZE crm_ir_customer_new (partner_id)"))

    @api.model
    def _get_bounds(self, reference):
        shares = [0.2, 0.4, 0.6, 0.8]
        [values] = self.env.execute_query(
            SQL(
                """
                SELECT percentile_disc(%(shares)s)
                           WITHIN GROUP (ORDER BY %(reference)s - last_purchase),
                       percentile_disc(%(shares)s) WITHIN GROUP (ORDER BY frequency),
                       percentile_disc(%(shares)s) WITHIN GROUP (ORDER BY monetary)
                  FROM crm_ir_customer_new
                """,
                shares=shares,
                reference=reference,
            )
        )
        return dict(zip("rfm", values, strict=True)) if values[0] else None

    @api.model
    def _compare(self, company, reference, bounds, customer_ids):
        """Put what differs from the rows that stand into a temporary table."""

        def below(value, key):
            if not bounds:
                return SQL("0")  # nobody bought
            return SQL(" + ").join(
                SQL("(%s < %s)::int", bound, value) for bound in bounds[key]
            )

        columns = [SQL.identifier(name) for name in COLUMNS]
        only = (
            SQL("TRUE")
            if customer_ids is None
            else SQL("partner_id = ANY(%s)", customer_ids)
        )
        purchases = self.env["crm.ir.purchase"]
        self.env.cr.execute(
            SQL(
                """
                CREATE TEMPORARY TABLE crm_ir_customer_change ON COMMIT DROP AS
                WITH counted AS (
                    SELECT *,
                           %(reference)s - last_purchase AS days,
                           (last_purchase - first_purchase)::float8
                               / NULLIF(frequency - 1, 0) AS usual_gap
                      FROM crm_ir_customer_new
                ), scored AS (
                    SELECT *,
                           5 - (%(recency)s) AS recency_score,
                           1 + %(frequency)s AS frequency_score,
                           1 + %(monetary)s AS monetary_score
                      FROM counted
                ), new AS (
                    SELECT partner_id, first_purchase, last_purchase, frequency,
                           monetary, usual_gap, recency_score, frequency_score,
                           monetary_score,
                           (%(grid)s)[5 * (recency_score - 1) + frequency_score]
                               AS segment,
                           CASE WHEN partner_id IN (%(unhappy)s) THEN 'unhappy'
                                WHEN days > %(lost)s THEN 'lost'
                                WHEN days > %(inactive)s THEN 'inactive'
                                WHEN %(reference)s - first_purchase <= %(new)s
                                THEN 'new'
                                WHEN frequency >= %(habit)s
                                     AND days > %(gaps)s * usual_gap THEN 'at_risk'
                                WHEN frequency_score >= %(loyal)s
                                     AND monetary_score >= %(loyal)s THEN 'loyal'
                                ELSE 'active'
                           END AS lifecycle
                      FROM scored
                     UNION ALL
                    SELECT partner_id, NULL, NULL, 0, 0,
                           NULL, NULL, NULL, NULL, NULL,
                           CASE WHEN bool_or(type = 'opportunity') THEN 'qualified'
                                ELSE 'lead'
                           END
                      FROM (%(leads)s) AS lead
                     WHERE NOT EXISTS (SELECT FROM crm_ir_customer_new AS customer
                                        WHERE customer.partner_id = lead.partner_id)
                     GROUP BY partner_id
                )
                SELECT COALESCE(new.partner_id, old.partner_id) AS partner_id,
                       new.partner_id IS NULL AS is_gone,
                       old.id AS stat_id,
                       old.segment AS old_segment,
                       old.lifecycle AS old_lifecycle,
                       %(new_columns)s
                  FROM new
                       FULL JOIN (
                           SELECT * FROM crm_ir_customer_stat
                            WHERE company_id = %(company)s AND %(only)s
                       ) AS old ON old.partner_id = new.partner_id
                 WHERE (new.partner_id, %(new_columns)s)
                       IS DISTINCT FROM (old.partner_id, %(old_columns)s)
                """,
                reference=reference,
                recency=below(SQL("days"), "r"),
                frequency=below(SQL("frequency"), "f"),
                monetary=below(SQL("monetary"), "m"),
                grid=[name for row in GRID for name in row],
                unhappy=purchases._by_customer(
                    company, self._unhappy_partners(company)
                ),
                lost=company.l10n_ir_customer_lost_days,
                inactive=company.l10n_ir_customer_inactive_days,
                new=company.l10n_ir_customer_new_days,
                habit=PURCHASE_DAYS_OF_A_HABIT,
                gaps=GAPS_AT_RISK,
                loyal=LOYAL_SCORE,
                leads=purchases._by_customer(
                    company,
                    SQL(
                        """
                        SELECT partner_id, type
                          FROM crm_lead
                         WHERE active
                           AND partner_id IS NOT NULL
                           AND (company_id = %s OR company_id IS NULL)
                        """,
                        company.id,
                    ),
                    ["type"],
                    customer_ids,
                ),
                company=company.id,
                only=only,
                new_columns=SQL(", ").join(SQL("new.%s", name) for name in columns),
                old_columns=SQL(", ").join(SQL("old.%s", name) for name in columns),
            )
        )
        self.env.cr.execute(SQL("ANALYZE crm_ir_customer_change"))

    @api.model
    def _write_changes(self, company):
        columns = [SQL.identifier(name) for name in COLUMNS]
        names = SQL(", ").join(columns)
        values = SQL(", ").join(SQL("change.%s", name) for name in columns)
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM crm_ir_customer_stat
                      WHERE id IN (SELECT stat_id FROM crm_ir_customer_change
                                    WHERE is_gone)
                """
            )
        )
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_ir_customer_stat AS stat
                   SET (%s) = ROW(%s)
                  FROM crm_ir_customer_change AS change
                 WHERE NOT change.is_gone AND stat.id = change.stat_id
                """,
                names,
                values,
            )
        )
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO crm_ir_customer_stat (partner_id, company_id, %s)
                     SELECT partner_id, %s, %s
                       FROM crm_ir_customer_change AS change
                      WHERE stat_id IS NULL
                """,
                names,
                company.id,
                values,
            )
        )
        self.invalidate_model()
