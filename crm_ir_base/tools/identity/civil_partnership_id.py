"""Id of a civil partnership (شناسه مشارکت مدنی): eleven digits.

No rule for a check digit is published.
"""

from . import common
from .common import compact


def validate(number: str) -> str:
    """Return the compact number. Raises InvalidFormat, InvalidLength."""
    number = compact(number)
    common.check_digits(number, 11)
    return number


is_valid = common.validity(validate)


def format(number: str) -> str:
    """Return the number grouped as a legal person's id, 103-802847-90."""
    return common.group(compact(number), 3, 6)
