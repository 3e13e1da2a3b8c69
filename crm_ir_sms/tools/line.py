"""Lines, and what people answer to them."""

import re

from odoo.addons.crm_ir_base.tools.text import clean, normalize

_PREFIX = re.compile(r"\A(?:(?:\+|00)?98|\+|0+)(?=[0-9])")
# «لغو ۱۱» and «لغو ۱۲» without blanks and punctuation
_WISH = re.compile(r"(?:لغو)?1([12])")


def plain_line(raw: str) -> str:
    """Return a line as panels name it, without country code: 10008888 for +9810008888.

    What holds no digit is returned in lower case.
    """
    text = normalize(clean(raw))
    digits = re.sub(r"[^0-9+]", "", text)
    return _PREFIX.sub("", digits) if digits.strip("+") else text.lower()


def blocks_line(text: str) -> bool | None:
    """Return what ``text`` wants of the line it was sent to.

    True for 11 (no more advertising), False for 12 (again), None for any other text.
    The rule is the regulator's (CRA, 1401): the digits alone, or after «لغو».
    """
    match = _WISH.fullmatch(re.sub(r"[\W_]+", "", normalize(clean(text))))
    return match and match[1] == "1"
