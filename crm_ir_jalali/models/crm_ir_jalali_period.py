from datetime import date, timedelta
from typing import get_args

from odoo import models
from odoo.models import READ_GROUP_TIME_GRANULARITY
from odoo.tools import SQL, date_utils

from odoo.addons.crm_ir_base.tools import jalali

PERIODS = get_args(jalali.Period)
_END = jalali.MAX_DATE + timedelta(days=1)


def period_around(day: date, period: jalali.Period) -> tuple[date, date]:
    """First day of the period that holds `day`, and of the period after it.

    The period is Jalali. Outside the supported range it is Gregorian, and ends or
    starts where the range does.
    """
    if jalali.MIN_DATE <= day < _END:
        last = jalali.end_of(day, period)
        return jalali.start_of(day, period), last + timedelta(days=1)
    start = date_utils.start_of(day, period)
    end = start + READ_GROUP_TIME_GRANULARITY[period]
    if day < jalali.MIN_DATE:
        return start, min(end, jalali.MIN_DATE)
    return max(start, _END), end


class CrmIrJalaliPeriod(models.AbstractModel):
    """Jalali months, quarters and years in PostgreSQL.

    One immutable function for each returns the first days of all of them; the planner
    turns a call into a constant. Nothing stored depends on the functions.
    """

    _name = "crm.ir.jalali.period"
    _description = "Jalali Period"

    def init(self):
        result = super().init()
        for period in PERIODS:
            starts = ",".join(map(str, jalali.period_starts(period)))
            self.env.cr.execute(
                SQL(
                    """
                    CREATE OR REPLACE FUNCTION %s() RETURNS date[]
                    LANGUAGE sql IMMUTABLE PARALLEL SAFE
                    AS %s
                    """,
                    self._get_function(period),
                    f"SELECT '{{{starts}}}'::pg_catalog.date[]",
                )
            )
        return result

    def _uninstall(self):
        """Drop the functions."""
        for period in PERIODS:
            self.env.cr.execute(
                SQL("DROP FUNCTION IF EXISTS %s()", self._get_function(period))
            )

    def _get_function(self, period):
        return SQL.identifier(f"crm_ir_jalali_{period}_starts")

    def _get_start_sql(self, day, period):
        """SQL of the first day of the period around `day`: what `period_around` says.

        :param SQL day: a date
        """
        # `day` may be slow (time zones), and is evaluated once inside the range: before
        # it and after it the subscript is none of the array's, which gives NULL.
        return SQL(
            """COALESCE(
                (%(starts)s())[width_bucket(%(day)s, %(starts)s() || %(end)s)],
                CASE WHEN %(day)s >= %(end)s
                     THEN GREATEST(date_trunc(%(period)s, %(day)s::timestamp)::date, %(end)s)
                     ELSE date_trunc(%(period)s, %(day)s::timestamp)::date
                END
            )""",
            starts=self._get_function(period),
            day=day,
            end=_END,
            period=period,
        )
