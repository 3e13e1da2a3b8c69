"""Postal code of Iran (کد پستی): ten digits, the first five for the area.

Rules for single digits circulate without a source; only a code of one repeated digit is
refused.
"""

from . import common
from .common import compact


def validate(number: str) -> str:
    """Return the compact number.

    Raises InvalidFormat, InvalidLength, and InvalidComponent for a repeated digit.
    """
    number = compact(number)
    common.check_digits(number, 10)
    common.check_not_repeated(number)
    return number


is_valid = common.validity(validate)


def format(number: str) -> str:
    """Return the number as 11369-14811."""
    return common.group(compact(number), 5)
