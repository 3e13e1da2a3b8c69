"""Number of an Iranian bank card: sixteen digits with a Luhn check digit."""

from stdnum import luhn

from . import common
from .common import compact


def validate(number: str) -> str:
    """Return the compact number.

    Raises InvalidFormat, InvalidLength, InvalidChecksum, and InvalidComponent for a
    repeated digit.
    """
    number = compact(number)
    common.check_digits(number, 16)
    common.check_not_repeated(number)
    return luhn.validate(number)


is_valid = common.validity(validate)


def prefix(number: str) -> str:
    """Return the six digits that name the issuing bank, such as 603799 for Melli."""
    return compact(number)[:6]


def mask(number: str) -> str:
    """Return the number as 603799******3893, fit for lists and logs."""
    number = compact(number)
    return f"{number[:6]}******{number[12:16]}"


def format(number: str) -> str:
    """Return the number in groups of four, 6037-9912-3456-7893."""
    return common.group(compact(number), 4, 4, 4)
