"""Code of a foreign national in Iran (کد فراگیر اتباع): twelve digits.

Other systems issued eight to thirteen digits, which stay in use. No rule for a check
digit is published.
"""

from . import common
from .common import compact


def validate(number: str) -> str:
    """Return the compact number. Raises InvalidFormat, InvalidLength."""
    number = compact(number)
    common.check_digits(number, *range(8, 14))
    return number


is_valid = common.validity(validate)


def format(number: str) -> str:
    """Return the number in groups of four, 1234-5678-9012."""
    return common.group(compact(number), 4, 4)
