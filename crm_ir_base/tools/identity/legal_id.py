"""National id of a legal person in Iran (شناسه ملی): ten digits and a check digit.

The tenth digit takes part twice: it is weighed, and it raises every digit before.
"""

from stdnum.exceptions import InvalidChecksum, InvalidComponent

from . import common
from .common import compact

_WEIGHTS = (29, 27, 23, 19, 17) * 2


def calc_check_digit(number: str) -> str:
    """Return the check digit for the first ten digits of a compact number."""
    offset = int(number[9]) + 2
    pairs = zip(number[:10], _WEIGHTS, strict=True)
    total = sum((int(digit) + offset) * weight for digit, weight in pairs)
    return str(total % 11 % 10)


def validate(number: str) -> str:
    """Return the compact number.

    Raises InvalidFormat, InvalidLength, InvalidChecksum, and InvalidComponent for a
    serial (digits 4 to 9) of zeros.
    """
    number = compact(number)
    common.check_digits(number, 11)
    if number[3:9] == "000000":
        raise InvalidComponent
    if calc_check_digit(number) != number[10]:
        raise InvalidChecksum
    return number


is_valid = common.validity(validate)


def format(number: str) -> str:
    """Return the number as 103-802847-90."""
    return common.group(compact(number), 3, 6)
