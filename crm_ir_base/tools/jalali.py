"""Arithmetic of the Jalali (Solar Hijri) calendar.

Days are `datetime.date` everywhere; a Jalali day is only a way to name one. A
`datetime` counts as its own calendar day: bring it to the user's time zone first.

The supported range is 1178-01-01 to 1502-12-29 (1799-03-21 to 2124-03-19), where the
33-year rule, the astronomical calendar, ICU, persiantools and jdatetime name every
day alike. Whatever lies outside raises `JalaliError`. Days before 1304 (1925) are
proleptic.
"""

from datetime import date
from typing import Any, Literal, NamedTuple

MIN_YEAR, MAX_YEAR = 1178, 1502

# Proleptic Gregorian ordinal of 1 Farvardin 1; with the 33-year cycle of 12,053 days,
# eight of its years leap, it is the rule of ICU's PersianCalendar.
_EPOCH = 226895

Period = Literal["month", "quarter", "year"]
_MONTHS_IN: dict[Period, int] = {"month": 1, "quarter": 3, "year": 12}

MESSAGES = {
    "clock": "This time of day does not exist.",
    "day": "Month %(month)s of %(year)s has %(last)s days, not %(day)s.",
    "empty": "There is no date here.",
    "gregorian": "Year %(year)s is Gregorian; a Jalali year was expected.",
    "month": "Month %(month)s does not exist.",
    "month_name": "This is not the name of a Jalali month.",
    "order": "A Gregorian date must be written year first.",
    "range": "%(date)s is outside 1799-03-21 to 2124-03-19.",
    "short_year": "The year must have four digits.",
    "time_of_day": "A date was expected, without a time of day.",
    "unreadable": "This is not a date in a known form.",
    "weekday": "The weekday does not belong to this date.",
    "year": "Year %(year)s is outside the Jalali years 1178 to 1502.",
}


class JalaliError(ValueError):
    """A day that does not exist, is out of range or cannot be read.

    `reason` is a key of `MESSAGES`, whose values are English templates; `values` fills
    the template or a translation of it.
    """

    def __init__(self, reason: str, **values: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values

    def __str__(self) -> str:
        return MESSAGES[self.reason] % self.values


class JalaliDay(NamedTuple):
    """The Jalali name of a day; compares and sorts as its tuple."""

    year: int
    month: int
    day: int


def is_leap(year: int) -> bool:
    """Whether Esfand of `year` has 30 days. Raises JalaliError "year"."""
    if not MIN_YEAR <= year <= MAX_YEAR:
        raise JalaliError("year", year=year)
    # The equinox that ends 1502 falls between mean and true noon in Tehran. The bare
    # 33-year rule makes 1502 leap; ICU and persiantools make 1503 leap instead.
    return (25 * year + 11) % 33 < 8 and year != 1502


def days_in_month(year: int, month: int) -> int:
    """Length of a Jalali month. Raises JalaliError "year" or "month"."""
    esfand = 29 + is_leap(year)
    if not 1 <= month <= 12:
        raise JalaliError("month", month=month)
    return 31 if month <= 6 else 30 if month <= 11 else esfand


def _new_year(year: int) -> int:
    return _EPOCH + 365 * (year - 1) + (8 * year + 21) // 33


def _days_before(month: int) -> int:
    return 30 * (month - 1) + min(month - 1, 6)


MIN_DATE = date.fromordinal(_new_year(MIN_YEAR))
MAX_DATE = date.fromordinal(_new_year(MAX_YEAR) + 364)
_MIN_ORDINAL, _MAX_ORDINAL = MIN_DATE.toordinal(), MAX_DATE.toordinal()


def to_jalali(day: date) -> JalaliDay:
    """Name a day in the Jalali calendar. Raises JalaliError "range"."""
    ordinal = day.toordinal()
    if not _MIN_ORDINAL <= ordinal <= _MAX_ORDINAL:
        raise JalaliError("range", date=day.isoformat())
    year = 1 + (33 * (ordinal - _EPOCH) + 3) // 12053
    passed = ordinal - _new_year(year)
    month = 1 + (passed // 31 if passed < 186 else (passed - 6) // 30)
    return JalaliDay(year, month, 1 + passed - _days_before(month))


def to_gregorian(year: int, month: int, day: int) -> date:
    """The day with this Jalali name.

    Raises JalaliError "year", "month" or "day" where there is none.
    """
    last = days_in_month(year, month)
    if not 1 <= day <= last:
        raise JalaliError("day", year=year, month=month, day=day, last=last)
    return date.fromordinal(_new_year(year) + _days_before(month) + day - 1)


def add(day: date, *, years: int = 0, months: int = 0) -> date:
    """Move a day by Jalali years and months, either may be negative.

    A day that the target month lacks becomes its last one: 31 Shahrivar plus a month
    is 30 Mehr, 30 Esfand plus a year is 29 Esfand. Raises JalaliError "range" or "year".
    """
    jalali = to_jalali(day)
    year, month = divmod(12 * (jalali.year + years) + jalali.month - 1 + months, 12)
    return to_gregorian(
        year, month + 1, min(jalali.day, days_in_month(year, month + 1))
    )


def anniversary(day: date, year: int) -> date:
    """When `day` (a birth, a wedding) is celebrated in Jalali `year`.

    Who was born on 30 Esfand celebrates on 29 Esfand in common years. Raises
    JalaliError "range" or "year".
    """
    return add(day, years=year - to_jalali(day).year)


def start_of(day: date, period: Period) -> date:
    """First day of the Jalali period around `day`. Raises JalaliError "range"."""
    year, month, _day = to_jalali(day)
    return to_gregorian(year, month - (month - 1) % _MONTHS_IN[period], 1)


def end_of(day: date, period: Period) -> date:
    """Last day of the Jalali period around `day`. Raises JalaliError "range"."""
    year, month, _day = to_jalali(day)
    month += -month % _MONTHS_IN[period]
    return to_gregorian(year, month, days_in_month(year, month))


def period_starts(period: Period) -> list[date]:
    """First days of all periods of the supported range, in order.

    With `MAX_DATE` as the last day they are what SQL needs to truncate a day by
    bisection: 3,900 months, 1,300 quarters or 325 years.
    """
    return [
        to_gregorian(year, month, 1)
        for year in range(MIN_YEAR, MAX_YEAR + 1)
        for month in range(1, 13, _MONTHS_IN[period])
    ]
