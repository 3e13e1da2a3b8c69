"""Which customers are leaving: logistic regression on recency, frequency, money, tenure.

A row is what was known of a customer on the day of the forecast, and whether they then
stayed away for the whole window that counts as leaving. The model sees logarithms, so
that it is the same in Rial and Toman, and is shown only where it orders customers it
was not fitted on better than recency alone does.
"""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, exp, inf, log, sqrt
from operator import add, mul
from statistics import fmean
from typing import NamedTuple

from .metrics import auc, brier, top_decile_lift
from .optimise import FitError

FEATURES = ("recency", "frequency", "monetary", "tenure")

# Not felt among hundreds of rows; keeps slopes finite where the data separate.
_RIDGE = 0.1
# More rows cost time and no longer move a probability that anyone would notice.
_MAX_FITTED = 50_000
_MAX_ITERATIONS = 50


class Quality(NamedTuple):
    """How the model did on the `rows` rows it was not fitted on.

    `auc` and `auc_recency` are None where all or none of them left.
    """

    auc: float | None
    auc_recency: float | None
    brier: float
    top_decile_lift: float | None
    rows: int

    @property
    def worth_showing(self) -> bool:
        """Whether the model orders customers better than recency alone."""
        return self.auc is not None and self.auc > self.auc_recency


@dataclass(frozen=True)
class Churn:
    """Log-odds of leaving = intercept + sum of slope x ln(greatest(value, floor)).

    `floors`, `slopes` and `centres` follow FEATURES. A floor, in the unit of its
    feature, stands in for values below it (bought today, refunded all); `centres` are
    the logarithms of the average customer.
    """

    intercept: float
    slopes: tuple[float, ...]
    floors: tuple[float, ...]
    centres: tuple[float, ...]

    def probability(self, features: Sequence[float]) -> float:
        """Probability of leaving, given figures in the order of FEATURES."""
        log_odds = self.intercept + sum(
            slope * log(max(value, floor))
            for slope, value, floor in zip(
                self.slopes, features, self.floors, strict=True
            )
        )
        return _sigmoid(log_odds)

    def reasons(self, features: Sequence[float]) -> list[tuple[str, float]]:
        """What raises a customer's risk above that of the average one.

        Names of FEATURES with what each adds to the log-odds, largest first.
        """
        added = (
            (name, slope * (log(max(value, floor)) - centre))
            for name, slope, value, floor, centre in zip(
                FEATURES,
                self.slopes,
                features,
                self.floors,
                self.centres,
                strict=True,
            )
        )
        raising = [reason for reason in added if reason[1] > 0]
        return sorted(raising, key=lambda reason: -reason[1])


def learn(rows: Iterable[Sequence[float]]) -> tuple[Churn, Quality]:
    """Fit on every other customer and judge on those between.

    A row is (recency, frequency, monetary, tenure, left): days since the last purchase,
    number of purchases and their net value in any one currency, days since the first
    purchase, and whether the customer then left.

    The split follows the order of the rows: sort them by something that has nothing to
    do with leaving, such as the customer's id, and the result can be repeated. Of many
    rows an even sample is fitted; all the others are judged.

    Maximum likelihood by iteratively reweighted least squares on standardised
    logarithms, with a small ridge. Raises FitError: "invalid" for a figure that is no
    finite number, "one_sided" where all or none left.
    """
    columns, left = _columns(rows)
    step = 2 * max(1, ceil(len(left) / 2 / _MAX_FITTED))
    model = _fit([column[::step] for column in columns], left[::step])
    held_out = [column[1::2] for column in columns]
    labels = left[1::2]
    scores = array("d", map(model.probability, zip(*held_out, strict=True)))
    recency = held_out[FEATURES.index("recency")]
    quality = Quality(
        auc(scores, labels),
        auc(recency, labels),
        brier(scores, labels),
        top_decile_lift(scores, labels),
        len(labels),
    )
    return model, quality


def _columns(rows: Iterable[Sequence[float]]) -> tuple[list[array], bytearray]:
    """A million rows in 33 bytes each."""
    columns, left = [array("d") for _ in FEATURES], bytearray()
    for *features, gone in rows:
        for column, value in zip(columns, features, strict=True):
            if not -inf < value < inf:
                raise FitError("invalid")
            column.append(value)
        left.append(bool(gone))
    return columns, left


def _fit(columns: list[array], left: bytearray) -> Churn:
    if not 0 < sum(left) < len(left):
        raise FitError("one_sided")
    floors = [_floor(column) for column in columns]
    logs = [
        [log(max(value, floor)) for value in column]
        for column, floor in zip(columns, floors, strict=True)
    ]
    centres = [fmean(column) for column in logs]
    # A feature that is the same for all has no spread and earns no slope.
    spreads = [
        _spread(column, mu) or 1.0 for column, mu in zip(logs, centres, strict=True)
    ]
    rows = [
        (1.0, *((v - mu) / sd for v, mu, sd in zip(row, centres, spreads, strict=True)))
        for row in zip(*logs, strict=True)
    ]
    level, *weights = _logistic(rows, left)
    slopes = [weight / sd for weight, sd in zip(weights, spreads, strict=True)]
    level -= sum(slope * mu for slope, mu in zip(slopes, centres, strict=True))
    return Churn(level, tuple(slopes), tuple(floors), tuple(centres))


def _spread(values: list[float], mean: float) -> float:
    return sqrt(fmean((value - mean) ** 2 for value in values))


def _floor(column: array) -> float:
    """The least value but one in a hundred above zero, in whatever unit."""
    above = sorted(value for value in column if value > 0)
    return above[len(above) // 100] if above else 1.0


def _logistic(rows: list[tuple[float, ...]], left: bytearray) -> list[float]:
    """Weights of the columns of `rows`, the first of which is the level."""
    size = len(rows[0])
    weights = [0.0] * size
    for _ in range(_MAX_ITERATIONS):
        gradient = [-_RIDGE * weight for weight in weights]
        hessian = [[_RIDGE * (i == j) for j in range(size)] for i in range(size)]
        gradient[0] = hessian[0][0] = 0.0
        for row, gone in zip(rows, left, strict=True):
            chance = _sigmoid(sum(map(mul, weights, row)))
            rest, spread = gone - chance, chance * (1 - chance)
            for i, value in enumerate(row):
                gradient[i] += rest * value
                weighted, line = spread * value, hessian[i]
                for j in range(i + 1):
                    line[j] += weighted * row[j]
        step = _solve(hessian, gradient)
        weights = list(map(add, weights, step))
        if sum(map(mul, step, gradient)) < 1e-8:
            return weights
    raise FitError("not_converged")


def _solve(lower: list[list[float]], right: list[float]) -> list[float]:
    """Solve a symmetric positive definite system, given its lower triangle (Cholesky)."""
    size = len(right)
    root = [[0.0] * size for _ in right]
    for i in range(size):
        for j in range(i + 1):
            rest = lower[i][j] - sum(map(mul, root[i][:j], root[j][:j]))
            root[i][j] = sqrt(rest) if i == j else rest / root[j][j]
    half: list[float] = []
    for i in range(size):
        half.append((right[i] - sum(map(mul, root[i][:i], half))) / root[i][i])
    solution = [0.0] * size
    for i in reversed(range(size)):
        below = sum(root[k][i] * solution[k] for k in range(i + 1, size))
        solution[i] = (half[i] - below) / root[i][i]
    return solution


def _sigmoid(log_odds: float) -> float:
    if log_odds < 0:
        odds = exp(log_odds)
        return odds / (1 + odds)
    return 1 / (1 + exp(-log_odds))
