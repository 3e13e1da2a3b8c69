"""Sheba (شبا), the Iranian IBAN: IR, two check digits, bank (3), account (19).

The check is ISO 7064 mod 97-10. `stdnum.iban` lacks Iran, and cannot be imported
inside Odoo 19, whose import hook hides the data files of stdnum.
"""

from textwrap import wrap

from stdnum.exceptions import InvalidComponent
from stdnum.iso7064 import mod_97_10

from . import common


def compact(number: str) -> str:
    """Return the number as IR and digits; IR is added where only digits came."""
    number = common.compact(number).upper()
    return f"IR{number}" if number.isdigit() else number


def validate(number: str) -> str:
    """Return the compact number.

    Raises InvalidFormat, InvalidLength, InvalidChecksum, and InvalidComponent for
    another country than IR.
    """
    number = compact(number)
    country, digits = number[:2], number[2:]
    common.check_digits(digits, 24)
    if country != "IR":
        raise InvalidComponent
    mod_97_10.validate(number[4:] + number[:4])
    return number


is_valid = common.validity(validate)


def bank_code(number: str) -> str:
    """Return the three digits of the bank in a valid number, such as 017 for Melli."""
    return compact(number)[4:7]


def format(number: str) -> str:
    """Return the number in groups of four, IR82 0540 1026 ...."""
    return " ".join(wrap(compact(number), 4))
