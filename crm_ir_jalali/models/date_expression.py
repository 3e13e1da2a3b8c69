"""Relative dates of stored domains in the Jalali calendar.

The domain editor stores "month to date" as `today =1d`, which the server evaluates
whenever the domain runs: in the filter of a colleague, an automation rule, a mailing list.
The calendar must therefore stand in the domain. `today =1d` stays Gregorian for everyone;
after `today +0y` the years, months and days of the month are Jalali: `today +0y =1d -1m` is
the first of last Jalali month, whoever asks.

Tokens of our own (`=1jd`) would make every domain that has one fail once this module is
gone, also where no uninstallation looks: in another database, in a dashboard. Stock Odoo
adds no years and goes on with the Gregorian period of the same name. Nobody writes `+0y`
by hand.
"""

import re

from odoo.orm import domains
from odoo.tools import SQL, date_utils
from odoo.tools.sql import column_exists

from odoo.addons.crm_ir_base.tools import jalali

JALALI_TODAY = "today +0y "

_JALALI_TERM = re.compile(
    r"=(?P<value>\d+)(?P<part>[dmy])|(?P<number>[+-]\d+)(?P<unit>[my])"
)
_PARTS = {"d": "day", "m": "month", "y": "year"}
_UNITS = {"m": "months", "y": "years"}


def parse_date(value, env):
    """Evaluate a relative or ISO date as `odoo.tools.date_utils.parse_date` does.

    Raises ValueError where it is malformed or there is no such day.
    """
    if (
        not value.startswith(JALALI_TODAY)
        or "crm_ir_jalali" not in env.registry._init_modules
    ):
        return date_utils.parse_date(value, env)
    today = day = date_utils.parse_date("today", env)
    for term in value.removeprefix(JALALI_TODAY).split():
        if match := _JALALI_TERM.fullmatch(term):
            day = _move(day, **match.groupdict())
        else:
            passed = (day - today).days
            day = date_utils.parse_date(f"today {passed:+}d {term}", env)
    return day


def _move(day, value, part, number, unit):
    if unit:
        return jalali.add(day, **{_UNITS[unit]: int(number)})
    named = jalali.to_jalali(day)._replace(**{_PARTS[part]: int(value)})
    last = jalali.days_in_month(named.year, named.month)
    return jalali.to_gregorian(named.year, named.month, min(named.day, last))


def forget_jalali_periods(env):
    """Write the stored domains as stock's own domain editor writes and reads them.

    What is left elsewhere still runs, but is shown as text.
    """
    fields = env["ir.model.fields"].search(
        [
            ("name", "ilike", "domain"),
            ("store", "=", True),
            ("translate", "=", False),
            ("ttype", "in", ["char", "text"]),
        ]
    )
    for field in fields:
        model = env.get(field.model)
        if (
            model is None
            or not model._auto
            or not column_exists(env.cr, model._table, field.name)
        ):
            continue
        column = SQL.identifier(field.name)
        env.cr.execute(
            SQL(
                "UPDATE %(table)s SET %(column)s = replace(%(column)s, %(ours)s, %(stock)s)"
                " WHERE strpos(%(column)s, %(ours)s) > 0",
                table=SQL.identifier(model._table),
                column=column,
                ours=JALALI_TODAY,
                stock="today ",
            )
        )
    env.invalidate_all()


domains.parse_date = parse_date
