from collections import defaultdict
from datetime import datetime, time, timedelta
from functools import partial

import pytz

from odoo import api, fields, models
from odoo.models import READ_GROUP_TIME_GRANULARITY
from odoo.tools import SQL

from odoo.addons.crm_ir_base.tools import jalali, jalali_text

from .crm_ir_jalali_period import PERIODS, period_around


class JalaliGroup(str):
    """A groupby specification (`date:month`) that means Jalali periods.

    For all other code it is the string it was. Being an argument and not a key of the
    context, it reaches neither the computed fields and search methods that run inside
    the same call, nor any `_read_group` of business code.
    """

    def split(self, *args, **kwargs):
        """The rest of a path means Jalali periods too."""
        return [type(self)(part) for part in super().split(*args, **kwargs)]


_LABELS = {
    "day": "d MMMM yyyy",
    "month": "MMMM yyyy",
    "quarter": "QQQQ yyyy",
    "year": "yyyy",
}


def _day(value):
    return value.date() if isinstance(value, datetime) else value


def _next(value, period):
    """Start of the next period, in the type of `value`."""
    _start, end = period_around(_day(value), period)
    return datetime.combine(end, time()) if isinstance(value, datetime) else end


class Base(models.AbstractModel):
    _inherit = "base"

    # ----------------------------------------------------------------------
    # What the web client calls: only here are groups said to be Jalali
    # ----------------------------------------------------------------------

    @api.model
    @api.readonly
    def web_read_group(self, domain, groupby, *args, **kwargs):
        """Override: Jalali periods for who reads in that calendar."""
        return super().web_read_group(
            domain, self._jalali_groups(groupby), *args, **kwargs
        )

    @api.model
    @api.readonly
    def formatted_read_group(self, domain, groupby=(), *args, **kwargs):
        """Override: see `web_read_group`."""
        return super().formatted_read_group(
            domain, self._jalali_groups(groupby), *args, **kwargs
        )

    @api.model
    @api.readonly
    def formatted_read_grouping_sets(self, domain, grouping_sets, *args, **kwargs):
        """Override: see `web_read_group`."""
        grouping_sets = [self._jalali_groups(groupby) for groupby in grouping_sets]
        return super().formatted_read_grouping_sets(
            domain, grouping_sets, *args, **kwargs
        )

    @api.model
    @api.readonly
    def read_progress_bar(self, domain, group_by, progress_bar):
        """Override: see `web_read_group`."""
        [group_by] = self._jalali_groups([group_by])
        bars = super().read_progress_bar(domain, group_by, progress_bar)
        if not isinstance(group_by, JalaliGroup):
            return bars
        if self._jalali_last_field(group_by.partition(":")[0]).type != "datetime":
            return bars
        # The client looks for the value that it has from `web_read_group`, which is in
        # UTC; stock answers in the time zone of the user.
        return {
            value if value == "False" else self._jalali_utc(value): counts
            for value, counts in bars.items()
        }

    @api.model
    def _jalali_groups(self, groupby):
        """Return the groupby specifications, those of dates as Jalali ones.

        Screens that compute with Gregorian periods (spreadsheet) say so by the context
        key `crm_ir_no_jalali`. The numbers of parts (`date:month_number`) stay what
        they are in the domains that are made of them: Gregorian.
        """
        if (
            self.env.context.get("crm_ir_no_jalali")
            or not self.env["res.lang"]._date_style().jalali
        ):
            return groupby
        return [
            JalaliGroup(spec)
            if spec.partition(":")[2] in READ_GROUP_TIME_GRANULARITY
            else spec
            for spec in groupby
        ]

    # ----------------------------------------------------------------------
    # Query
    # ----------------------------------------------------------------------

    def _read_group_groupby(self, alias, groupby_spec, query):
        """Override: Jalali periods where the specification means them."""
        path, _colon, period = groupby_spec.partition(":")
        if not isinstance(groupby_spec, JalaliGroup) or period not in PERIODS:
            return super()._read_group_groupby(alias, groupby_spec, query)
        field = self._fields.get(path)
        if field and field.type in ("date", "datetime"):
            sql_value = field.property_to_sql(
                self._field_to_sql(alias, path, query), "tz", self, alias, query
            )
        else:
            # stock joins and finds the property; its error is ours too
            sql_value = super()._read_group_groupby(alias, f"{path}:day", query)
            field = self._jalali_last_field(path)
        sql_start = self.env["crm.ir.jalali.period"]._get_start_sql(
            SQL("(%s)::date", sql_value), period
        )
        return sql_start if field.type == "date" else SQL("%s::timestamp", sql_start)

    def _jalali_last_field(self, path):
        """Return the field at the end of a path of many2one fields."""
        name, _dot, rest = path.partition(".")
        field = self._fields[name]
        if rest and field.type == "many2one":
            return self.env[field.comodel_name]._jalali_last_field(rest)
        return field

    # ----------------------------------------------------------------------
    # Answer
    # ----------------------------------------------------------------------

    @api.model
    def _web_read_group_fill_temporal(
        self,
        groups,
        groupby,
        aggregates,
        fill_from=False,
        fill_to=False,
        min_groups=False,
    ):
        """Override: fill Jalali periods in Jalali steps."""
        path, _colon, period = groupby[0].partition(":")
        field = self._fields[path.partition(".")[0]]
        if (
            not isinstance(groupby[0], JalaliGroup)
            or period not in PERIODS
            or field.type not in ("date", "datetime", "properties")
        ):
            return super()._web_read_group_fill_temporal(
                groups, groupby, aggregates, fill_from, fill_to, min_groups
            )
        rows = defaultdict(list)
        for row in groups:
            rows[row[0]].append(row)
        unset = rows.pop(False, [])
        days = sorted(map(_day, rows))
        first = self._jalali_fill_day(field, fill_from) or (days and days[0])
        last = self._jalali_fill_day(field, fill_to) or (days and days[-1]) or first
        first = first or last
        if not first:
            return groups
        empty = tuple(
            self._read_group_empty_value(spec) for spec in groupby[1:] + aggregates
        )
        start, count = period_around(first, period)[0], 0
        while start <= last or count < min_groups:
            value = start if field.type == "date" else datetime.combine(start, time())
            if value not in rows:
                rows[value] = [(value, *empty)]
            start, count = period_around(start, period)[1], count + 1
        return [row for value in sorted(rows) for row in rows[value]] + unset

    def _jalali_fill_day(self, field, bound):
        """Day of the user at a bound of `fill_temporal`, which is in UTC if it has a time."""
        if not bound:
            return None
        value = fields.Datetime.to_datetime(bound)
        if field.type == "datetime" and len(str(bound)) > len("YYYY-MM-DD"):
            value = pytz.utc.localize(value).astimezone(self._jalali_tz())
        return value.date()

    def _jalali_utc(self, value):
        """Text in UTC of a time of the user, given as text too."""
        start = self._jalali_tz().localize(fields.Datetime.to_datetime(value))
        return fields.Datetime.to_string(start.astimezone(pytz.utc))

    def _jalali_tz(self):
        """Time zone in which PostgreSQL groups: UTC unless the context has one."""
        tz = self.env.context.get("tz")
        return pytz.timezone(tz) if tz in pytz.all_timezones_set else pytz.utc

    def _web_read_group_groupby_formatter(self, groupby_spec, values):
        """Override: label and bounds of the Jalali periods."""
        formatter = super()._web_read_group_groupby_formatter(groupby_spec, values)
        path, _colon, granularity = groupby_spec.partition(":")
        field = self._fields[path.partition(".")[0]]
        # at the start of a path `formatter` is already the one at its end
        if not isinstance(groupby_spec, JalaliGroup) or field.type == "many2one":
            return formatter

        def jalali_formatter(value):
            group, domain = formatter(value)
            if not value:
                return group, domain
            start, label = group
            if granularity in PERIODS:
                (end, _label), _domain = formatter(_next(value, granularity))
                name = domain[-1][0]
                domain = ["&", (name, ">=", start), (name, "<", end)]
            return (start, self._jalali_label(value, granularity) or label), domain

        return jalali_formatter

    def _jalali_label(self, value, granularity):
        """Name of the period that starts at `value`; None outside the range."""
        style = self.env["res.lang"]._date_style()
        write = partial(jalali_text.format_date, lang=style.lang, digits=style.digits)
        day = _day(value)
        try:
            if granularity == "hour":
                return write(day, f"'{value:%H}:00' d MMMM")
            if granularity == "week":
                # the first week is the one of 1 Farvardin
                day += timedelta(days=6)
                week = (day - jalali.start_of(day, "year")).days // 7 + 1
                return self.env._(
                    "Week %(week)s, %(year)s",
                    week=write(day, f"'{week}'"),
                    year=write(day, "yyyy"),
                )
            return write(day, _LABELS[granularity])
        except jalali.JalaliError:
            return None
