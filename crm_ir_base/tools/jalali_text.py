"""Jalali dates as people read and write them.

Names, patterns and digits follow CLDR (Persian locale, Persian calendar); English
names are the usual transliteration.
"""

import re
from calendar import monthrange
from datetime import date, datetime, time
from functools import lru_cache
from typing import Literal, NamedTuple

from .jalali import MAX_DATE, MIN_DATE, JalaliError, to_gregorian, to_jalali
from .text import normalize

Lang = Literal["fa", "en"]
Digits = Literal["latn", "arabext"]


class Names(NamedTuple):
    """Words of one language; weekdays are in the order of `date.weekday()`."""

    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    quarters: tuple[str, ...]


NAMES: dict[Lang, Names] = {
    "fa": Names(
        months=(
            "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور",
            "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
        ),
        weekdays=(
            "دوشنبه", "سه\u200cشنبه", "چهارشنبه", "پنجشنبه",
            "جمعه", "شنبه", "یکشنبه",
        ),
        quarters=("بهار", "تابستان", "پاییز", "زمستان"),
    ),
    "en": Names(
        months=(
            "Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar",
            "Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand",
        ),
        weekdays=(
            "Monday", "Tuesday", "Wednesday", "Thursday",
            "Friday", "Saturday", "Sunday",
        ),
        quarters=("Spring", "Summer", "Autumn", "Winter"),
    ),
}  # fmt: skip

_DIGITS: dict[Digits, dict[int, int]] = {
    "latn": {},
    "arabext": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"),
}

# Short names equal long ones, as CLDR has it for Persian.
_TOKENS = {
    "y": "{year}",
    "yy": "{short_year:02}",
    "yyyy": "{year}",
    "QQQ": "{quarter}",
    "QQQQ": "{quarter}",
    "M": "{month}",
    "MM": "{month:02}",
    "MMM": "{month_name}",
    "MMMM": "{month_name}",
    "d": "{day}",
    "dd": "{day:02}",
    "E": "{weekday}",
    "EEE": "{weekday}",
    "EEEE": "{weekday}",
}
_PATTERN = re.compile(
    r"'(?P<quoted>(?:[^']|'')*)'|(?P<token>([A-Za-z])\3*)|(?P<brace>[{}])"
)


@lru_cache
def _template(pattern: str) -> str:
    def replace(match: re.Match) -> str:
        if (token := match["token"]) is not None:
            if token not in _TOKENS:
                raise ValueError(f"Unknown token {token!r} in pattern {pattern!r}.")
            return _TOKENS[token]
        literal = match["brace"] or match["quoted"].replace("''", "'") or "'"
        return literal.replace("{", "{{").replace("}", "}}")

    return _PATTERN.sub(replace, pattern)


def format_date(
    day: date,
    pattern: str = "yyyy/MM/dd",
    *,
    lang: Lang = "fa",
    digits: Digits = "latn",
) -> str:
    """Write a day in the Jalali calendar.

    `pattern` is an LDML date pattern of the tokens y, yy, yyyy, QQQ, QQQQ (season), M,
    MM, MMM, MMMM, d, dd, E, EEE and EEEE; other letters stand in single quotes.
    `digits` is "latn" (0-9) or "arabext" (۰-۹). Raises JalaliError "range", and
    ValueError for an unknown token.
    """
    year, month, day_of_month = to_jalali(day)
    names = NAMES[lang]
    text = _template(pattern).format(
        year=year,
        short_year=year % 100,
        quarter=names.quarters[(month - 1) // 3],
        month=month,
        month_name=names.months[month - 1],
        day=day_of_month,
        weekday=names.weekdays[day.weekday()],
    )
    return text.translate(_DIGITS[digits])


_MAX_LENGTH = 100

# Persian keyboards write the decimal sign for the slash.
_SEPARATORS = str.maketrans("،,٫‐‑–−", "  /----", "\u061c")

_YEAR_FIRST_FORMS = [
    re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"),
    re.compile(r"(?P<year>[0-9]{4})([/. -])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})"),
]
_DATE_FORMS = _YEAR_FIRST_FORMS + [
    re.compile(form)
    for form in (
        r"(?P<day>[0-9]{1,2})([/. -])(?P<month>[0-9]{1,2})\2(?P<year>[0-9]{4})",
        r"(?P<year>[0-9]{2})([/. -])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})",
        r"(?P<year>[0-9]{4})[/.-]?(?P<month>[^0-9/.:-]+)[/.-]?(?P<day>[0-9]{1,2})",
        r"(?P<day>[0-9]{1,2})[/.-]?(?P<month>[^0-9/.:-]+)[/.-]?(?P<year>[0-9]{4}|[0-9]{2})",
    )
]
_WEEKDAY_FIRST = re.compile(r"([^0-9]*)(.*)")
_CLOCK = (
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:\.[0-9]+)?)?"
    r"(?: ?(?P<half>[قب]\.ظ\.?|[ap]m))?"
)
_STAMP_FORMS = [
    re.compile(rf"(?P<date>.+?)(?:[ t-]| ?ساعت ?){_CLOCK}"),
    re.compile(rf"{_CLOCK}[ -](?P<date>.+)"),
]


def _fold(text: str) -> str:
    """Bring spellings of the same date together; no two dates become one."""
    if len(text) > _MAX_LENGTH:
        raise JalaliError("unreadable")
    words = normalize(text).translate(_SEPARATORS).casefold().split()
    return re.sub(r" ?([/.-]) ?", r"\1", " ".join(words))


def _join(words: str) -> str:
    return words.replace(" ", "")


_MONTHS = {
    _fold(name): month
    for names in NAMES.values()
    for month, name in enumerate(names.months, start=1)
}
_WEEKDAYS = {
    _fold(name): weekday
    for names in NAMES.values()
    for weekday, name in enumerate(names.weekdays)
}


def _read_clock(match: re.Match) -> time:
    hour, minute, second = (
        int(match[part] or 0) for part in ("hour", "minute", "second")
    )
    if half := match["half"]:
        if not 1 <= hour <= 12:
            raise JalaliError("clock")
        hour = hour % 12 + 12 * (half[0] in "بp")
    try:
        return time(hour, minute, second)
    except ValueError:
        raise JalaliError("clock") from None


def _split(text: str) -> tuple[str, time | None]:
    text = _fold(text)
    for form in _STAMP_FORMS:
        if match := form.fullmatch(text):
            return match["date"], _read_clock(match)
    return text, None


def _read_year(digits: str, two_digit_year_max: int | None) -> int:
    if len(digits) == 4:
        return int(digits)
    if two_digit_year_max is None:
        raise JalaliError("short_year")
    return two_digit_year_max - (two_digit_year_max - int(digits)) % 100


def _read_month(written: str) -> int:
    if written.isascii() and written.isdigit():
        return int(written)
    try:
        return _MONTHS[_join(written).removesuffix("ماه")]
    except KeyError:
        raise JalaliError("month_name") from None


def _gregorian_day(year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12:
        raise JalaliError("month", month=month)
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise JalaliError("day", year=year, month=month, day=day, last=last)
    result = date(year, month, day)
    to_jalali(result)  # raises outside the supported range
    return result


def _read_date(text: str, gregorian: bool, two_digit_year_max: int | None) -> date:
    if not text:
        raise JalaliError("empty")
    weekday, text = _WEEKDAY_FIRST.fullmatch(text).groups()
    match = next(filter(None, (form.fullmatch(text) for form in _DATE_FORMS)), None)
    if match is None or (weekday and _join(weekday) not in _WEEKDAYS):
        raise JalaliError("unreadable")
    month, day = _read_month(match["month"]), int(match["day"])
    year = _read_year(match["year"], two_digit_year_max)
    if not MIN_DATE.year <= year <= MAX_DATE.year:
        result = to_gregorian(year, month, day)
    elif not gregorian:
        raise JalaliError("gregorian", year=year)
    elif match.re not in _YEAR_FIRST_FORMS:
        raise JalaliError("order")
    else:
        result = _gregorian_day(year, month, day)
    if weekday and _WEEKDAYS[_join(weekday)] != result.weekday():
        raise JalaliError("weekday")
    return result


def parse_date(
    text: str, *, gregorian: bool = False, two_digit_year_max: int | None = None
) -> date:
    """Read a Jalali date as people write it.

    Digits are Latin, Persian or Arabic, parts are separated by `/ - .` or blanks:

    - year first (1404/7/18, 14040718), or day first where the year has four digits
      (18/07/1404); two-digit years come first (04/07/18);
    - with the month's name (18 Mehr 1404, ۱۸ مهرماه ۱۴۰۴, ۱۴۰۴ مهر ۱۸), in Arabic or
      Persian letters;
    - after the weekday, which then must be the right one (جمعه ۱۸ مهر ۱۴۰۴).

    :param gregorian: accept Gregorian dates too, told by their year (1799 to 2124)
        and written in numbers, year first: a column may mix both.
    :param two_digit_year_max: last Jalali year that two digits can mean, as in .NET's
        TwoDigitYearMax: with 1404, "04" is 1404 and "05" is 1305. Without it such
        dates are refused.
    :raises JalaliError: saying why there is no such date; "time_of_day" for a date
        with a time, which `parse_datetime` reads.
    """
    text, clock = _split(text)
    if clock is not None:
        raise JalaliError("time_of_day")
    return _read_date(text, gregorian, two_digit_year_max)


def parse_datetime(
    text: str, *, gregorian: bool = False, two_digit_year_max: int | None = None
) -> datetime:
    """Read a date as `parse_date` does, with a time of day before or after it.

    The time is 14:30, 14:30:15 or 2:30 ب.ظ (ق.ظ, am, pm); fractions of a second are
    dropped, and without a time it is midnight. The result is naive, in the time zone
    of the text, which itself must not name one.
    """
    text, clock = _split(text)
    day = _read_date(text, gregorian, two_digit_year_max)
    return datetime.combine(day, clock or time())
