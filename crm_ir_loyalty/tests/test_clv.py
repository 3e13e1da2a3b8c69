from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.crm_ir_loyalty.tools.bgnbd import Bgnbd, Mbgnbd
from odoo.addons.crm_ir_loyalty.tools.clv import Horizon, grade, outlooks
from odoo.addons.crm_ir_loyalty.tools.gamma_gamma import GammaGamma
from odoo.addons.crm_ir_loyalty.tools.sufficiency import (
    Shortfall,
    churn_shortfalls,
    clv_shortfalls,
)

rule = settings(deadline=None, derandomize=True, database=None)

PURCHASES = Bgnbd(0.243, 4.414, 0.793, 2.426)
SPEND = GammaGamma(6.25, 3.74, 15.44)


class TestLifetimeValue(BaseCase):
    def test_published_customer(self):
        """Customer 1 of CDNOW, twelve months at 1 % a month."""
        [outlook] = outlooks(PURCHASES, [(2, 30.43, 38.86)], Horizon())
        value = outlook.discounted * SPEND.conditional_mean(2, 22.35)
        self.assertAlmostEqual(outlook.expected, 1.5622, 4)
        self.assertAlmostEqual(value, 36.2892, 4)

    def test_each_month_is_discounted_at_its_end(self):
        model, rate = Mbgnbd(0.5, 6.0, 0.9, 1.6), 0.02
        [outlook] = outlooks(model, [(3, 20.0, 25.0, 7)], Horizon(6, rate, 4.0))
        until = [model.expected(4.0 * n, 3, 20.0, 25.0) for n in range(7)]
        by_hand = sum((until[n] - until[n - 1]) / (1 + rate) ** n for n in range(1, 7))
        self.assertAlmostEqual(outlook.discounted, by_hand, 12)
        self.assertAlmostEqual(outlook.expected, until[6], 12)
        self.assertEqual(outlook.alive, model.alive(3, 20.0, 25.0))

    @settings(rule, max_examples=40)
    @given(st.integers(0, 50), st.floats(0, 1), st.floats(1, 150), st.floats(0, 0.1))
    def test_tomorrow_is_worth_less(self, x, share, T, rate):
        history = (x, share * T if x else 0.0, T)
        [outlook] = outlooks(PURCHASES, [history], Horizon(6, rate))
        [certain] = outlooks(PURCHASES, [history], Horizon(6, 0.0))
        self.assertAlmostEqual(certain.discounted, certain.expected, 12)
        self.assertLessEqual(outlook.discounted, certain.discounted * (1 + 1e-12))
        self.assertLessEqual(outlook.alive, 1)

    def test_rows_keep_their_order(self):
        histories = [(2, 5.0, 9.0), (0, 0.0, 9.0), (2, 8.0, 9.0), (2, 5.0, 9.0)]
        found = list(outlooks(PURCHASES, histories, Horizon()))
        self.assertEqual([each[:3] for each in found], histories)
        self.assertEqual(found[0], found[3])
        self.assertLess(found[0].alive, found[2].alive)

    def test_impossible_horizons(self):
        for horizon in ((0, 0.01, 4.0), (12, -1.0, 4.0), (12, 0.01, 0.0)):
            with self.assertRaises(ValueError, msg=horizon):
                Horizon(*horizon)


class TestGrade(BaseCase):
    # Ten customers; the first four bring 80 of 100 and are the high-value ones.
    actual = (20, 20, 20, 20, 5, 5, 5, 5, 0, 0)

    def test_model_against_baseline(self):
        right = (9, 9, 9, 9, 1, 1, 1, 1, 1, 1)
        half = (9, 9, 1, 1, 9, 9, 1, 1, 1, 1)
        none = (1, 1, 1, 1, 1, 1, 9, 9, 9, 9)
        self.assertEqual(grade(self.actual, right, half), "a")
        self.assertEqual(grade(self.actual, half, half), "b")
        self.assertEqual(grade(self.actual, half, right), "c")
        self.assertEqual(grade(self.actual, half, none), "a")

    def test_ties_do_not_depend_on_order(self):
        """Equal predictions find as many as chance would: 4 x 4/10."""
        same = (1,) * 10
        self.assertEqual(grade(self.actual, same, same), "b")
        one = (9, 1, 1, 1, 1, 1, 1, 1, 1, 1)
        self.assertEqual(grade(self.actual, one, same), "a")
        self.assertEqual(grade(self.actual, same, one), "c")

    def test_no_revenue_no_grade(self):
        self.assertIsNone(grade((0, 0), (1, 2), (2, 1)))
        self.assertIsNone(grade((), (), ()))

    def test_refunded_customers_are_not_high_value(self):
        self.assertEqual(grade((10, -50, 0), (9, 1, 1), (1, 9, 1)), "a")


class TestSufficiency(BaseCase):
    def test_enough(self):
        self.assertEqual(clv_shortfalls(1000, 365), [])
        self.assertEqual(churn_shortfalls(500, 180, 90), [])

    def test_too_little(self):
        self.assertEqual(
            clv_shortfalls(999, 364),
            [Shortfall("customers", 999, 1000), Shortfall("days", 364, 365)],
        )
        self.assertEqual(
            churn_shortfalls(499, 200, 90), [Shortfall("customers", 499, 500)]
        )
        self.assertEqual(churn_shortfalls(9000, 179, 90), [Shortfall("days", 179, 180)])
