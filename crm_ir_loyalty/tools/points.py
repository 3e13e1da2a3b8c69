"""Exact points: what one of them is and which awards pay a debit.

Points are `Decimal`s of four places, the precision of the ledger's columns; what stock
keeps in floats comes in through `exact` alone.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, NamedTuple, TypeVar

PLACES = 4
# a float still tells apart the points of this many with four places
LIMIT = Decimal(10) ** 11
_UNIT = Decimal(1).scaleb(-PLACES)
# shares are kept with twelve places, and three thirds of them are a whole
_NEARLY_ALL = 1 - Fraction(1, 10**9)

Key = TypeVar("Key")


class Document(NamedTuple):
    """The record that moved points, as the context carries it.

    Only Python makes one: what a client sends in a context is a plain list.
    """

    model: str
    id: int


def exact(value: Any) -> Decimal:
    """Points as the ledger writes them, halves away from zero.

    Raises ValueError where `value` is no number or its size is not below `LIMIT`.
    """
    try:
        points = Decimal(str(value))
        if not -LIMIT < points < LIMIT:
            raise ValueError(value)
        return points.quantize(_UNIT, ROUND_HALF_UP)
    except ArithmeticError as error:
        raise ValueError(value) from error


def pay(
    points: Decimal, awards: Iterable[tuple[Key, Decimal]]
) -> list[tuple[Key, Decimal]]:
    """Which awards, in their order, pay how much of `points`; the rest stays owed.

    `awards` are what is left of each; both are at least 0.
    """
    draws = []
    for award, left in awards:
        if points <= 0:
            break
        if left > 0:
            draws.append((award, min(points, left)))
            points -= left
    return draws


def part(points: Decimal, shares: Iterable[Any]) -> Decimal:
    """The part of an award that `shares` take together, at most all of it.

    Rounding the sum instead of each share, returns in parts take exactly the whole.
    """
    total = sum((Fraction(str(share)) for share in shares), Fraction())
    if total >= _NEARLY_ALL:
        return points
    scaled = Fraction(points) * max(total, Fraction())
    return exact(Decimal(scaled.numerator) / Decimal(scaled.denominator))
