"""Fit the models on a first part of the history and judge them by the rest."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from . import clv, metrics
from .bgnbd import Bgnbd, BuyTillYouDie, Fit, Mbgnbd
from .gamma_gamma import GammaGamma
from .optimise import FitError

WEEK = 7
PROCESSES = {"bgnbd": Bgnbd, "mbgnbd": Mbgnbd}
# Above this many customers times are whole weeks and mean values lie within a percent,
# so that the work depends on the history's length and hardly on the customers.
EXACT_CUSTOMERS = 20_000


class History(NamedTuple):
    """A customer at the end of the calibration, and what came afterwards.

    Times are days: `first` to the last purchase and to the end of the calibration.
    Amounts are in one currency: `repeated` after the first day, `spent` on all days,
    `later_spent` after the calibration on `later` days.
    """

    x: int
    t_x: int
    T: int
    repeated: float
    spent: float
    later: int = 0
    later_spent: float = 0.0


@dataclass(frozen=True)
class Judgement:
    """How well purchases after the calibration were foretold; `naive` is x · t / T."""

    process: str
    fit: Fit
    actual: int
    predicted: float
    mae: float
    naive_mae: float
    grade: str | None


def grid(customers: int) -> int:
    """Days that times are counted in: one, or the whole weeks of many customers."""
    return WEEK if customers > EXACT_CUSTOMERS else 1


def weeks(x: int, t_x: int, T: int, days: int) -> tuple[float, float]:
    """Both times in weeks, given in steps of a grid of ``days``.

    Whole weeks stand for their middle, so that nothing is shifted on average.
    """
    if days == 1:
        return t_x / WEEK, T / WEEK
    return (t_x + 0.5 if x else 0.0), T + 0.5


def patterns(histories: Sequence[History]) -> list[tuple[int, float, float, int]]:
    """The histories as rows (x, t_x, T, count), in weeks."""
    days = grid(len(histories))
    counts = Counter((h.x, h.t_x // days, h.T // days) for h in histories)
    return [
        (x, *weeks(x, t_x, T, days), count) for (x, t_x, T), count in counts.items()
    ]


def likeliest(rows: Sequence[tuple]) -> tuple[str, Fit]:
    """The process that explains the rows best, and its fit.

    Raises FitError where none of them can be estimated.
    """
    fits, failure = {}, None
    for process in PROCESSES:
        try:
            fits[process] = PROCESSES[process].fit(rows)
        except FitError as error:
            failure = error
    if not fits:
        raise failure
    best = max(fits, key=lambda process: fits[process].log_likelihood)
    return best, fits[best]


def spends(histories: Sequence[History]) -> list[tuple[int, float]]:
    """Rows (x, mean value of the repeat purchases) of who came back and paid."""
    return [(h.x, h.repeated / h.x) for h in histories if h.x and h.repeated > 0]


def judge(histories: Sequence[History], days: int) -> Judgement:
    """Fit on the calibration and compare with the `days` after it.

    Raises FitError where the models cannot be estimated.
    """
    process, fit = likeliest(patterns(histories))
    spending = GammaGamma.fit(spends(histories)).model
    horizon = clv.Horizon(1, 0.0, days / WEEK)
    rows = [(h.x, h.t_x / WEEK, h.T / WEEK) for h in histories]
    expected = [one.expected for one in clv.outlooks(fit.model, rows, horizon)]
    naive = [h.x * days / h.T if h.T else 0.0 for h in histories]
    actual = [h.later for h in histories]
    worth = [
        purchases * spending.conditional_mean(h.x, h.repeated / h.x if h.x else 0.0)
        for purchases, h in zip(expected, histories, strict=True)
    ]
    return Judgement(
        process,
        fit,
        sum(actual),
        sum(expected),
        metrics.mae(expected, actual),
        metrics.mae(naive, actual),
        clv.grade(
            [h.later_spent for h in histories],
            worth,
            [h.spent / h.T if h.T else 0.0 for h in histories],
        ),
    )


def model(process: str, parameters: Sequence[float]) -> BuyTillYouDie:
    """A fitted process again, from its parameters r, alpha, a, b (weeks)."""
    return PROCESSES[process](*parameters)
