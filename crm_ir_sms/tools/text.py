"""The rules of the text of a short message."""

import re

from odoo.addons.crm_ir_base.tools.text import clean

# GSM 03.38: the characters that take one septet, and those that take two.
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWICE = frozenset("^{}\\[~]|€\f")
FOOTER = "لغو۱۱"
_FOOTER = re.compile(r"لغو[\s\u200c]*[1۱١]{2}\s*\Z")
_LINK = re.compile(
    r"https?://|www\.|\b[\w-]+\.(?:ir|com|net|org|io|app|me|shop|link)\b", re.IGNORECASE
)


def parts(
    text: str,
    *,
    latin: tuple[int, int] = (160, 153),
    unicode: tuple[int, int] = (70, 67),
) -> int:
    """Return how many messages ``text`` is sent as, 0 where it is empty.

    The pairs are what fits into one message and into each of several: GSM 03.38 septets
    for ``latin``, UTF-16 code units for ``unicode`` (3GPP TS 23.040).
    """
    if _GSM.union(_GSM_TWICE).issuperset(text):
        size = len(text) + sum(character in _GSM_TWICE for character in text)
        single, several = latin
    else:
        size = len(text.encode("utf-16-le", "surrogatepass")) // 2
        single, several = unicode
    if size <= single:
        return int(size > 0)
    return -(-size // several)


def clean_body(text: str) -> str:
    """Return ``text`` as it is sent: lines of Persian letters without controls."""
    return "\n".join(map(clean, text.replace("\r\n", "\n").split("\n"))).strip("\n")


def has_footer(text: str) -> bool:
    """Whether ``text`` ends with a way out («لغو ۱۱», in any digits)."""
    return bool(_FOOTER.search(text))


def with_footer(text: str) -> str:
    """Return ``text`` with «لغو۱۱» as its last line, where it has none."""
    return text if has_footer(text) else f"{text}\n{FOOTER}"


def has_link(text: str) -> bool:
    """Whether ``text`` holds what a gateway takes for a link."""
    return bool(_LINK.search(text))
