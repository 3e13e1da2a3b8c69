"""Cells of a spreadsheet as people fill them, made ready for Odoo's import.

Every `clean_*` function takes the text of one cell and returns what is imported, or
raises `CellError` where that would be a guess. Results depend on the arguments alone.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from . import jalali_text, phone
from .jalali import MAX_YEAR, MIN_YEAR, JalaliError
from .money import NotWholeRial, rial_to_toman, to_whole_rial
from .text import clean, normalize, to_latin_digits

Calendar = Literal["gregorian", "jalali", "mixed"]
Unit = Literal["IRR", "IRT"]

LONGEST_CELL = 32_767  # characters, the limit of Excel
_LONGEST_PHONES = 200


class CellError(ValueError):
    """A cell that cannot be imported without guessing.

    `reason` names the sentence to show, `values` fills it. The reasons of a date are
    those of `JalaliError`.
    """

    def __init__(self, reason: str, **values: Any) -> None:
        super().__init__(reason, values)
        self.reason = reason
        self.values = values


# --- text -----------------------------------------------------------------------------

# Printable ASCII and the letters, digits and punctuation of Persian, single blanks only:
# text that `clean` leaves alone.
_WORD = (
    "[!-~\u0621-\u0629\u062a-\u0642\u0644-\u0648\u067e\u0686\u0698\u06a9\u06af\u06cc"
    "\u06f0-\u06f9\u060c\u061b\u061f\u00ab\u00bb]+"
)
_TIDY = re.compile(f"{_WORD}(?: {_WORD})*")


def clean_text(cell: str) -> str:
    """Return a single line as it is stored. Raises CellError "long"."""
    if _TIDY.fullmatch(cell) and len(cell) <= LONGEST_CELL:
        return cell
    if len(cell) > LONGEST_CELL:
        raise CellError("long", length=len(cell), limit=LONGEST_CELL)
    return clean(cell)


def clean_lines(cell: str) -> str:
    """Return text of several lines, each as it is stored. Raises CellError "long"."""
    if len(cell) > LONGEST_CELL:
        raise CellError("long", length=len(cell), limit=LONGEST_CELL)
    return "\n".join(map(clean_text, cell.splitlines())).strip("\n")


# --- yes and no -----------------------------------------------------------------------

_BOOLEANS = {
    **dict.fromkeys("بله بلی آری آره هست است دارد درست صحیح ✓ ✔".split(), "1"),
    **dict.fromkeys("خیر نه نیست ندارد نادرست غلط ✗ ✘".split(), "0"),
}
_BOOLEANS = {normalize(word): value for word, value in _BOOLEANS.items()}


def clean_boolean(cell: str) -> str:
    """Return "1" or "0" for a Persian yes or no, any other word as it is."""
    text = clean_text(cell)
    return _BOOLEANS.get(normalize(text), to_latin_digits(text))


# --- numbers and money ----------------------------------------------------------------

_NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<digits>[0-9][0-9., '٬٫]*)")
_EXPONENT = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]{1,3}")
_SIGN = re.compile(r"[., '٬٫]")


def clean_number(cell: str, decimal: str = ".") -> str:
    """Return a number as Python writes it, "1234.5".

    A lone `decimal` sign divides, any other lone sign groups thousands; so does a sign that
    repeats, and of two signs the last one divides. Raises CellError "number", and
    "ambiguous_number" where groups are not of three digits.
    """
    return f"{_read_number(cell, decimal):f}"


def _read_number(cell: str, decimal: str) -> Decimal:
    text = normalize(clean(cell)).replace("،", ",").replace("−", "-")
    if text.startswith("(") and text.endswith(")"):
        text = "-" + text[1:-1]
    if _EXPONENT.fullmatch(text):
        return Decimal(text)
    match = _NUMBER.fullmatch(text)
    if not match:
        raise CellError("number", value=cell)
    whole, fraction = match["digits"], ""
    if sign := _decimal_sign(_SIGN.findall(whole), decimal):
        whole, _sign, fraction = whole.rpartition(sign)
    first, *groups = _SIGN.split(whole)
    if len(set(_SIGN.findall(whole))) > 1 or _SIGN.search(fraction):
        raise CellError("number", value=cell)
    if groups and not (
        1 <= len(first) <= 3 and all(len(group) == 3 for group in groups)
    ):
        raise CellError("ambiguous_number", value=cell)
    return Decimal(
        f"{match['sign']}{first}{''.join(groups)}.{fraction or 0}".removesuffix(".0")
    )


def _decimal_sign(signs: list[str], decimal: str) -> str | None:
    if "٫" in signs:
        return "٫"
    last = signs[-1] if signs else None
    is_last_of_two = len(set(signs)) == 2 and signs.count(last) == 1 and last in ".,"
    is_lone = len(signs) == 1 and last == decimal
    return last if is_last_of_two or is_lone else None


_UNITS: dict[str, Unit] = {
    **dict.fromkeys(("ریال", "ریالی", "irr", "rial", "rials", "﷼"), "IRR"),
    **dict.fromkeys(("تومان", "تومانی", "تومن", "irt", "toman", "tomans"), "IRT"),
}
_UNIT_WORD = re.compile(
    "(?<![^\\W\\d_])("
    + "|".join(sorted(_UNITS, key=len, reverse=True))
    + ")(?![^\\W\\d_])"
)
_MULTIPLIERS = {"هزار": 10**3, "میلیون": 10**6, "ملیون": 10**6, "میلیارد": 10**9}
_MULTIPLIER = re.compile("(?P<number>.*?)(?P<word>" + "|".join(_MULTIPLIERS) + ")")
_ONE_DOT = re.compile(r"[0-9]{1,3}[.][0-9]{3}")


def unit_in(text: str) -> Unit | None:
    """Return the unit that a header or a cell names, None for none or for both."""
    units = {_UNITS[word] for word in _UNIT_WORD.findall(clean(text).casefold())}
    return units.pop() if len(units) == 1 else None


def clean_money(cell: str, unit: Unit, currency: Unit, decimal: str = ".") -> str:
    """Return an amount in `currency` as Python writes it.

    `unit` is what a bare number is counted in; a unit in the cell wins over it. «1.2
    میلیون تومان» is exact and thus read. Raises CellError "number", "ambiguous_number" (a
    lone dot before three digits may group or divide), "two_units", "exponent" (Excel
    showed a number shortened, and the file kept that) and "remainder".
    """
    text = clean(cell).casefold()
    found = {_UNITS[word] for word in _UNIT_WORD.findall(text)}
    if len(found) > 1:
        raise CellError("two_units", value=cell)
    bare = _UNIT_WORD.sub("", text).strip()
    factor = 1
    if match := _MULTIPLIER.fullmatch(bare):
        bare, factor = match["number"].strip(), _MULTIPLIERS[match["word"]]
    latin = to_latin_digits(bare)
    if _EXPONENT.fullmatch(latin):
        raise CellError("exponent", value=cell)
    if "٫" not in bare and decimal == "." and _ONE_DOT.fullmatch(latin):
        raise CellError("ambiguous_number", value=cell)
    try:
        amount = _read_number(bare, decimal) * factor
        rial = to_whole_rial(amount, found.pop() if found else unit)
    except NotWholeRial as error:
        raise CellError("remainder", value=cell) from error
    except CellError as error:
        raise CellError(error.reason, value=cell) from error
    return str(rial if currency == "IRR" else rial_to_toman(rial))


# --- dates ----------------------------------------------------------------------------

_PERSIAN_MONTH = re.compile(
    "|".join(
        sorted(
            {normalize(name) for name in jalali_text.NAMES["fa"].months}
            | {name.casefold() for name in jalali_text.NAMES["en"].months},
            key=len,
            reverse=True,
        )
    )
)
_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])|^[0-9]{4}(?=[0-9]{4}(?:\D|$))")


def calendar_of(cell: str) -> Calendar | None:
    """Return the calendar in which a date is certainly written, None where none is."""
    text = normalize(cell).casefold()
    for year in map(int, _YEAR.findall(text)):
        if MIN_YEAR <= year <= MAX_YEAR:
            return "jalali"
        if 1800 <= year <= 2200:
            return "gregorian"
    return "jalali" if _PERSIAN_MONTH.search(text) else None


def detect_calendar(cells: Iterable[str | date]) -> Calendar | None:
    """Return the calendar of the dates typed as text in a column.

    "mixed" where some are Jalali and others Gregorian; None where no year tells. Date
    cells of a spreadsheet are Gregorian by nature and have no say.
    """
    found = {calendar_of(cell) for cell in set(cells) if isinstance(cell, str)} - {None}
    return "mixed" if len(found) > 1 else found.pop() if found else None


def clean_date(
    cell: str | date,
    calendar: Calendar | None,
    formats: Iterable[str],
    time: bool = False,
) -> date:
    """Return a date, or a naive datetime in the writer's time zone where `time` is set.

    `formats` are the strptime patterns of Gregorian text; date cells of a spreadsheet are
    taken as they are. Raises CellError with a reason of `JalaliError`, "date", "mixed"
    for text of a column in two calendars, or "jalali_cell" for a date cell whose year is
    Jalali.
    """
    if isinstance(cell, date):
        if cell.year < 1800:
            raise CellError("jalali_cell", year=cell.year)
        return cell
    if calendar == "mixed":
        raise CellError("mixed", value=cell)
    if calendar == "jalali":
        parse = jalali_text.parse_datetime if time else jalali_text.parse_date
        try:
            return parse(cell)
        except JalaliError as error:
            if error.reason == "time_of_day":
                return jalali_text.parse_datetime(cell).date()
            raise CellError(error.reason, **error.values) from error
    text = to_latin_digits(clean(cell))
    for pattern in formats:
        try:
            found = datetime.strptime(text, pattern)
        except ValueError:
            continue
        return found if time else found.date()
    raise CellError("date", value=cell)


# --- phones and e-mail ----------------------------------------------------------------

# The usual case, which libphonenumber answers alike and a hundred times slower.
_PLAIN_MOBILE = re.compile(r"(?:\+98|0098|98|0)?(9[0-9]{9})")
_PHONE_SIGNS = re.compile(r"[^0-9+]")
_HALF_MOBILE = re.compile(r"(?:(?:\+|00)98|0)0?9[0-9]*|9[0-9]{8,}")
_DIGITS_AND_SIGNS = re.compile(r"[+0-9\s()./\\\u2010-\u2015\u2212-]+")


def clean_phones(cell: str) -> list[str]:
    """Return the numbers of a cell in E.164, in their order, without repetition.

    What is no number but words (an extension, a local number without its area) stays as
    it is written. Raises CellError "phone" for a mobile number with digits too many or too
    few, and "exponent".
    """
    if plain := _PLAIN_MOBILE.fullmatch(cell):
        return [f"+98{plain[1]}"]
    text = clean_text(cell)
    if len(text) > _LONGEST_PHONES:
        return [text]
    if _EXPONENT.fullmatch(to_latin_digits(text)):
        raise CellError("exponent", value=cell)
    numbers = {}
    for number in phone.split_numbers(text):
        e164 = phone.to_e164(number)
        if not e164 and _is_half_mobile(number):
            raise CellError("phone", value=number)
        numbers[e164 or number] = None
    return list(numbers)


def _is_half_mobile(number: str) -> bool:
    latin = normalize(number)
    return bool(
        _DIGITS_AND_SIGNS.fullmatch(latin)
        and _HALF_MOBILE.fullmatch(_PHONE_SIGNS.sub("", latin))
    )


def clean_email(cell: str) -> str:
    """Return an e-mail address without blanks and in Latin digits."""
    return to_latin_digits(clean_text(cell)).replace(" ", "")


# --- what a file tells of itself ------------------------------------------------------

# Letters that Persian has and Arabic lacks, and the Persian shapes of the digits.
_PERSIAN = re.compile("[پچژگکی۰-۹]")
_IRANIAN_MOBILE = re.compile(r"(?:\+98|0098|98|0)?9[0-9]{9}")


def is_iranian(cells: Iterable[Any]) -> bool:
    """Whether cells carry traits of Iran: Persian letters, its mobile numbers or calendar."""
    return any(
        _PERSIAN.search(cell)
        or _IRANIAN_MOBILE.fullmatch(re.sub(r"[\s-]", "", cell))
        or (
            len(cell) <= 20
            and re.search(r"\d[/-]\d", cell)
            and calendar_of(cell) == "jalali"
        )
        for cell in cells
        if isinstance(cell, str)
    )


_IN_UNIT = re.compile(rf"(?:\bبه )?{_UNIT_WORD.pattern}")
_HEADER_SIGNS = re.compile(r"[\W_]+")


def header_key(header: str) -> str:
    """Return what spellings of the same column title share; its unit is no part of it."""
    text = normalize(clean(header)).casefold()
    text = re.sub(r"[(\[{].*?[)\]}]", " ", text)
    text = _IN_UNIT.sub(" ", text)
    return "".join(_HEADER_SIGNS.split(text))
