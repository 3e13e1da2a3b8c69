import contextlib
import dataclasses
import logging
import time
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, format_date

from ..tools import churn as churn_model
from ..tools import clv, forecast, sufficiency
from ..tools.gamma_gamma import GammaGamma
from ..tools.optimise import FitError

_logger = logging.getLogger(__name__)

# The models are judged on at most so many customers, drawn evenly.
JUDGED = 100_000
# Days after which the models are fitted anew.
FIT_EVERY = 30
# Days that the future is foretold for: twelve months.
HORIZON = clv.Horizon()


class CrmIrCustomerForecast(models.Model):
    """What customers will buy: fitted models of a company, and how far to trust them.

    The history is cut in two. The models are fitted on the first part and judged on the
    second, then fitted on the whole. Where the history is too thin nothing is foretold.
    """

    _name = "crm.ir.customer.forecast"
    _description = "Forecast of Customer Value"
    _rec_name = "date"
    _order = "date desc, id desc"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    date = fields.Date("Day", required=True, readonly=True)
    calibration_end = fields.Date(
        "Fitted Up To",
        readonly=True,
        help="The models were judged by what customers bought after this day.",
    )
    customers = fields.Integer(readonly=True)
    refusal = fields.Text(
        "Why Nothing Is Foretold", compute="_compute_refusal", readonly=True
    )
    shortfalls = fields.Json(readonly=True)
    process = fields.Selection(
        [("bgnbd", "BG/NBD"), ("mbgnbd", "MBG/NBD")], "Model", readonly=True
    )
    r = fields.Float("r", readonly=True, digits=(16, 6))
    alpha = fields.Float("α", readonly=True, digits=(16, 6))
    a = fields.Float("a", readonly=True, digits=(16, 6))
    b = fields.Float("b", readonly=True, digits=(16, 6))
    log_likelihood = fields.Float(readonly=True)
    p = fields.Float("p", readonly=True, digits=(16, 6))
    q = fields.Float("q", readonly=True, digits=(16, 6))
    v = fields.Float("v", readonly=True, digits=(16, 6))
    actual = fields.Integer("Purchases", readonly=True)
    predicted = fields.Float("Foretold", readonly=True)
    mae = fields.Float(
        "Error", readonly=True, help="Mean absolute error of purchases per customer."
    )
    naive_mae = fields.Float(
        "Error of a Plain Rule",
        readonly=True,
        help="The same where everybody goes on buying as before.",
    )
    grade = fields.Selection(
        [("a", "A"), ("b", "B"), ("c", "C")],
        readonly=True,
        help="A: finds at least 5 % more of the customers who bring 80 % of the revenue"
        " than their spending so far does. B: as many. C: fewer.",
    )
    churn = fields.Json(readonly=True)
    churn_auc = fields.Float("Churn: AUC", readonly=True)
    churn_auc_recency = fields.Float("Churn: AUC of Recency Alone", readonly=True)
    churn_brier = fields.Float("Churn: Brier Score", readonly=True)
    churn_lift = fields.Float(
        "Churn: Lift",
        readonly=True,
        help="How many times more of those who left are among the tenth with the highest"
        " risk than among all.",
    )
    seconds = fields.Float(readonly=True)

    @api.depends("date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for row in self:
            row.display_name = format_date(self.env, row.date)

    @api.depends("shortfalls")
    def _compute_refusal(self):
        for row in self:
            row.refusal = "\n".join(map(self._sentence, row.shortfalls or []))

    def _sentence(self, shortfall):
        reason, have, need = shortfall
        if reason == "customers":
            return self.env._(
                "Foretelling needs %(need)s customers; there are %(have)s so far.",
                need=need,
                have=have,
            )
        if reason == "days":
            return self.env._(
                "Foretelling needs a history of %(need)s days; there are %(have)s so far.",
                need=need,
                have=have,
            )
        return self.env._(
            "Nothing can be foretold yet: hardly any customer has come back."
        )

    @api.model
    def _cron_forecast(self):
        """Nightly: foretell for every company, with models that are a month old at most."""
        cron = self.env["ir.cron"]
        runs = self.env["crm.ir.customer.run"].search([("customers", ">", 0)])
        companies = runs.company_id
        for done, company in enumerate(companies, 1):
            today = company._l10n_ir_today()
            last = self._last(company)
            if not last or last.date <= today - timedelta(days=FIT_EVERY):
                last = self._train(company, today)
            last._apply(today)
            cron._commit_progress(1, remaining=len(companies) - done)

    @api.model
    def _last(self, company):
        return self.search([("company_id", "=", company.id)], limit=1)

    # === FITTING === #

    @api.model
    def _train(self, company, today, calibration_end=None):
        """Fit and judge the models of a company on purchases up to ``today``.

        ``calibration_end``, by default the middle of the history, is the last day that
        the models which are judged have seen.
        """
        began = time.monotonic()
        with self._historic(company, today, today):
            [(customers, days)] = self.env.execute_query(
                SQL("SELECT count(*), coalesce(max(t), 0) FROM crm_ir_history")
            )
            values = {
                "company_id": company.id,
                "date": today,
                "customers": customers,
                "shortfalls": sufficiency.clv_shortfalls(customers, days),
            }
            fitted = None
            if not values["shortfalls"]:
                try:
                    fitted = self._fitted(company, customers)
                except FitError as error:
                    values["shortfalls"] = [(error.reason, 0, 0)]
        if fitted:
            end = calibration_end or today - timedelta(days=days // 2)
            values |= fitted | self._judged(company, end, today)
        values |= self._churn(company, today, days)
        return self.create(values | {"seconds": time.monotonic() - began})

    def _fitted(self, company, customers):
        """Fit on all customers, grouped so that a million of them are no more work."""
        process, fit = forecast.likeliest(self._patterns(customers))
        spending = GammaGamma.fit(self._spends(company, customers)).model
        return {
            "process": process,
            "r": fit.model.r,
            "alpha": fit.model.alpha,
            "a": fit.model.a,
            "b": fit.model.b,
            "log_likelihood": fit.log_likelihood,
            "p": spending.p,
            "q": spending.q,
            "v": spending.v,
        }

    @api.model
    def _patterns(self, customers):
        """Rows (x, t_x, T, count) of crm_ir_history in weeks, whole ones for many."""
        days = forecast.grid(customers)
        rows = self.env.execute_query(
            SQL(
                "SELECT x, t_x / %(days)s, t / %(days)s, count(*) FROM crm_ir_history"
                " GROUP BY 1, 2, 3",
                days=days,
            )
        )
        return [
            (x, *forecast.weeks(x, t_x, t, days), count) for x, t_x, t, count in rows
        ]

    @api.model
    def _spends(self, company, customers):
        """Rows (x, mean value of repeat purchases, count) of crm_ir_history."""
        mean = SQL("round(repeated / x, %s)::float", company.currency_id.decimal_places)
        return self.env.execute_query(
            SQL(
                """
                SELECT x, exp(avg(ln(%(mean)s))), count(*)
                  FROM crm_ir_history
                 WHERE x > 0 AND %(mean)s > 0
              GROUP BY x, %(alike)s
                """,
                mean=mean,
                alike=SQL("partner_id")
                if forecast.grid(customers) == 1
                else SQL("round(100 * ln(%s))", mean),
            )
        )

    @api.model
    def _judged(self, company, end, today):
        with self._historic(company, end, today):
            rows = self.env.execute_query(
                SQL(
                    """
                    SELECT x, t_x, t, repeated::float, spent::float, later,
                           later_spent::float
                      FROM crm_ir_history
                  ORDER BY hashint4(partner_id)
                     LIMIT %s
                    """,
                    JUDGED,
                )
            )
        try:
            found = forecast.judge(
                [forecast.History(*row) for row in rows], (today - end).days
            )
        except FitError as error:
            _logger.info("No judgement for %s: %s", company.id, error.reason)
            return {"calibration_end": end}
        return {
            "calibration_end": end,
            "actual": found.actual,
            "predicted": found.predicted,
            "mae": found.mae,
            "naive_mae": found.naive_mae,
            "grade": found.grade,
        }

    # === DATA === #

    @api.model
    def _history(self, company, upto, until):
        """SQL of one row a customer: what was known ``upto`` a day, and came ``until``.

        Columns partner_id, x, first, last (days), repeated and spent (bought after the
        first day, and on all days), net (less returns), later and later_spent.
        """
        return SQL(
            """
            SELECT partner_id, min(first) AS first,
                   max(day) FILTER (WHERE known AND bought IS NOT NULL) AS last,
                   count(bought) FILTER (WHERE known) - 1 AS x,
                   coalesce(sum(bought) FILTER (WHERE known AND day > first), 0)
                       AS repeated,
                   sum(bought) FILTER (WHERE known) AS spent,
                   sum(net) FILTER (WHERE known) AS net,
                   count(bought) FILTER (WHERE NOT known) AS later,
                   coalesce(sum(bought) FILTER (WHERE NOT known), 0) AS later_spent
              FROM (
                   SELECT partner_id, day, day <= %(upto)s AS known, bought, net,
                          min(day) FILTER (WHERE bought IS NOT NULL)
                              OVER (PARTITION BY partner_id) AS first
                     FROM (
                          SELECT partner_id, day, sum(amount) AS net,
                                 sum(amount) FILTER (WHERE amount >= 0) AS bought
                            FROM (%(purchases)s) AS purchase
                        GROUP BY partner_id, day
                     ) AS each_day
              ) AS days
             WHERE first <= %(upto)s
          GROUP BY partner_id
            """,
            purchases=self.env["crm.ir.purchase"]._get_purchases(company, until),
            upto=upto,
        )

    @api.model
    @contextlib.contextmanager
    def _historic(self, company, upto, until):
        """The same as table crm_ir_history, with the days t_x and t since the first."""
        self.env.cr.execute(
            SQL(
                """
                CREATE TEMPORARY TABLE crm_ir_history ON COMMIT DROP AS
                SELECT partner_id, x::int, last - first AS t_x, %(upto)s - first AS t,
                       repeated, spent, later, later_spent
                  FROM (%(history)s) AS history
                """,
                history=self._history(company, upto, until),
                upto=upto,
            )
        )
        yield
        self.env.cr.execute(SQL("DROP TABLE crm_ir_history"))

    # === CHURN === #

    def _churn(self, company, today, days):
        """Learn who stays away, where it tells more than the last purchase alone."""
        window = company.l10n_ir_customer_inactive_days
        rows = self._churn_rows(company, today, window)
        if sufficiency.churn_shortfalls(len(rows), days, window):
            return {}
        try:
            model, quality = churn_model.learn(rows)
        except FitError as error:
            _logger.info("No churn for %s: %s", company.id, error.reason)
            return {}
        return {
            "churn": quality.worth_showing and dataclasses.asdict(model),
            "churn_auc": quality.auc or 0,
            "churn_auc_recency": quality.auc_recency or 0,
            "churn_brier": quality.brier,
            "churn_lift": quality.top_decile_lift or 0,
        }

    @api.model
    def _churn_rows(self, company, today, window):
        """Rows (recency, frequency, net, tenure, left) of a ``window`` of days ago.

        Who had been away for longer than the window by then had left already.
        """
        upto = today - timedelta(days=window)
        return self.env.execute_query(
            SQL(
                """
                SELECT %(upto)s - last, x + 1, net::float, %(upto)s - first, later = 0
                  FROM (%(history)s) AS history
                 WHERE %(upto)s - last <= %(window)s
              ORDER BY hashint4(partner_id)
                 LIMIT %(limit)s
                """,
                history=self._history(company, upto, today),
                upto=upto,
                window=window,
                limit=JUDGED,
            )
        )

    # === FORETELLING === #

    def _apply(self, today):
        """Write what the models foretell to the customers of the company."""
        self._apply_value(today)
        self._apply_churn(today)

    def _apply_value(self, today):
        if not self.process:
            self._forget("active_probability", "expected_purchases", "value")
            return
        with self._historic(self.company_id, today, today):
            self._foretell()
        self.env["crm.ir.customer.stat"].invalidate_model()

    def _foretell(self):
        days = forecast.grid(self.customers)
        patterns = self.env.execute_query(
            SQL(
                "SELECT DISTINCT x, t_x / %(days)s, t / %(days)s FROM crm_ir_history",
                days=days,
            )
        )
        outlooks = clv.outlooks(
            forecast.model(self.process, (self.r, self.alpha, self.a, self.b)),
            [(x, *forecast.weeks(x, t_x, t, days)) for x, t_x, t in patterns],
            HORIZON,
        )
        known = [
            (*pattern, one.alive, one.expected, one.discounted)
            for pattern, one in zip(patterns, outlooks, strict=True)
        ]
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_ir_customer_stat stat
                   SET active_probability = foretold.alive,
                       expected_purchases = foretold.expected,
                       value = foretold.value
                  FROM (
                       SELECT partner_id, alive, expected,
                              round((discounted * %(p)s * (%(v)s + repeated)
                                  / (%(p)s * history.x + %(q)s - 1))::numeric,
                                  %(digits)s) AS value
                         FROM crm_ir_history AS history
                         JOIN unnest(%(columns)s)
                              AS outlook(x, t_x, t, alive, expected, discounted)
                           ON outlook.x = history.x
                          AND outlook.t_x = history.t_x / %(days)s
                          AND outlook.t = history.t / %(days)s
                  ) AS foretold
                 WHERE stat.partner_id = foretold.partner_id
                   AND stat.company_id = %(company)s
                   AND (stat.active_probability, stat.expected_purchases, stat.value)
                       IS DISTINCT FROM
                       (foretold.alive, foretold.expected, foretold.value)
                """,
                columns=SQL(", ").join(
                    SQL("%s::%s[]", list(column), SQL(kind))
                    for column, kind in zip(
                        zip(*known, strict=True),
                        ("int", "int", "int", "float8", "float8", "float8"),
                        strict=True,
                    )
                ),
                company=self.company_id.id,
                days=days,
                digits=self.company_id.currency_id.decimal_places,
                p=self.p,
                q=self.q,
                v=self.v,
            )
        )

    def _apply_churn(self, today):
        if not self.churn:
            self._forget("churn_risk")
            return
        log_odds = SQL("%s", self.churn["intercept"])
        features = {
            "recency": SQL("%s - last_purchase", today),
            "frequency": SQL("frequency"),
            "monetary": SQL("monetary"),
            "tenure": SQL("%s - first_purchase", today),
        }
        for name, slope, floor in zip(
            churn_model.FEATURES,
            self.churn["slopes"],
            self.churn["floors"],
            strict=True,
        ):
            log_odds = SQL(
                "%s + %s * ln(greatest((%s)::float8, %s))",
                log_odds,
                slope,
                features[name],
                floor,
            )
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_ir_customer_stat
                   SET churn_risk = CASE
                       WHEN %(today)s - last_purchase <= %(window)s
                       THEN 1 / (1 + exp(-greatest(-500, least(500, %(log_odds)s))))
                       END
                 WHERE company_id = %(company)s
                   AND frequency > 0
                """,
                company=self.company_id.id,
                log_odds=log_odds,
                today=today,
                window=self.company_id.l10n_ir_customer_inactive_days,
            )
        )
        self.env["crm.ir.customer.stat"].invalidate_model()

    def _forget(self, *columns):
        """Nothing is foretold any more: no stale figure stays."""
        self.env.cr.execute(
            SQL(
                "UPDATE crm_ir_customer_stat SET %s WHERE company_id = %s AND (%s)",
                SQL(", ").join(SQL("%s = NULL", SQL.identifier(c)) for c in columns),
                self.company_id.id,
                SQL(" OR ").join(
                    SQL("%s IS NOT NULL", SQL.identifier(c)) for c in columns
                ),
            )
        )
        self.env["crm.ir.customer.stat"].invalidate_model()
