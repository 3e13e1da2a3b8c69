"""Phone numbers as people in Iran write them."""

import re
from typing import Literal

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from .text import normalize

_DASHES = "\u2010-\u2015\u2212-"
_PUNCTUATION = re.compile(rf"[\s()./\\{_DASHES}]+")
_DIGITS = re.compile(r"\+?[0-9]+")
# The numbering plan gives all of +98 9 to mobiles; libphonenumber learns a new
# operator's prefix only after people have its numbers.
_IRANIAN_MOBILE = re.compile(r"\+989[0-9]{9}")
_KINDS = {PhoneNumberType.MOBILE: "mobile", PhoneNumberType.FIXED_LINE: "landline"}

_BETWEEN_NUMBERS = re.compile(r"[\n\r,،;؛|]|(?<![^\W\d_])(?:و|یا|or|and)(?![^\W\d_])")
_PART = re.compile(rf"[^\s/\\{_DASHES}]+")
_MOST_PARTS = 15  # the digits of the longest number


def to_e164(raw: str | None, region: str = "IR") -> str | None:
    """Return the number `raw` stands for, such as +989121234567, or None.

    `region` (ISO 3166 code) gives the country of a number written without one. None is
    also the answer where there is more than a number, an extension or a name for
    instance: whoever replaces `raw` by the result loses nothing.
    """
    text = _PUNCTUATION.sub("", normalize(raw or ""))
    if not _DIGITS.fullmatch(text):
        return None
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if phonenumbers.is_valid_number(number) or _IRANIAN_MOBILE.fullmatch(e164):
        return e164
    return None


def kind(e164: str) -> Literal["mobile", "landline"] | None:
    """Return what an E.164 number is, None where its country does not tell."""
    if _IRANIAN_MOBILE.fullmatch(e164):
        return "mobile"
    try:
        number = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return None
    return _KINDS.get(phonenumbers.number_type(number))


def split_numbers(cell: str, region: str = "IR") -> list[str]:
    """Return the numbers written in one `cell`, each as it was written.

    Dashes, slashes and blanks separate numbers only where every part is a number then,
    so «021-8877-6655» stays one. What cannot be read is an item of its own, not lost.
    """
    texts = filter(None, map(str.strip, _BETWEEN_NUMBERS.split(cell)))
    return [number for text in texts for number in _all_numbers(text, region) or [text]]


def _all_numbers(text: str, region: str) -> list[str]:
    """Return `text` cut into as few numbers as its parts make, [] where one is left."""
    spans = [part.span() for part in _PART.finditer(text)]
    numbers_from = {len(spans): []}
    for first in reversed(range(len(spans))):
        for end in range(min(first + _MOST_PARTS, len(spans)), first, -1):
            number = text[spans[first][0] : spans[end - 1][1]]
            if end in numbers_from and to_e164(number, region):
                numbers_from[first] = [number, *numbers_from[end]]
                break
    return numbers_from.get(0, [])
