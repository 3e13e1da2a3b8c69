from math import exp, log
from random import Random
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.crm_ir_loyalty.tools import churn
from odoo.addons.crm_ir_loyalty.tools.churn import FEATURES, Quality, learn
from odoo.addons.crm_ir_loyalty.tools.optimise import FitError

rule = settings(deadline=None, derandomize=True, database=None)


def customers(number, seed, recency=0.8, frequency=-0.6):
    """Rows whose log-odds of leaving are known, in days and Rial."""
    random, rows = Random(seed), []
    for _ in range(number):
        last = random.randint(1, 300)
        bought = 1 + int(random.expovariate(0.3))
        spent = bought * random.lognormvariate(14, 1)
        first = last + random.randint(1, 400)
        odds = exp(-2.5 + recency * log(last) + frequency * log(bought))
        gone = random.random() < odds / (1 + odds)
        rows.append((last, bought, spent, first, gone))
    return rows


class TestChurn(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rows = customers(12_000, 1)
        cls.model, cls.quality = learn(cls.rows)

    def test_recovers_the_slopes(self):
        slopes = dict(zip(FEATURES, self.model.slopes, strict=True))
        self.assertAlmostEqual(slopes["recency"], 0.8, delta=0.12)
        self.assertAlmostEqual(slopes["frequency"], -0.6, delta=0.15)
        self.assertAlmostEqual(slopes["monetary"], 0, delta=0.1)
        self.assertAlmostEqual(slopes["tenure"], 0, delta=0.15)

    def test_fitted_rows_are_calibrated(self):
        """Logistic regression with a level expects as many to leave as did."""
        fitted = self.rows[::2]
        expected = sum(self.model.probability(row[:4]) for row in fitted)
        self.assertAlmostEqual(expected, sum(row[4] for row in fitted), delta=1e-3)

    def test_slopes_meet_the_score_equations(self):
        """At the maximum no feature explains what is left over (ridge 0.1)."""
        for index, slope in enumerate(self.model.slopes):
            floor, centre = self.model.floors[index], self.model.centres[index]
            left_over = sum(
                (row[4] - self.model.probability(row[:4]))
                * (log(max(row[index], floor)) - centre)
                for row in self.rows[::2]
            )
            self.assertLess(abs(left_over), 0.1 * abs(slope) * 4 + 1e-3)

    def test_judged_on_the_other_half(self):
        self.assertEqual(self.quality.rows, 6000)
        self.assertGreater(self.quality.auc, self.quality.auc_recency)
        self.assertTrue(self.quality.worth_showing)
        self.assertGreater(self.quality.top_decile_lift, 1.2)
        base = sum(row[4] for row in self.rows[1::2]) / 6000
        self.assertLess(self.quality.brier, base * (1 - base))

    def test_labels_of_the_judged_half_do_not_reach_the_model(self):
        turned = [
            (*row[:4], not row[4]) if number % 2 else row
            for number, row in enumerate(self.rows)
        ]
        model, quality = learn(turned)
        self.assertEqual(model, self.model)
        self.assertAlmostEqual(quality.auc, 1 - self.quality.auc, 12)

    def test_a_model_no_better_than_recency_is_not_shown(self):
        for auc, shown in ((0.771, False), (0.770, False), (0.772, True)):
            self.assertEqual(Quality(auc, 0.771, 0.2, 1.3, 500).worth_showing, shown)
        self.assertFalse(Quality(None, None, 0.2, None, 500).worth_showing)

    def test_probability_is_the_sum_that_sql_computes(self):
        row = (40, 3, 2_500_000.0, 200)
        log_odds = self.model.intercept + sum(
            slope * log(max(value, floor))
            for slope, value, floor in zip(
                self.model.slopes, row, self.model.floors, strict=True
            )
        )
        self.assertAlmostEqual(
            self.model.probability(row), 1 / (1 + exp(-log_odds)), 12
        )

    def test_reasons(self):
        """A long silence is named first; what lowers the risk is not a reason."""
        average = [exp(centre) for centre in self.model.centres]
        silent = [300, *average[1:]]
        self.assertEqual(self.model.reasons(average), [])
        [(name, added), *rest] = self.model.reasons(silent)
        self.assertEqual((name, rest), ("recency", []))
        self.assertAlmostEqual(
            added, self.model.slopes[0] * (log(300) - self.model.centres[0]), 12
        )
        often = [average[0], 200, *average[2:]]
        self.assertNotIn("frequency", dict(self.model.reasons(often)))

    def test_bought_today_or_refunded_all(self):
        """A figure without a logarithm counts as the least there is."""
        floors = self.model.floors
        self.assertEqual(
            self.model.probability((0, 1, -5_000.0, 0)),
            self.model.probability((floors[0], 1, floors[2], floors[3])),
        )
        refunded = [
            (r, f, -m if n % 50 < 2 else m, t, g)
            for n, (r, f, m, t, g) in enumerate(self.rows)
        ]
        model, quality = learn(refunded)
        self.assertAlmostEqual(quality.auc, self.quality.auc, 2)
        self.assertAlmostEqual(model.slopes[0], self.model.slopes[0], 1)

    @settings(rule, max_examples=10)
    @given(st.sampled_from((0.1, 10.0)), st.integers(0, 99))
    def test_rial_or_toman(self, unit, seed):
        rows = customers(600, seed)
        one, quality = learn(rows)
        other, same = learn((r, f, m * unit, t, g) for r, f, m, t, g in rows)
        for row in rows[:20]:
            scaled = (row[0], row[1], row[2] * unit, row[3])
            self.assertAlmostEqual(
                one.probability(row[:4]), other.probability(scaled), 6
            )
        self.assertAlmostEqual(quality.auc, same.auc, 3)

    def test_many_rows_fit_an_even_sample(self):
        """The others are still judged, and the same rows give the same model."""
        with patch.object(churn, "_MAX_FITTED", 1000):
            model, quality = learn(self.rows)
            self.assertEqual(model, learn(iter(self.rows))[0])
        self.assertNotEqual(model, self.model)
        self.assertAlmostEqual(model.slopes[0], 0.8, delta=0.3)
        self.assertEqual(quality.rows, 6000)

    def test_recency_that_tells_all(self):
        """Separable data end in a finite model."""
        rows = [(n % 400 + 1, 2, 1e6, 500, n % 400 >= 200) for n in range(1201)]
        model, quality = learn(rows)
        self.assertAlmostEqual(quality.auc, 1, 6)
        self.assertFalse(quality.worth_showing)
        self.assertLess(model.probability((10, 2, 1e6, 500)), 0.01)
        self.assertEqual(model.slopes[1], 0)

    def test_refuses_what_cannot_be(self):
        for reason, rows in (
            ("one_sided", []),
            ("one_sided", [(1, 1, 1.0, 1, False)] * 50),
            ("one_sided", [(1, 1, 1.0, 1, True)] * 50),
            ("invalid", [(1, 1, float("nan"), 1, True)]),
            ("invalid", [(1, 1, float("inf"), 1, True)]),
        ):
            with self.assertRaises(FitError) as caught:
                learn(rows)
            self.assertEqual(caught.exception.reason, reason)
