"""Customer lifetime value: discounted future purchases times their value, and a grade.

Months are `month` long in the unit of the model's times: 4.345 for weeks.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from .bgnbd import BuyTillYouDie
from .metrics import captured

# High-value customers are those who together bring this share of revenue.
HIGH_VALUE_SHARE = 0.8
# Grade A finds at least this many times the high-value customers of the baseline.
GRADE_A = 1.05


@dataclass(frozen=True)
class Horizon:
    """How far ahead a value looks; `monthly_rate` 0.01 discounts 1 % a month.

    Purchases of a month count at its end. Raises ValueError for a rate of -100 % or
    less, no month, or months of no length.
    """

    months: int = 12
    monthly_rate: float = 0.01
    month: float = 4.345

    def __post_init__(self) -> None:
        if self.months < 1 or self.month <= 0 or self.monthly_rate <= -1:
            raise ValueError("A horizon needs months, and a rate above -100 %.")


class Outlook(NamedTuple):
    """The future of one history; its purchases times their mean value are its value.

    `alive` is a probability, `expected` the mean purchases to the end of the horizon,
    `discounted` the same in today's purchases.
    """

    x: int
    t_x: float
    T: float
    alive: float
    expected: float
    discounted: float


def outlooks(
    model: BuyTillYouDie, patterns: Iterable[Sequence[float]], horizon: Horizon
) -> Iterator[Outlook]:
    """The outlook of each row (x, t_x, T, …), in the order of the rows."""
    ahead: dict[tuple[int, float], tuple[float, float]] = {}
    for x, t_x, T, *_ in patterns:
        # The silence since t_x tells only whether a customer is there, so that most of
        # the work is shared by everyone with the same x and T.
        if (x, T) not in ahead:
            ahead[x, T] = _if_alive(model, x, T, horizon)
        expected, discounted = ahead[x, T]
        alive = model.alive(x, t_x, T)
        yield Outlook(x, t_x, T, alive, alive * expected, alive * discounted)


def _if_alive(
    model: BuyTillYouDie, x: int, T: float, horizon: Horizon
) -> tuple[float, float]:
    before = discounted = 0.0
    factor = 1.0
    for number in range(1, horizon.months + 1):
        upto = model.expected_if_alive(number * horizon.month, x, T)
        factor /= 1 + horizon.monthly_rate
        discounted += factor * (upto - before)
        before = upto
    return before, discounted


def grade(
    actual: Sequence[float], predicted: Sequence[float], baseline: Sequence[float]
) -> Literal["a", "b", "c"] | None:
    """Judge predicted values of customers by what they then really spent.

    High-value customers are the fewest who bring 80 % of revenue. "a": as many
    customers with the highest predictions hold at least 5 % more of them than those
    with the highest baseline; "b": no fewer; "c": fewer. None where nobody spent.

    The scale of Dynamics 365 Customer Insights. Its baseline is a customer's average
    monthly spending x months ahead x share of all customers who come back; the spending
    alone puts customers in the same order.
    """
    high = _high_value(actual)
    if not any(high):
        return None
    found = captured(predicted, high, sum(high))
    without_model = captured(baseline, high, sum(high))
    if found < without_model:
        return "c"
    return "a" if found >= GRADE_A * without_model else "b"


def _high_value(actual: Sequence[float]) -> list[bool]:
    missing = HIGH_VALUE_SHARE * sum(value for value in actual if value > 0)
    high = [False] * len(actual)
    for index in sorted(range(len(actual)), key=actual.__getitem__, reverse=True):
        if missing <= 0:
            break
        high[index] = True
        missing -= actual[index]
    return high
