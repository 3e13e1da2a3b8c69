from math import lgamma, log, pi

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.crm_ir_loyalty.tools.special import digamma, log_beta

rule = settings(deadline=None, derandomize=True, database=None)

EULER = 0.57721566490153286


class TestSpecialFunctions(BaseCase):
    def test_digamma_known_values(self):
        # Abramowitz & Stegun 6.3.2, 6.3.3 and 6.3.6.
        for x, value in (
            (1, -EULER),
            (0.5, -EULER - 2 * log(2)),
            (2, 1 - EULER),
            (0.25, -EULER - pi / 2 - 3 * log(2)),
            (4, 1 + 1 / 2 + 1 / 3 - EULER),
        ):
            self.assertAlmostEqual(digamma(x), value, delta=5e-15 * max(1, -value))

    @rule
    @given(st.floats(1e-3, 1e6))
    def test_digamma_recurrence(self, x):
        self.assertAlmostEqual(
            digamma(x + 1), digamma(x) + 1 / x, delta=1e-12 * max(1, 1 / x)
        )

    @rule
    @given(st.floats(0.1, 1e3))
    def test_digamma_is_the_slope_of_lgamma(self, x):
        step = 1e-4 * x
        slope = (lgamma(x + step) - lgamma(x - step)) / (2 * step)
        self.assertAlmostEqual(digamma(x), slope, delta=1e-5 * max(1, 1 / x))

    def test_log_beta(self):
        # B(2, 3) = 1!2!/4! and B(1/2, 1/2) = pi.
        self.assertAlmostEqual(log_beta(2, 3), log(1 / 12), 14)
        self.assertAlmostEqual(log_beta(0.5, 0.5), log(pi), 14)
