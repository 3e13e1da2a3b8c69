"""What the numbers of this package share."""

import re
from collections.abc import Callable

from stdnum.exceptions import (
    InvalidComponent,
    InvalidFormat,
    InvalidLength,
    ValidationError,
)

from ..text import to_latin_digits

# A closing ".0" comes from a number column of a spreadsheet read as decimals: its zero
# is no digit of the number.
_SEPARATORS = re.compile(r"\.0$|[\W_]+")


def compact(number: str) -> str:
    """Return `number` in Latin digits, without blanks, punctuation and bidi marks."""
    return _SEPARATORS.sub("", to_latin_digits(number).strip())


def check_digits(number: str, *lengths: int) -> None:
    """Raise `InvalidFormat` or `InvalidLength` unless `number` is so many digits."""
    if not (number.isascii() and number.isdigit()):
        raise InvalidFormat
    if len(number) not in lengths:
        raise InvalidLength


def check_not_repeated(number: str) -> None:
    """Raise `InvalidComponent` for 1111… and its like, which people type to get on."""
    if len(set(number)) == 1:
        raise InvalidComponent


def validity(validate: Callable[[str], str]) -> Callable[[str], bool]:
    """Return the `is_valid` that belongs to `validate`."""

    def is_valid(number: str) -> bool:
        try:
            validate(number)
        except ValidationError:
            return False
        return True

    return is_valid


def group(number: str, *sizes: int) -> str:
    """Return `number` cut by dashes into groups of `sizes` digits, the rest last."""
    groups = []
    for size in sizes:
        groups.append(number[:size])
        number = number[size:]
    return "-".join(filter(None, [*groups, number]))
