"""Economic code of a taxpayer (کد اقتصادی), as the Moadian system takes it.

Eleven digits for a legal person (its `legal_id`) or a civil partnership (its
`civil_partnership_id`), fourteen for a natural person. Which of the first two it is the
number does not tell, and only one has a check digit: where the kind is known, its own
module is the sharper check. The fourteen digits are usually a national code and a
suffix of four, but no published rule says so for everybody (foreigners have them too):
their number alone is checked.
"""

from stdnum.exceptions import InvalidLength

from . import common
from .common import compact


class OldEconomicCode(InvalidLength):
    """Twelve digits: the code of the old system, which Moadian refuses."""

    message = "This is an economic code of the old system."


def validate(number: str) -> str:
    """Return the compact number.

    Raises InvalidFormat, InvalidLength and, for twelve digits, OldEconomicCode.
    """
    number = compact(number)
    common.check_digits(number, 11, 12, 14)
    if len(number) == 12:
        raise OldEconomicCode
    return number


is_valid = common.validity(validate)


def format(number: str) -> str:
    """Return the number as 103-802847-90, or 0499370899-0001 for a natural person."""
    number = compact(number)
    sizes = (10,) if len(number) == 14 else (3, 6)
    return common.group(number, *sizes)
