"""Persian text as people type it: `normalize` to compare it, `clean` to store it."""

import re
import unicodedata
from itertools import zip_longest

from persiantools import digits

# How a text is folded for search, as the arguments of PostgreSQL's translate(): a
# character of SEARCH_FROM becomes the one at the same place of SEARCH_TO, or nothing
# where SEARCH_TO has ended. translate() compares every character of a text with the
# whole table, so the table holds only what is met in real data.
_SPELLINGS = {
    "ی": "يىئ",
    "ک": "ك",
    "ا": "أإٱآ",
    "و": "ؤ",
    "ه": "ةۀەہۂھ",
} | {str(digit): chr(0x6F0 + digit) + chr(0x660 + digit) for digit in range(10)}
_IGNORED = (
    "\u0640\u0621"  # kashida, standalone hamza
    "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670"  # harakat
    "\u0653\u0654\u0655"  # combining madda and hamza
    "\u200b\u200c\u200d"  # zero width space, non-joiner, joiner
    "\u200e\u200f\u202a\u202b\u202c\u202d\u202e"  # bidi marks and embeddings
    "\u2066\u2067\u2068\u2069"  # bidi isolates
    "\u00ad\ufeff"  # soft hyphen, byte order mark
)
SEARCH_FROM = "".join(_SPELLINGS.values()) + _IGNORED
SEARCH_TO = "".join(letter * len(forms) for letter, forms in _SPELLINGS.items())

# What names are full of, on the Persian or on the Arabic keyboard.
_USUAL = "آئيكى\u200c"
_SEARCH = str.maketrans(dict(zip_longest(SEARCH_FROM, SEARCH_TO)))

_INVISIBLE = re.compile(
    "[\\x00-\\x08\\x0e-\\x1f\\x7f\u00ad\u061c\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff]"
)
_PRESENTATION_FORM = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_PERSIAN_LETTERS = str.maketrans("يىك", "ییک")
_BLANKS = re.compile("\u200c*\\s[\\s\u200c]*")
_NON_JOINERS = re.compile("\u200c+")
_NUMBER_SIGNS = str.maketrans("٫٬／", ".,/")


def normalize(text: str) -> str:
    """Return `text` as it is compared in a search: one spelling per Persian word.

    Letters of the Arabic keyboard, hamza carriers and both digit systems are unified;
    non-joiners, kashida, harakat and invisible controls vanish. Anything else, Latin
    accents and letter case included, is untouched. Applying it twice changes nothing.
    """
    return text.translate(_SEARCH)


def sql_normalize_function(name: str = "crm_ir_normalize") -> str:
    """Return the statement that creates `name(text)`, `normalize` in PostgreSQL.

    An index on the function stores its results: whoever changes the table rebuilds it.
    """
    # - A regular expression spares texts already normal any rewriting. Where there is
    #   something to rewrite, a replace() per character costs a third of one translate().
    # - Not STRICT: a strict function with CASE in its body is never inlined.
    # - E'\uXXXX' is plain ASCII and read the same under any client encoding and any
    #   standard_conforming_strings, on the restore of a dump too.
    unusual = "".join(character for character in SEARCH_FROM if character not in _USUAL)
    return f"""
CREATE OR REPLACE FUNCTION {name}(text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT CASE
WHEN $1 OPERATOR(pg_catalog.!~) {_sql_literal(f"[{SEARCH_FROM}]")} THEN $1
WHEN $1 OPERATOR(pg_catalog.~) {_sql_literal(f"[{unusual}]")} THEN {_sql_replace(SEARCH_FROM)}
ELSE {_sql_replace(_USUAL)}
END
$$
"""


def clean(text: str) -> str:
    """Return the single line `text` as it is stored.

    Persian letters replace those of the Arabic keyboard, shaped presentation forms (PDF
    and old exports) become letters again, the result is in Unicode's composed form
    (NFC); control characters go, any run of blanks becomes one space, and a non-joiner
    stays only inside a word. Digits, harakat and kashida are the writer's choice.
    """
    text = _INVISIBLE.sub("", text)
    text = _PRESENTATION_FORM.sub(_unshaped, text)
    text = unicodedata.normalize("NFC", text).translate(_PERSIAN_LETTERS)
    text = _NON_JOINERS.sub("\u200c", _BLANKS.sub(" ", text))
    return text.strip(" \u200c")


def to_latin_digits(text: str) -> str:
    """Return `text` with 0-9 for Persian and Arabic digits, and . , / for ٫ ٬ ／."""
    return digits.fa_to_en(digits.ar_to_fa(text)).translate(_NUMBER_SIGNS)


def _unshaped(match: re.Match[str]) -> str:
    # NFKC puts a space below the marks that have a form of their own
    return unicodedata.normalize("NFKC", match[0]).strip()


def _sql_replace(characters: str) -> str:
    expression = "$1"
    for character in characters:
        literals = f"{_sql_literal(character)}, {_sql_literal(normalize(character))}"
        expression = f"pg_catalog.replace({expression}, {literals})"
    return expression


def _sql_literal(text: str) -> str:
    return "E'" + "".join(f"\\u{ord(character):04x}" for character in text) + "'"
