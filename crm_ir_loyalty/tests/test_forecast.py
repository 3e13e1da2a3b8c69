import random
from datetime import date, timedelta
from unittest.mock import patch

from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import SQL

from ..tools import churn

learn = churn.learn
TODAY = date(2026, 11, 1)
DAYS = 730
CUSTOMERS = 1200


def history(chance, days):
    """Purchase days of one BG/NBD customer: Poisson until they leave by a coin."""
    rate, leave = chance.gammavariate(1.2, 1 / 40), chance.betavariate(0.8, 3)
    day = chance.uniform(0, days * 0.6)
    bought = [int(day)]
    while chance.random() >= leave:
        day += chance.expovariate(rate)
        if day > days:
            break
        bought.append(int(day))
    return sorted(set(bought))


@tagged("post_install", "-at_install")
class TestForecast(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "پیش‌بینی"})
        cls.salesman = new_test_user(
            cls.env,
            "forecast_sales",
            "sales_team.group_sale_salesman",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )
        cls.env.cr.execute(
            "CREATE TEMPORARY TABLE crm_ir_test_purchase"
            " (partner_id int, day date, amount numeric) ON COMMIT DROP"
        )
        cls.startClassPatcher(
            patch.object(
                cls.env.registry["crm.ir.purchase"],
                "_get_invoice_source",
                lambda _self, _company: SQL("SELECT * FROM crm_ir_test_purchase"),
            )
        )
        cls.forecasts = cls.env["crm.ir.customer.forecast"]
        cls.stats = cls.env["crm.ir.customer.stat"]
        cls.partners = cls.env["res.partner"].create(
            [{"name": f"مشتری {number}"} for number in range(CUSTOMERS)]
        )
        chance = random.Random(1)
        rows = []
        for partner in cls.partners:
            worth = chance.gammavariate(3, 1_000_000)
            rows += [
                (
                    partner.id,
                    TODAY - timedelta(days=DAYS - day),
                    round(worth * chance.gammavariate(4, 0.25)),
                )
                for day in history(chance, DAYS)
            ]
        cls.env.cr.execute(
            SQL(
                "INSERT INTO crm_ir_test_purchase VALUES %s",
                SQL(", ").join(SQL("%s", row) for row in rows),
            )
        )
        cls.stats._refresh(cls.company, TODAY)

    def leave(self, customers):
        """Forget the purchases of all but the first ``customers``."""
        self.env.cr.execute(
            SQL(
                "DELETE FROM crm_ir_test_purchase WHERE partner_id != ALL(%s)",
                self.partners[:customers].ids,
            )
        )
        self.stats._refresh(self.company, TODAY)

    def foretell(self):
        forecast = self.forecasts._train(self.company, TODAY)
        forecast._apply(TODAY)
        return forecast

    def test_a_thin_history_is_refused_in_words(self):
        self.leave(30)
        self.env.cr.execute(
            SQL(
                "DELETE FROM crm_ir_test_purchase WHERE day < %s",
                TODAY - timedelta(days=100),
            )
        )
        forecast = self.foretell()
        self.assertFalse(forecast.process)
        self.assertIn("needs 1000 customers; there are", forecast.refusal)
        self.assertIn("needs a history of 365 days", forecast.refusal)
        self.assertFalse(any(self.stats.search([]).mapped("value")))

    def test_what_is_foretold_comes_true_on_average(self):
        forecast = self.foretell()
        self.assertFalse(forecast.refusal)
        self.assertAlmostEqual(forecast.predicted / forecast.actual, 1, delta=0.15)
        self.assertLess(forecast.mae, forecast.naive_mae)
        self.assertIn(forecast.grade, ("a", "b"))
        stats = self.stats.with_user(self.salesman).search(
            [("partner_id", "in", self.partners.ids)]
        )
        self.assertEqual(len(stats), CUSTOMERS)
        for stat in stats:
            self.assertTrue(0 <= stat.active_probability <= 1)
            self.assertGreaterEqual(stat.value, 0)
        faithful = stats.filtered(
            lambda one: one.frequency > 9 and one.last_purchase > date(2026, 10, 1)
        )
        gone = stats.filtered(
            lambda one: one.frequency > 9 and one.last_purchase < date(2026, 1, 1)
        )
        self.assertTrue(faithful and gone)
        self.assertGreater(
            min(faithful.mapped("active_probability")),
            max(gone.mapped("active_probability")),
        )

    def test_values_in_rial_are_ten_times_those_in_toman(self):
        toman = self.values_of_all()
        self.env.cr.execute("UPDATE crm_ir_test_purchase SET amount = amount * 10")
        self.stats._refresh(self.company, TODAY)
        for partner, rial in self.values_of_all().items():
            # the fit stops a hair's breadth from the maximum
            self.assertAlmostEqual(rial, 10 * toman[partner], delta=rial / 1000 + 1)

    def values_of_all(self):
        self.foretell()
        stats = self.stats.search([("company_id", "=", self.company.id)])
        return {one.partner_id: one.value for one in stats}

    def test_figures_that_hold_no_more_do_not_stay(self):
        self.foretell()
        self.leave(1)
        self.foretell()
        stat = self.stats.search([("partner_id", "=", self.partners[0].id)])
        self.assertFalse(stat.value or stat.churn_risk or stat.expected_purchases)

    def foretell_churn(self, gain):
        """Foretell with a churn model whose AUC is ``gain`` above that of recency."""

        def learned(rows):
            model, quality = learn(rows)
            return model, quality._replace(auc=quality.auc_recency + gain)

        with patch.object(churn, "learn", learned):
            self.foretell()
        return self.stats.search(
            [("company_id", "=", self.company.id), ("churn_risk", ">", 0)]
        )

    def test_a_risk_that_does_not_beat_recency_is_not_shown(self):
        self.assertTrue(self.foretell_churn(0.01))
        self.assertFalse(self.foretell_churn(0))

    def test_a_risk_is_a_share_with_its_reasons(self):
        shown = self.foretell_churn(0.01)
        self.assertTrue(all(0 < stat.churn_risk < 1 for stat in shown))
        risky = max(shown, key=lambda one: one.churn_risk)
        with patch.object(type(self.company), "_l10n_ir_today", lambda _self: TODAY):
            reasons = risky.with_user(self.salesman).churn_reasons
        days = (TODAY - risky.last_purchase).days
        self.assertIn(f"The last purchase was {days} days ago.", reasons)

    def test_who_is_inactive_has_no_risk_left(self):
        self.foretell_churn(0.01)
        inactive = self.stats.search(
            [
                ("company_id", "=", self.company.id),
                ("last_purchase", "<", TODAY - timedelta(days=180)),
            ]
        )
        self.assertTrue(inactive)
        self.assertFalse(any(inactive.mapped("churn_risk")))

    def test_another_company_is_not_touched(self):
        other = self.env["res.company"].create({"name": "دیگری"})
        self.foretell()
        self.assertFalse(self.stats.search([("company_id", "=", other.id)]))
        self.assertFalse(self.forecasts._last(other))
