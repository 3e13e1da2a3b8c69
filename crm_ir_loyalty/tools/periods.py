"""Jalali periods of a club: where purchases count, how long points live.

A window is a pair of days, both inside it; None as the first day means "since ever".
"""

from datetime import date, timedelta
from typing import Literal

from odoo.addons.crm_ir_base.tools import jalali

Window = tuple[date | None, date]
WindowKind = Literal["month", "quarter", "year", "rolling", "ever"]
Unit = Literal["day", "month", "quarter", "year"]

_MONTHS_IN: dict[Unit, int] = {"month": 1, "quarter": 3, "year": 12}


def windows(kind: WindowKind, months: int, day: date) -> list[Window]:
    """The windows whose purchases make a member's tier on `day`.

    A tier earned in a calendar period lasts to the end of the next one, hence the
    running period and the one before it, each measured alone. `months` is the length of
    a rolling window, which ends on `day`. Raises JalaliError "range" or "year".
    """
    if kind == "ever":
        return [(None, day)]
    if kind == "rolling":
        return [(jalali.add(day, months=-months) + timedelta(1), day)]
    first = jalali.start_of(day, kind)
    before = first - timedelta(1)
    return [(first, day), (jalali.start_of(before, kind), before)]


def last_day(day: date, count: int, unit: Unit) -> date:
    """The last day of what lives `count` units from `day`.

    Days are counted; months, seasons and years live to the end of the Jalali period so
    many after the one of `day`. Raises JalaliError "range" or "year".
    """
    if unit == "day":
        return day + timedelta(count)
    start = jalali.start_of(day, unit)
    return jalali.end_of(jalali.add(start, months=count * _MONTHS_IN[unit]), unit)


def celebrated_on(day: date, years: int = 120) -> list[date]:
    """The earlier days, up to `years` Jalali years back, whose anniversary is `day`.

    30 Esfand is celebrated on 29 Esfand in common years. Raises JalaliError "range".
    """
    year, month, number = jalali.to_jalali(day)
    numbers = {number}
    if number == 29 == jalali.days_in_month(year, month):
        numbers.add(30)
    return [
        jalali.to_gregorian(earlier, month, one)
        for earlier in range(max(year - years, jalali.MIN_YEAR), year)
        for one in sorted(numbers)
        if one <= jalali.days_in_month(earlier, month)
    ]
