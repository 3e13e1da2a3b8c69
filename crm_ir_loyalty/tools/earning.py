"""How many points a purchase earns."""

from decimal import Decimal

from .points import exact


def points_for_amount(amount: float, step: float, points: float) -> Decimal:
    """`points` for each full `step` of an `amount`; none for a negative amount.

    Amounts are in one currency, already rounded to it; `step` is above 0.
    """
    steps = Decimal(str(amount)) // Decimal(str(step))
    return max(steps, Decimal()) * exact(points)


def left_of(limit: float, given: list[Decimal]) -> Decimal:
    """What a `limit` in points leaves after those `given`, 0 where it is passed."""
    return max(exact(limit) - sum(given), Decimal())
