from decimal import Decimal
from math import exp, fsum, log
from random import Random
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.crm_ir_loyalty.tools import gamma_gamma
from odoo.addons.crm_ir_loyalty.tools.gamma_gamma import GammaGamma
from odoo.addons.crm_ir_loyalty.tools.optimise import FitError

rule = settings(deadline=None, derandomize=True, database=None)

# CDNOW, 946 customers with a repeat purchase: Fader and Hardie (2013), and the same in
# four digits.
PUBLISHED = GammaGamma(6.25, 3.74, 15.44)
CDNOW = GammaGamma(6.2488, 3.7446, 15.4478)


def simulated(p, q, v, customers, seed):
    random, spends = Random(seed), []
    for _ in range(customers):
        nu = random.gammavariate(q, 1 / v)
        x = 1 + int(random.expovariate(0.4))
        spends.append((x, random.gammavariate(p * x, 1 / (nu * x)), 1))
    return spends


class TestGammaGamma(BaseCase):
    def test_published_conditional_means(self):
        for x, mean, expected in (
            (2, 22.35, 24.66),
            (1, 11.77, 18.92),
            (0, 0.0, 35.22),
            (7, 73.74, 71.47),
        ):
            self.assertAlmostEqual(PUBLISHED.conditional_mean(x, mean), expected, 2)

    def test_published_population_mean(self):
        self.assertAlmostEqual(CDNOW.population_mean, 35.17, 2)

    def test_likelihood_is_a_density(self):
        """It integrates to one over all means, and its mean is the population's."""
        model = GammaGamma(3.0, 4.0, 30.0)
        for x in (1, 4):
            step, weights = 0.02, []
            for i in range(-1500, 1500):
                mean = exp(i * step)
                density = exp(model.log_likelihood([(x, mean, 1)]))
                weights.append((mean, density * mean * step))
            self.assertAlmostEqual(fsum(w for _, w in weights), 1, 8)
            self.assertAlmostEqual(
                fsum(mean * w for mean, w in weights) / model.population_mean, 1, 6
            )

    def test_conditional_mean_from_its_definition(self):
        """Integrated over nu, given the customer's own mean."""
        model, x, own, step = GammaGamma(3.0, 4.0, 30.0), 5, 25.0, 0.02
        weight = value = 0.0
        for i in range(-800, 800):
            nu = exp(i * step)
            posterior = model.q * log(nu) - model.v * nu
            posterior += model.p * x * log(nu) - nu * x * own
            weight += exp(posterior)
            value += exp(posterior) * model.p / nu
        self.assertAlmostEqual(model.conditional_mean(x, own), value / weight, 8)

    @rule
    @given(st.integers(0, 500), st.floats(0.01, 1e9))
    def test_conditional_mean_lies_between(self, x, own):
        expected = CDNOW.conditional_mean(x, own)
        low, high = sorted((own, CDNOW.population_mean))
        if x:
            # p x own / (p x - 1 + q): the customer's own mean has p x of the weight.
            weight = CDNOW.p * x / (CDNOW.p * x + CDNOW.q - 1)
            mixed = weight * own + (1 - weight) * CDNOW.population_mean
            self.assertAlmostEqual(expected / mixed, 1, 9)
            self.assertTrue(low * (1 - 1e-9) <= expected <= high * (1 + 1e-9))
        else:
            self.assertEqual(expected, CDNOW.population_mean)

    def test_gradient_against_differences(self):
        sample = gamma_gamma._Sample(gamma_gamma._checked(simulated(6, 4, 15, 300, 2)))
        at = [5.0, 3.0, 20.0]
        _, gradient = sample(at)
        for index, slope in enumerate(gradient):
            up, down = list(at), list(at)
            up[index] += 1e-5
            down[index] -= 1e-5
            difference = (sample(up)[0] - sample(down)[0]) / 2e-5
            self.assertAlmostEqual(slope, difference, delta=1e-4)

    def test_recovers_simulated_customers(self):
        """The truth is within the 99.9 % likelihood region of the estimate."""
        spends = simulated(6.25, 3.74, 15.44, 4000, 4)
        fit = GammaGamma.fit(spends)
        ratio = 2 * (fit.log_likelihood - PUBLISHED.log_likelihood(spends))
        self.assertGreaterEqual(ratio, 0)
        self.assertLess(ratio, 16.27, "chi-square of 3 parameters, 99.9 %")
        self.assertEqual(fit.customers, 4000)

    @settings(rule, max_examples=20)
    @given(st.sampled_from((0.1, 10, 1e6)), st.integers(0, 1000))
    def test_unit_of_money_changes_only_v(self, unit, seed):
        """Rial or Toman: p and q stay, v and every mean are in the unit given."""
        spends = simulated(5, 4, 20, 300, seed)
        one = GammaGamma.fit(spends).model
        other = GammaGamma.fit((x, mean * unit, n) for x, mean, n in spends).model
        self.assertAlmostEqual(other.p / one.p, 1, 3)
        self.assertAlmostEqual(other.q / one.q, 1, 3)
        self.assertAlmostEqual(other.v / one.v / unit, 1, 3)
        self.assertAlmostEqual(
            other.conditional_mean(3, 18 * unit) / one.conditional_mean(3, 18) / unit,
            1,
            4,
        )

    def test_numbers_as_postgresql_returns_them(self):
        spends = [(2, Decimal("22.35"), 3), (1, Decimal("11.77"), 1)]
        self.assertAlmostEqual(
            PUBLISHED.log_likelihood(spends),
            PUBLISHED.log_likelihood([(2, 22.35, 3), (1, 11.77, 1)]),
            12,
        )

    def test_grouping_within_a_percent(self):
        spends = simulated(6.25, 3.74, 15.44, 3000, 6)
        groups = {}
        for x, mean, _ in spends:
            groups.setdefault((x, round(100 * log(mean))), []).append(log(mean))
        grouped = [
            (x, exp(fsum(logs) / len(logs)), len(logs))
            for (x, _), logs in groups.items()
        ]
        exact, near = GammaGamma.fit(spends).model, GammaGamma.fit(grouped).model
        self.assertLess(len(grouped), len(spends))
        self.assertAlmostEqual(near.population_mean / exact.population_mean, 1, 4)
        self.assertAlmostEqual(near.p / exact.p, 1, 3)

    def test_coarse_start_ends_at_the_same_place(self):
        spends = simulated(6.25, 3.74, 15.44, 1000, 8)
        plain = GammaGamma.fit(spends)
        with patch.object(gamma_gamma, "_COARSE_FROM", 0):
            coarse = GammaGamma.fit(spends)
        self.assertAlmostEqual(plain.log_likelihood, coarse.log_likelihood, 7)

    def test_refuses_what_cannot_be(self):
        random = Random(3)
        wild = [(1, random.paretovariate(0.4), 1) for _ in range(2000)]
        for reason, spends in (
            ("no_repeats", []),
            ("invalid", [(0, 10.0, 1)]),
            ("invalid", [(2, 0.0, 1)]),
            ("invalid", [(2, -5.0, 1)]),
            ("invalid", [(2, float("nan"), 1)]),
            ("invalid", [(2, float("inf"), 1)]),
            ("invalid", [(2, 5.0, 0)]),
            ("no_mean", wild),
        ):
            with self.assertRaises(FitError, msg=spends[:1]) as caught:
                GammaGamma.fit(spends)
            self.assertEqual(caught.exception.reason, reason)
