from collections import Counter
from decimal import Decimal
from math import exp, lgamma, log
from random import Random
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.crm_ir_loyalty.tools import bgnbd
from odoo.addons.crm_ir_loyalty.tools.bgnbd import Bgnbd, Mbgnbd
from odoo.addons.crm_ir_loyalty.tools.optimise import FitError

rule = settings(deadline=None, derandomize=True, database=None)

# CDNOW, 2,357 customers, weeks: Fader, Hardie, Lee (2005), and the same customers in
# four digits; MBG/NBD as in Platzer's BTYDplus.
PUBLISHED = Bgnbd(0.243, 4.414, 0.793, 2.426)
CDNOW = Bgnbd(0.2426, 4.4135, 0.7929, 2.4258)
CDNOW_MBG = Mbgnbd(0.525, 6.183, 0.891, 1.614)

shapes = st.floats(0.05, 20)
models = st.builds(
    lambda kind, *parameters: kind(*parameters),
    st.sampled_from((Bgnbd, Mbgnbd)),
    shapes,
    st.floats(0.1, 200),
    shapes,
    shapes,
)


@st.composite
def histories(draw):
    """(x, t_x, T) in weeks."""
    T = draw(st.floats(0.5, 500))
    x = draw(st.integers(0, 200))
    return x, draw(st.floats(0, 1)) * T if x else 0.0, T


def simulated(kind, r, alpha, a, b, customers, seed):
    """Customers who behave as the model says, in whole days, grouped."""
    random, patterns = Random(seed), Counter()
    for _ in range(customers):
        rate = random.gammavariate(r, 1 / alpha)
        leaves = random.betavariate(a, b)
        T = random.uniform(20, 100)
        x, t_x, t = 0, 0.0, 0.0
        gone = kind is Mbgnbd and random.random() < leaves
        while not gone:
            t += random.expovariate(rate)
            if t > T:
                break
            x, t_x = x + 1, t
            gone = random.random() < leaves
        patterns[x, round(t_x * 7) / 7, round(T * 7) / 7] += 1
    return [(*history, count) for history, count in patterns.items()]


def averaged(model, weigh):
    """Mean of weigh(rate, leaves) over the customers of a model.

    Both mixing densities are smooth and fade exponentially over the logarithm of the
    rate and the log-odds of leaving, where the trapezoidal rule is almost exact.
    """
    r, alpha, a, b = model.r, model.alpha, model.a, model.b
    total, step = 0.0, 0.25
    rates = []
    for i in range(-240, 32):
        rate = exp(i * step) / alpha
        density = r * log(alpha * rate) - alpha * rate - lgamma(r)
        if density > -50:
            rates.append((rate, exp(density) * step))
    for j in range(-200, 200):
        odds = exp(j * step)
        leaves, stays = odds / (1 + odds), 1 / (1 + odds)
        density = a * log(leaves) + b * log(stays)
        density += lgamma(a + b) - lgamma(a) - lgamma(b)
        if density > -50:
            weight = exp(density) * step
            for rate, share in rates:
                total += share * weight * weigh(rate, leaves)
    return total


def chances(model, x):
    return x + isinstance(model, Mbgnbd)


def here(model, x, T):
    """Likelihood of x purchases in T by someone who is still there."""
    return lambda rate, leaves: (
        (1 - leaves) ** chances(model, x) * rate**x * exp(-rate * T)
    )


def gone(model, x, t_x):
    """Likelihood of x purchases up to t_x by someone who left then."""
    if not chances(model, x):
        return lambda rate, leaves: 0.0
    return lambda rate, leaves: (
        leaves * (1 - leaves) ** (chances(model, x) - 1) * rate**x * exp(-rate * t_x)
    )


def gauss_series(a, b, c, z):
    term = total = 1.0
    n = 0
    while abs(term) > 1e-17 * abs(total):
        term *= (a + n) * (b + n) / (c + n) / (n + 1) * z
        total += term
        n += 1
    return total


class TestBgnbdPublished(BaseCase):
    def test_probability_of_x_purchases(self):
        for x, t, probability, digits in (
            (10, 2, 1.07869e-7, 12),
            (0, 39, 0.5737864, 7),
            (11, 30, 0.0019995214, 10),
            (12, 30, 0.0015170236, 10),
            (20, 30, 0.000222226, 9),
        ):
            self.assertAlmostEqual(PUBLISHED.pmf(x, t), probability, digits)

    def test_mean_purchases_of_a_new_customer(self):
        for t, mean in (
            (0.1429, 0.0078),
            (1, 0.0532),
            (3, 0.1506),
            (31.8571, 1.0405),
            (32, 1.0437),
            (78, 1.858),
        ):
            self.assertAlmostEqual(CDNOW.expected(t), mean, delta=5.1e-4)

    def test_future_of_a_known_customer(self):
        self.assertAlmostEqual(CDNOW.expected(39, 2, 30.43, 38.86), 1.226, 3)
        self.assertAlmostEqual(CDNOW.alive(2, 30.43, 38.86), 0.7266, 4)
        self.assertAlmostEqual(CDNOW_MBG.alive(2, 30.43, 38.86), 0.7061, delta=2e-4)


class TestBgnbdMathematics(BaseCase):
    examples = (
        (Bgnbd(0.6, 5.0, 0.8, 2.4), (0, 0.0, 12.0)),
        (Bgnbd(0.6, 5.0, 0.8, 2.4), (3, 9.0, 12.0)),
        (Bgnbd(1.7, 9.0, 1.0, 1.5), (1, 2.0, 30.0)),
        (Mbgnbd(0.6, 5.0, 0.8, 2.4), (0, 0.0, 12.0)),
        (Mbgnbd(1.7, 9.0, 1.0, 1.5), (4, 20.0, 30.0)),
    )

    def test_against_numeric_integration(self):
        """Likelihood, P(alive) and E[Y(t)] straight from their definitions."""
        t = 8.0
        for model, (x, t_x, T) in self.examples:
            active, left = here(model, x, T), gone(model, x, t_x)
            still = averaged(model, active)
            likelihood = still + averaged(model, left)
            with self.subTest(model=model, x=x):
                self.assertAlmostEqual(
                    model.log_likelihood([(x, t_x, T, 1)]), log(likelihood), 8
                )
                self.assertAlmostEqual(model.alive(x, t_x, T), still / likelihood, 8)
                future = averaged(
                    model,
                    lambda rate, leaves, active=active: (
                        active(rate, leaves) * (1 - exp(-rate * leaves * t)) / leaves
                    ),
                )
                self.assertAlmostEqual(
                    model.expected(t, x, t_x, T), future / likelihood, 7
                )

    def test_against_the_gauss_series(self):
        """Formula (10) of Fader, Hardie, Lee (2005)."""
        r, alpha, a, b = PUBLISHED.r, PUBLISHED.alpha, PUBLISHED.a, PUBLISHED.b
        for x, T, t in ((0, 39, 39), (2, 38.86, 52.14), (29, 10, 90), (5, 0.5, 60)):
            mean = (a + b + x - 1) / (a - 1)
            mean *= 1 - ((alpha + T) / (alpha + T + t)) ** (r + x) * gauss_series(
                r + x, b + x, a + b + x - 1, t / (alpha + T + t)
            )
            ours = PUBLISHED.expected_if_alive(t, x, T)
            self.assertAlmostEqual(ours / mean, 1, 10, (x, T, t))

    def test_gradient_against_differences(self):
        for kind in (Bgnbd, Mbgnbd):
            patterns = simulated(kind, 0.7, 6, 0.8, 2.5, 200, 3)
            sample = bgnbd._Sample(bgnbd._checked(patterns), kind.first_chance)
            at = [0.9, 5.0, 0.6, 2.0]
            _, gradient = sample(at)
            for index, slope in enumerate(gradient):
                up, down = list(at), list(at)
                up[index] += 1e-5
                down[index] -= 1e-5
                difference = (sample(up)[0] - sample(down)[0]) / 2e-5
                self.assertAlmostEqual(slope, difference, delta=1e-4, msg=(kind, index))

    def test_probabilities_of_all_counts(self):
        """They sum to one and have the mean that E[X(t)] gives."""
        for model, _history in self.examples:
            probabilities = [model.pmf(x, 10.0) for x in range(400)]
            mean = sum(x * p for x, p in enumerate(probabilities))
            self.assertAlmostEqual(sum(probabilities), 1, 9)
            self.assertAlmostEqual(mean, model.expected(10.0), 7)

    @rule
    @given(models, histories())
    def test_alive_is_a_probability(self, model, history):
        x, t_x, T = history
        alive = model.alive(x, t_x, T)
        self.assertGreaterEqual(alive, 0)
        self.assertLessEqual(alive, 1)
        self.assertLessEqual(model.alive(x, t_x, T + 10), alive)

    @rule
    @given(models, histories(), st.floats(0.01, 500))
    def test_more_time_brings_more_purchases(self, model, history, t):
        x, _t_x, T = history
        mean = model.expected_if_alive(t, x, T)
        self.assertGreater(mean, 0)
        self.assertGreaterEqual(model.expected_if_alive(2 * t, x, T), mean)
        # Nobody buys more than they would if they never left.
        self.assertLessEqual(mean, (model.r + x) / (model.alpha + T) * t * (1 + 1e-9))

    def test_first_chance_to_leave(self):
        """Who never came back is active for certain in BG/NBD alone."""
        self.assertEqual(CDNOW.alive(0, 0.0, 38.0), 1)
        self.assertLess(CDNOW_MBG.alive(0, 0.0, 38.0), 0.5)

    def test_pole_of_the_published_formula(self):
        """a = 1 divides by zero there; here it lies between its neighbours."""
        at, below, above = (
            Bgnbd(0.5, 5.0, a, 2.0).expected(52, 3, 20.0, 30.0)
            for a in (1.0, 1 - 1e-6, 1 + 1e-6)
        )
        self.assertLess(above, at)
        self.assertLess(at, below)

    def test_very_frequent_customer(self):
        """A counter customer with a hundred thousand purchases has a finite future."""
        mean = Bgnbd(0.5, 5.0, 0.001, 1000.0).expected(10, 100_000, 995.0, 995.0)
        self.assertAlmostEqual(mean / 1000, 1, 2)


class TestBgnbdFit(BaseCase):
    def test_recovers_simulated_customers(self):
        """The truth is within the 99.9 % likelihood region of the estimate."""
        truth = (0.8, 6.0, 0.7, 2.5)
        for kind in (Bgnbd, Mbgnbd):
            patterns = simulated(kind, *truth, 4000, 11)
            fit = kind.fit(patterns)
            ratio = 2 * (fit.log_likelihood - kind(*truth).log_likelihood(patterns))
            self.assertGreaterEqual(ratio, 0)
            self.assertLess(ratio, 18.47, "chi-square of 4 parameters, 99.9 %")
            self.assertEqual(fit.customers, 4000)
            self.assertAlmostEqual(
                fit.log_likelihood, fit.model.log_likelihood(patterns), 6
            )

    def test_top_of_the_likelihood(self):
        """No neighbour explains the customers better."""
        patterns = simulated(Bgnbd, 0.8, 6, 0.7, 2.5, 1000, 5)
        fit = Bgnbd.fit(patterns)
        best = (fit.model.r, fit.model.alpha, fit.model.a, fit.model.b)
        for index in range(4):
            for factor in (0.99, 1.01):
                near = list(best)
                near[index] *= factor
                self.assertLess(
                    Bgnbd(*near).log_likelihood(patterns), fit.log_likelihood
                )

    @rule
    @given(
        models,
        st.lists(st.tuples(histories(), st.integers(1, 9)), min_size=1, max_size=20),
    )
    def test_grouping_changes_nothing(self, model, counted):
        grouped = [(*history, count) for history, count in counted]
        single = [history for history, count in counted for _ in range(count)]
        together = model.log_likelihood(grouped)
        self.assertAlmostEqual(
            together, model.log_likelihood(single), delta=1e-9 * max(1, abs(together))
        )

    def test_numbers_as_postgresql_returns_them(self):
        patterns = [(2, 5.5, 9.5, 3), (0, 0.0, 20.5, 8), (1, 1.5, 30.5, 2)]
        numeric = [(x, Decimal(t_x), Decimal(T), n) for x, t_x, T, n in patterns]
        self.assertEqual(CDNOW.log_likelihood(numeric), CDNOW.log_likelihood(patterns))

    def test_unit_of_time_changes_only_alpha(self):
        patterns = simulated(Bgnbd, 0.8, 6, 0.7, 2.5, 1000, 7)
        weeks = Bgnbd.fit(patterns).model
        days = Bgnbd.fit((x, 7 * t_x, 7 * T, n) for x, t_x, T, n in patterns).model
        self.assertAlmostEqual(days.alpha / weeks.alpha, 7, 3)
        for name in ("r", "a", "b"):
            self.assertAlmostEqual(getattr(days, name) / getattr(weeks, name), 1, 3)
        self.assertAlmostEqual(
            days.expected(364, 3, 70, 140), weeks.expected(52, 3, 10, 20), 3
        )

    def test_coarse_start_ends_at_the_same_place(self):
        patterns = simulated(Mbgnbd, 0.8, 6, 0.7, 2.5, 1000, 9)
        plain = Mbgnbd.fit(patterns)
        with patch.object(bgnbd, "_COARSE_FROM", 0):
            coarse = Mbgnbd.fit(patterns)
        self.assertAlmostEqual(plain.log_likelihood, coarse.log_likelihood, 7)
        self.assertAlmostEqual(plain.model.b / coarse.model.b, 1, 3)

    def test_customers_who_are_all_alike(self):
        """Without spread or leaving there is no finite optimum, yet an answer."""
        random, patterns = Random(1), []
        for _ in range(500):
            times = [random.expovariate(0.1)]
            while times[-1] < 50:
                times.append(times[-1] + random.expovariate(0.1))
            x = len(times) - 1
            patterns.append((x, times[-2] if x else 0.0, 50.0, 1))
        model = Bgnbd.fit(patterns).model
        self.assertAlmostEqual(model.expected(10, 5, 49.0, 50.0), 1, delta=0.1)
        self.assertGreater(model.alive(5, 40.0, 50.0), 0.99)

    def test_hardly_any_customers(self):
        """Data that fit any leaving or none still end in finite figures."""
        for patterns in (
            [(3, 10.0, 10.0, 50)],
            [(2, 3.0, 10.0, 1)],
            [(2, 3.0, 10.0, 1), (0, 0.0, 9.0, 1), (5, 9.0, 9.5, 1)],
        ):
            for kind in (Bgnbd, Mbgnbd):
                model = kind.fit(patterns).model
                self.assertLess(0, model.expected(10, 3, 10.0, 10.0))
                self.assertLess(model.expected(10, 3, 10.0, 10.0), 10)

    def test_refuses_what_cannot_be(self):
        for reason, patterns in (
            ("no_repeats", []),
            ("no_repeats", [(0, 0.0, 30.0, 5)]),
            ("no_repeats", [(1, 0.0, 0.0, 5)]),
            ("invalid", [(-1, 0.0, 30.0, 1)]),
            ("invalid", [(2, 31.0, 30.0, 1)]),
            ("invalid", [(2, -1.0, 30.0, 1)]),
            ("invalid", [(0, 5.0, 30.0, 1)]),
            ("invalid", [(2, 5.0, 30.0, 0)]),
            ("invalid", [(2, 5.0, float("inf"), 1)]),
            ("invalid", [(2, float("nan"), 30.0, 1)]),
        ):
            with self.assertRaises(FitError, msg=patterns) as caught:
                Bgnbd.fit(patterns)
            self.assertEqual(caught.exception.reason, reason, patterns)
