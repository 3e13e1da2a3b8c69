"""Rial and Toman: exact amounts, and amounts in words."""

from decimal import Decimal
from fractions import Fraction

from persiantools import digits

RIALS_PER_UNIT = {"IRR": 1, "IRT": 10}
_TRILLION = 10**12


class NotWholeRial(ValueError):
    """`amount` (of currency `unit`) has a remainder below one Rial."""

    def __init__(self, amount: Decimal | float, unit: str):
        self.amount = amount
        self.unit = unit
        step = Decimal(1) / RIALS_PER_UNIT[unit]
        super().__init__(
            f"{amount} {unit} is not a whole number of Rials: "
            f"round it to a multiple of {step} {unit}."
        )


class NotIranianMoney(ValueError):
    """`amount` is in `unit`, which has no fixed value in Rial."""

    def __init__(self, amount: Decimal | float, unit: str):
        self.amount = amount
        self.unit = unit
        super().__init__(
            f"{amount} {unit} has no fixed value in Rial: "
            "convert it to IRR or IRT first."
        )


def to_whole_rial(amount: Decimal | float, currency_code: str) -> int:
    """Return `amount` of IRR (Rial) or IRT (Toman, 10 Rial) in Rial, exactly.

    A float, Odoo's form of a monetary value, stands for the decimal it was rounded to.
    These currencies are rounded to two decimals at the finest; four keep any such
    remainder, while the noise of binary sums (0.1 + 0.2) is gone.

    Raises NotWholeRial where a remainder would be lost, NotIranianMoney for another
    currency.
    """
    if currency_code not in RIALS_PER_UNIT:
        raise NotIranianMoney(amount, currency_code)
    exact = repr(round(amount, 4)) if isinstance(amount, float) else amount
    rials = Fraction(exact) * RIALS_PER_UNIT[currency_code]
    if rials.denominator != 1:
        raise NotWholeRial(amount, currency_code)
    return rials.numerator


def rial_to_toman(rial: int) -> Decimal:
    """Return a whole number of Rial in Toman, with at most one decimal."""
    return Decimal(rial) / RIALS_PER_UNIT["IRT"]


def in_words(amount: int, unit: str) -> str:
    """Return `amount` in Persian words and its `unit`: «یک میلیون و دویست هزار ریال».

    In the formal spelling of cheques and contracts («یک هزار», «یکصد»), which leaves no
    room in front of the first word. Below 10**27.
    """
    trillions, rest = divmod(abs(amount), _TRILLION)
    words = [f"{digits.to_word(trillions)} تریلیون"] if trillions else []
    if rest or not trillions:
        words.append(digits.to_word(rest))
    sign = "منفی " if amount < 0 else ""
    return f"{sign}{' و '.join(words)} {unit}"
