"""National code of an Iranian citizen (کد ملی).

Ten digits: three for the office that issued it, six for the person, one check digit.
Leading zeros are often lost, so eight and nine digits are padded. Any issuing office is
accepted: lists of them age. Remainders 1 and 10 of the sum share the check digit 1, so
not every mistyped digit is caught.
"""

from stdnum.exceptions import InvalidChecksum, InvalidComponent

from . import common


def compact(number: str) -> str:
    """Return the number as digits, padded to ten when one or two zeros were lost."""
    number = common.compact(number)
    return number.zfill(10) if len(number) in (8, 9) else number


def calc_check_digit(number: str) -> str:
    """Return the check digit for the first nine digits of a compact number."""
    pairs = zip(number[:9], range(10, 1, -1), strict=True)
    remainder = sum(int(digit) * weight for digit, weight in pairs) % 11
    return str(remainder if remainder < 2 else 11 - remainder)


def validate(number: str) -> str:
    """Return the compact number.

    Raises InvalidFormat, InvalidLength, InvalidChecksum, and InvalidComponent for a
    repeated digit and for a person's part of zeros, neither of which is ever issued.
    """
    number = compact(number)
    common.check_digits(number, 10)
    common.check_not_repeated(number)
    if number[3:9] == "000000":
        raise InvalidComponent
    if calc_check_digit(number) != number[9]:
        raise InvalidChecksum
    return number


is_valid = common.validity(validate)


def format(number: str) -> str:
    """Return the number as 049-937089-9."""
    return common.group(compact(number), 3, 6)
