"""What a purchase of each customer is worth: the Gamma-Gamma model.

Values of single purchases follow Gamma(p, nu) and nu varies over customers as
Gamma(q, v), independently of how often they buy. `v` is in the unit of the values (Rial
in, Rial out); p and q are numbers, the same in Rial and Toman.

Fader, Hardie, Lee (2005), RFM and CLV: Using Iso-Value Curves, Journal of Marketing
Research 42(4); Fader, Hardie (2013), The Gamma-Gamma Model of Monetary Value.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, inf, lgamma, log
from typing import NamedTuple

from .optimise import Fit, FitError, maximise
from .special import digamma

# Above this many rows the search starts on values rounded to a tenth of e-fold.
_COARSE_FROM = 10_000


class Spend(NamedTuple):
    """`count` customers with the mean value `mean` over `x` repeat purchases."""

    x: int
    mean: float
    count: int = 1


@dataclass(frozen=True)
class GammaGamma:
    """`p` and `q` are numbers, `v` is in the unit of the values; q > 1."""

    p: float
    q: float
    v: float

    @classmethod
    def fit(cls, spends: Iterable[Sequence[float]]) -> Fit:
        """Estimate by maximum likelihood from rows (x, mean value[, count]), x >= 1.

        Rows may be grouped: customers with the same x whose means lie within a percent
        do as one row with the geometric mean of their means. Raises FitError: "invalid"
        for a mean or x that is not positive, "no_repeats" without rows, "no_mean" where
        values vary so much that they have no finite mean, "not_converged".
        """
        spends = _checked(spends)
        rough = _Sample(_coarse(spends)) if len(spends) > _COARSE_FROM else None
        sample = _Sample(spends)
        best = maximise(sample, _start(spends), rough)
        model = cls(*best.parameters)
        if model.q <= 1:
            raise FitError("no_mean")
        return Fit(model, best.log_likelihood, sample.customers)

    def log_likelihood(self, spends: Iterable[Sequence[float]]) -> float:
        """Log-likelihood of rows (x, mean[, count]); raises FitError "invalid"."""
        return _Sample(_checked(spends))((self.p, self.q, self.v))[0]

    @property
    def population_mean(self) -> float:
        """Mean value of a purchase over all customers, and of one never seen again."""
        return self.p * self.v / (self.q - 1)

    def conditional_mean(self, x: int, mean: float) -> float:
        """Mean value of the next purchases of a customer, given `x` with `mean`.

        Their own mean, drawn towards the population's the more the fewer they are.
        """
        return self.p * (self.v + x * mean) / (self.p * x + self.q - 1)


class _Sample:
    """Log-likelihood and gradient; what depends on x alone is summed once."""

    def __init__(self, spends: list[Spend]) -> None:
        self.customers = 0
        # x -> [customers, sum of ln(total)] and x -> rows (total, customers).
        self.by_x: dict[int, list[float]] = {}
        self.rows: dict[int, list[tuple[float, int]]] = {}
        self.log_means = 0.0
        for x, mean, count in spends:
            self.customers += count
            self.log_means += count * log(mean)
            sums = self.by_x.setdefault(x, [0, 0.0])
            sums[0] += count
            sums[1] += count * log(x * mean)
            self.rows.setdefault(x, []).append((x * mean, count))

    def __call__(self, parameters: Sequence[float]) -> tuple[float, list[float]]:
        p, q, v = parameters
        value = self.customers * (q * log(v) - lgamma(q)) - self.log_means
        in_p = 0.0
        in_q = self.customers * (log(v) - digamma(q))
        in_v = self.customers * q / v
        for x, (customers, log_totals) in self.by_x.items():
            shape = p * x + q
            all_logs = all_inverses = 0.0
            for total, count in self.rows[x]:
                all_logs += count * log(v + total)
                all_inverses += count / (v + total)
            digamma_shape = digamma(shape)
            value += customers * (lgamma(shape) - lgamma(p * x))
            value += p * x * log_totals - shape * all_logs
            in_p += x * customers * (digamma_shape - digamma(p * x))
            in_p += x * (log_totals - all_logs)
            in_q += customers * digamma_shape - all_logs
            in_v -= shape * all_inverses
        return value, [in_p, in_q, in_v]


def _checked(rows: Iterable[Sequence[float]]) -> list[Spend]:
    spends = [Spend(x, float(mean), *count) for x, mean, *count in rows]
    for x, mean, count in spends:
        if not (x >= 1 and 0 < mean < inf and count > 0):
            raise FitError("invalid")
    return spends


def _start(spends: list[Spend]) -> list[float]:
    """Shapes of two and the scale that gives the customers' own mean."""
    customers = sum(count for _, _, count in spends)
    if not customers:
        raise FitError("no_repeats")
    return [2.0, 2.0, sum(count * mean for _, mean, count in spends) / customers / 2]


def _coarse(spends: list[Spend]) -> list[Spend]:
    merged: dict[tuple[int, int], int] = {}
    for x, mean, count in spends:
        key = x, round(10 * log(mean))
        merged[key] = merged.get(key, 0) + count
    return [Spend(x, exp(step / 10), count) for (x, step), count in merged.items()]
