"""How often customers buy and whether they still do: BG/NBD and MBG/NBD.

While a customer is active, purchases follow a Poisson process whose rate varies over
customers as Gamma(r, alpha). At every chance to leave they leave for good with a
probability that varies as Beta(a, b). The two models differ in one thing: BG/NBD
offers the first chance after the first repeat purchase, so that who never came back is
active for certain; MBG/NBD offers one after the first purchase already.

A purchase history is (x, t_x, T): repeat purchases, time from the first purchase to
the last (0 when x is 0), and time from the first purchase to the end of observation.
Times may be in any one unit; `alpha` is in that unit too.

Fader, Hardie, Lee (2005), "Counting Your Customers" the Easy Way, Marketing Science
24(2). Batislam, Denizel, Filiztekin (2007), International Journal of Research in
Marketing 24(3); Hoppe, Wagner (2007), Marketing - Journal of Research and Management
3(2).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count as count_from
from math import exp, expm1, inf, lgamma, log, log1p
from typing import ClassVar, NamedTuple

from .optimise import Fit, FitError, maximise
from .special import digamma, log_beta

# Above this many patterns the search starts on a coarser grid of times.
_COARSE_FROM = 10_000
_COARSE_STEPS = 16


class Pattern(NamedTuple):
    """`count` customers with one purchase history (see the module)."""

    x: int
    t_x: float
    T: float
    count: int = 1


@dataclass(frozen=True)
class BuyTillYouDie:
    """What both models share; `alpha` is in units of time, the rest are numbers."""

    r: float
    alpha: float
    a: float
    b: float

    first_chance: ClassVar[int]

    @classmethod
    def fit(cls, patterns: Iterable[Sequence[float]]) -> Fit:
        """Estimate by maximum likelihood from rows (x, t_x, T[, count]).

        The result does not depend on how customers are grouped into patterns. Raises
        FitError: "invalid" for a history that cannot be, "no_repeats", "not_converged".
        """
        patterns = _checked(patterns)
        rough = None
        if len(patterns) > _COARSE_FROM:
            rough = _Sample(_coarse(patterns), cls.first_chance)
        sample = _Sample(patterns, cls.first_chance)
        best = maximise(sample, _start(patterns), rough)
        return Fit(cls(*best.parameters), best.log_likelihood, sample.customers)

    def log_likelihood(self, patterns: Iterable[Sequence[float]]) -> float:
        """Log-likelihood of rows (x, t_x, T[, count]); raises FitError "invalid"."""
        sample = _Sample(_checked(patterns), self.first_chance)
        return sample((self.r, self.alpha, self.a, self.b))[0]

    def alive(self, x: int, t_x: float, T: float) -> float:
        """Probability that a customer with this history is still active."""
        chances = x + self.first_chance
        if not chances:
            return 1.0
        silence = ((self.alpha + t_x) / (self.alpha + T)) ** (self.r + x)
        odds = (self.b + chances - 1) / self.a * silence
        return odds / (1 + odds)

    def expected_if_alive(self, t: float, x: int, T: float) -> float:
        """Mean purchases in the next `t` of a customer known to be active.

        Their rate is Gamma(r + x, alpha + T) and their leaving Beta(a, b + chances).
        Purchase j + 1 takes place with the probability that the rate alone brings more
        than j purchases, times that of staying j times. The sum over j equals the
        published formula with the Gauss series 2F1, yet all its terms are positive and
        it has no pole where a or a + b is 1.
        """
        if t <= 0:
            return 0.0
        shape, rate = self.r + x, self.alpha + T
        stays, leaves = self.b + x + self.first_chance, self.a
        beyond = -expm1(-shape * log1p(t / rate))
        survival, total = 1.0, beyond
        for j, mass in _purchases(shape, rate, t, first=1):
            survival *= (stays + j - 1) / (leaves + stays + j - 1)
            beyond -= mass
            total += beyond * survival
            if mass <= 1e-17 * total and j > shape * t / rate:
                return total

    def expected(self, t: float, x: int = 0, t_x: float = 0.0, T: float = 0.0) -> float:
        """Mean purchases in the next `t`, given a history.

        Without a history: mean repeat purchases of a new customer, E[X(t)].
        """
        return self.alive(x, t_x, T) * self.expected_if_alive(t, x, T)

    def pmf(self, x: int, t: float) -> float:
        """Probability of exactly `x` repeat purchases in the first `t` > 0."""
        r, alpha, a, b = self.r, self.alpha, self.a, self.b
        chances = x + self.first_chance
        probability = next(_purchases(r, alpha, t, x))[1]
        probability *= exp(log_beta(a, b + chances) - log_beta(a, b))
        if chances:
            left = exp(log_beta(a + 1, b + chances - 1) - log_beta(a, b))
            probability += left * _at_least(r, alpha, t, x)
        return probability


class Bgnbd(BuyTillYouDie):
    """BG/NBD of Fader, Hardie and Lee (2005)."""

    first_chance = 0


class Mbgnbd(BuyTillYouDie):
    """MBG/NBD of Batislam et al. (2007) and Hoppe and Wagner (2007)."""

    first_chance = 1


class _Sample:
    """Log-likelihood and gradient of a set of patterns.

    All that depends on x alone, or on one time alone, is summed over customers once;
    only the last factor of the likelihood is evaluated pattern by pattern.
    """

    def __init__(self, patterns: list[Pattern], first_chance: int) -> None:
        self.customers = 0
        self.first_chance = first_chance
        self.by_x: dict[int, int] = {}
        # Time from which the rate is judged: the last purchase or, for those who had
        # no chance to leave yet, the end -> [customers, purchases].
        self.by_time: dict[float, list[int]] = {}
        recency: dict[float, int] = {}
        age: dict[float, int] = {}
        self.rows: dict[int, list[tuple[int, int, int]]] = {}
        for x, t_x, T, count in patterns:
            self.customers += count
            self.by_x[x] = self.by_x.get(x, 0) + count
            may_have_left = x + first_chance > 0
            sums = self.by_time.setdefault(t_x if may_have_left else T, [0, 0])
            sums[0] += count
            sums[1] += count * x
            if may_have_left:
                row = (
                    recency.setdefault(t_x, len(recency)),
                    age.setdefault(T, len(age)),
                    count,
                )
                self.rows.setdefault(x, []).append(row)
        self.recencies, self.ages = list(recency), list(age)

    def __call__(self, parameters: Sequence[float]) -> tuple[float, list[float]]:
        r, alpha, a, b = parameters
        value = self.customers * r * log(alpha)
        in_r = self.customers * log(alpha)
        in_alpha = self.customers * r / alpha
        in_a = in_b = 0.0
        lgamma_r, digamma_r = lgamma(r), digamma(r)
        log_beta_ab, digamma_b, digamma_ab = log_beta(a, b), digamma(b), digamma(a + b)
        for x, count in self.by_x.items():
            value += count * (lgamma(r + x) - lgamma_r)
            in_r += count * (digamma(r + x) - digamma_r)
            chances = x + self.first_chance
            if chances:
                fewer = digamma_ab - digamma(a + b + chances)
                value += count * (log_beta(a + 1, b + chances - 1) - log_beta_ab)
                in_a += count * (1 / a + fewer)
                in_b += count * (digamma(b + chances - 1) - digamma_b + fewer)
        for time, (count, purchases) in self.by_time.items():
            weight, log_time = r * count + purchases, log(alpha + time)
            value -= weight * log_time
            in_r -= count * log_time
            in_alpha -= weight / (alpha + time)
        log_recency = [log(alpha + time) for time in self.recencies]
        log_age = [log(alpha + time) for time in self.ages]
        by_recency = [1 / (alpha + time) for time in self.recencies]
        by_age = [1 / (alpha + time) for time in self.ages]
        for x, rows in self.rows.items():
            shape, last = r + x, b + x + self.first_chance - 1
            log_odds = log(last / a)
            gain = alive = lapse = slope = 0.0
            for i, j, count in rows:
                silence = log_recency[i] - log_age[j]
                odds = exp(log_odds + shape * silence)
                gain += count * log1p(odds)
                active = count * odds / (1 + odds)
                alive += active
                lapse += active * silence
                slope += active * (by_recency[i] - by_age[j])
            value += gain
            in_r += lapse
            in_alpha += shape * slope
            in_a -= alive / a
            in_b += alive / last
        return value, [in_r, in_alpha, in_a, in_b]


def _checked(rows: Iterable[Sequence[float]]) -> list[Pattern]:
    patterns = [Pattern(x, float(t_x), float(T), *count) for x, t_x, T, *count in rows]
    for x, t_x, T, count in patterns:
        if not (x >= 0 and count > 0 and 0 <= t_x <= T < inf and (x or not t_x)):
            raise FitError("invalid")
    return patterns


def _start(patterns: list[Pattern]) -> list[float]:
    """Plain values of the right order: the mean rate, and one in four leaving."""
    purchases = sum(count * x for x, _, _, count in patterns)
    time = sum(count * T for _, _, T, count in patterns)
    if not (purchases and time):
        raise FitError("no_repeats")
    return [1.0, time / purchases, 1.0, 3.0]


def _coarse(patterns: list[Pattern]) -> list[Pattern]:
    """The same customers with times in the middle of one of a few equal steps."""
    step = max(T for _, _, T, _ in patterns) / _COARSE_STEPS
    merged: dict[tuple[int, float, float], int] = {}
    for x, t_x, T, count in patterns:
        key = (x, t_x // step + 0.5 if x else 0.0, T // step + 0.5)
        merged[key] = merged.get(key, 0) + count
    return [
        Pattern(x, t_x * step, T * step, count) for (x, t_x, T), count in merged.items()
    ]


def _purchases(
    shape: float, rate: float, t: float, first: int
) -> Iterator[tuple[int, float]]:
    """Probabilities of k = first, first + 1, ... purchases in `t`, nobody leaving.

    Negative binomial, through logarithms: its first terms underflow for big customers.
    """
    log_share = log(t / (rate + t))
    log_mass = (
        lgamma(shape + first)
        - lgamma(shape)
        - lgamma(first + 1)
        - shape * log1p(t / rate)
        + first * log_share
    )
    for k in count_from(first):
        yield k, exp(log_mass)
        log_mass += log((shape + k) / (k + 1)) + log_share


def _at_least(shape: float, rate: float, t: float, x: int) -> float:
    """Probability of `x` purchases or more in `t`, nobody leaving."""
    if not x:
        return 1.0
    total = 0.0
    for k, mass in _purchases(shape, rate, t, x):
        total += mass
        if mass <= 1e-17 * total and k > shape * t / rate:
            return total
