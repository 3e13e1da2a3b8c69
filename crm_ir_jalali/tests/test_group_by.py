import contextlib
import io
import json
import random
from collections import Counter
from datetime import date, datetime, time, timedelta
from unittest.mock import patch

import jdatetime
import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate

from odoo import Command, http
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged
from odoo.tools import SQL, file_open

from odoo.addons.crm_ir_jalali.hooks import uninstall_hook

from ..models.base import Base as JalaliBase
from ..models.crm_ir_jalali_period import period_around

GRANULARITIES = ["day", "week", "month", "quarter", "year"]
MONTHS = {"month": 1, "quarter": 3, "year": 12}
SEED = 1404

with file_open("crm_ir_base/tests/vectors/jalali.json") as vectors:
    NOWRUZ = [
        (year, date.fromisoformat(day)) for year, day in json.load(vectors)["nowruz"]
    ]

# days at which a rule of thumb goes wrong
EDGES = [
    date(1404, 7, 18),  # a Jalali year that stock stored as Gregorian
    date(1799, 3, 1),
    date(1799, 3, 20),
    date(1799, 3, 21),
    date(1925, 3, 21),
    date(1979, 2, 11),
    date(2024, 2, 29),
    date(2024, 3, 19),  # 29 Esfand 1402
    date(2024, 3, 20),  # 1 Farvardin 1403
    date(2024, 12, 31),
    date(2025, 1, 1),
    date(2025, 3, 19),
    date(2025, 3, 20),  # 30 Esfand 1403
    date(2025, 3, 21),  # 1 Farvardin 1404
    date(2025, 9, 22),
    date(2025, 9, 23),  # 1 Mehr 1404
    date(2025, 10, 10),
    date(2025, 10, 22),
    date(2025, 12, 21),
    date(2025, 12, 22),  # 1 Dey 1404
    date(2026, 1, 20),
    date(2026, 1, 21),
    date(2026, 3, 20),  # 29 Esfand 1404
    date(2026, 3, 21),
    date(2124, 3, 1),
    date(2124, 3, 19),  # 29 Esfand 1502
    date(2124, 3, 20),
    date(2124, 4, 1),
    date(2200, 6, 15),
]
# UTC: midnight in Tehran is 20:30, in the summers of 1370 to 1401 mostly 19:30
EDGE_TIMES = [
    datetime.combine(day, clock)
    for day in EDGES
    for clock in (time(0), time(19, 29, 59), time(19, 30), time(20, 29, 59), time(20, 30))
]  # fmt: skip


def jalali_start(day, period):
    """First day of the Jalali period, by persiantools."""
    jalali = JalaliDate(day)
    month = jalali.month - (jalali.month - 1) % MONTHS[period]
    return JalaliDate(jalali.year, month, 1).to_gregorian()


def jdate(day):
    return jdatetime.date.fromgregorian(date=day, locale="fa_IR")


@contextlib.contextmanager
def stock_groups():
    """Stock's own methods, as if the module's were not there."""
    names = [
        name
        for name in vars(JalaliBase)
        if "read_group" in name or name in ("formatted_read_grouping_sets", "read_progress_bar")
    ]  # fmt: skip
    methods = {name: vars(JalaliBase)[name] for name in names}
    for name in names:
        delattr(JalaliBase, name)
    try:
        yield
    finally:
        for name, method in methods.items():
            setattr(JalaliBase, name, method)


class TestPeriods(TransactionCase):
    """The same periods in Python and in PostgreSQL."""

    def sql_starts(self, days, period):
        start = self.env["crm.ir.jalali.period"]._get_start_sql(SQL("day"), period)
        return [
            row[0]
            for row in self.env.execute_query(
                SQL(
                    "SELECT %s FROM unnest(%s) WITH ORDINALITY AS days (day, place) ORDER BY place",
                    start,
                    days,
                )
            )
        ]

    def test_postgresql_starts_every_year_on_its_nowruz(self):
        days = [day for _year, day in NOWRUZ]
        eves = [day - timedelta(days=1) for day in days]
        self.assertEqual(len(days), 325)
        self.assertEqual(self.sql_starts(days, "year"), days)
        self.assertEqual(self.sql_starts(eves[1:], "year"), days[:-1])

    def test_postgresql_puts_every_day_in_the_period_of_persiantools(self):
        days = [
            date(1799, 3, 21) + timedelta(days=n)
            for n in range((date(2124, 3, 19) - date(1799, 3, 21)).days + 1)
        ]
        for period in MONTHS:
            with self.subTest(period=period):
                self.assertEqual(
                    self.sql_starts(days, period),
                    [jalali_start(day, period) for day in days],
                )

    def test_periods_outside_the_range_are_gregorian(self):
        cases = [
            (date(1, 1, 1), date(1, 1, 1), date(1, 1, 1), date(1, 1, 1)),
            (date(1799, 3, 20), date(1799, 3, 1), date(1799, 1, 1), date(1799, 1, 1)),
            (date(2124, 3, 20), date(2124, 3, 20), date(2124, 3, 20), date(2124, 3, 20)),
            (date(2124, 5, 20), date(2124, 5, 1), date(2124, 4, 1), date(2124, 3, 20)),
            (date(9999, 12, 31), date(9999, 12, 1), date(9999, 10, 1), date(9999, 1, 1)),
        ]  # fmt: skip
        for day, *starts in cases:
            for period, start in zip(MONTHS, starts, strict=True):
                with self.subTest(day=day, period=period):
                    self.assertEqual(self.sql_starts([day], period), [start])

    def test_no_date_has_no_period(self):
        for period in MONTHS:
            self.assertEqual(
                self.env.execute_query(
                    SQL(
                        "SELECT %s",
                        self.env["crm.ir.jalali.period"]._get_start_sql(
                            SQL("NULL::date"), period
                        ),
                    )
                ),
                [(None,)],
            )

    @settings(deadline=None, derandomize=True, database=None)
    @given(
        st.dates(date(1700, 1, 1), date(2300, 1, 1)) | st.sampled_from(EDGES),
        st.sampled_from(list(MONTHS)),
    )
    def test_periods_follow_each_other_without_gap_or_overlap(self, day, period):
        start, end = period_around(day, period)
        self.assertTrue(start <= day < end)
        self.assertEqual(period_around(start, period), (start, end))
        self.assertEqual(period_around(end - timedelta(days=1), period), (start, end))
        self.assertEqual(period_around(end, period)[0], end)

    @settings(deadline=None, derandomize=True, database=None)
    @given(
        st.dates(date(1700, 1, 1), date(2300, 1, 1)) | st.sampled_from(EDGES),
        st.sampled_from(list(MONTHS)),
    )
    def test_postgresql_starts_a_period_where_python_does(self, day, period):
        self.assertEqual(
            self.sql_starts([day], period), [period_around(day, period)[0]]
        )

    def test_the_planner_may_fold_and_share_the_functions(self):
        self.env.cr.execute("""
            SELECT proname, provolatile, proparallel FROM pg_proc
             WHERE proname LIKE 'crm\\_ir\\_jalali\\_%' ORDER BY proname
        """)
        self.assertEqual(
            self.env.cr.fetchall(),
            [
                (f"crm_ir_jalali_{period}_starts", "i", "s")
                for period in ("month", "quarter", "year")
            ],
        )

    def test_the_functions_need_no_search_path(self):
        self.env.cr.execute("SELECT current_schema")
        (schema,) = self.env.cr.fetchone()
        self.env.cr.execute("SET LOCAL search_path TO ''")
        self.env.cr.execute(
            SQL(
                "SELECT array_length(%s(), 1)",
                SQL.identifier(schema, "crm_ir_jalali_month_starts"),
            )
        )
        self.assertEqual(self.env.cr.fetchone(), (3900,))

    def test_uninstalling_drops_every_function(self):
        with contextlib.closing(self.env.cr.savepoint()):
            uninstall_hook(self.env)
            self.env.cr.execute(
                "SELECT count(*) FROM pg_proc WHERE proname LIKE 'crm\\_ir\\_jalali%'"
            )
            self.assertEqual(self.env.cr.fetchone(), (0,))


class GroupByCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.reader = cls.new_reader("reader")

    @classmethod
    def new_reader(cls, login, lang="fa_IR", **values):
        user = new_test_user(
            cls.env, login, "sales_team.group_sale_salesman", lang=lang, **values
        )
        user.tz = "Asia/Tehran"
        return user

    def as_user(self, user, model="crm.lead", **context):
        context = {**user.with_user(user).context_get(), **context}
        return self.env(user=user, context=context)[model]

    def new_leads(self, days=(), times=(), user=None):
        """Leads with a deadline on the days, and opened at the times (UTC)."""
        user = user or self.reader
        leads = self.env["crm.lead"].create(
            [
                {"name": str(value), "user_id": user.id, "type": "opportunity"}
                for value in (*days, *times)
            ]
        )
        for lead, day in zip(leads, days, strict=False):
            lead.date_deadline = day
        for lead, moment in zip(leads[len(days) :], times, strict=True):
            lead.date_open = moment
        self.env.flush_all()
        return leads

    def labels(self, groups, spec):
        return [group[spec] and group[spec][1] for group in groups]

    def assertDrillDown(self, model, groups, domain=()):
        for group in groups:
            self.assertEqual(
                model.search_count([*domain, *group["__extra_domain"]]),
                group["__count"],
                group,
            )
        self.assertEqual(
            sum(group["__count"] for group in groups), model.search_count(list(domain))
        )


class TestGroupBy(GroupByCase):
    def setUp(self):
        super().setUp()
        self.env["crm.lead"].search([]).unlink()
        self.leads = self.as_user(self.reader)

    def test_groups_are_the_months_quarters_and_years_of_jdatetime(self):
        days = [date(2022, 1, 1) + timedelta(days=9 * n) for n in range(200)]
        self.new_leads(days)
        names = ["بهار", "تابستان", "پاییز", "زمستان"]
        expected = {
            "month": lambda day: jdate(day).strftime("%B %Y"),
            "quarter": lambda day: (
                f"{names[(jdate(day).month - 1) // 3]} {jdate(day).year}"
            ),
            "year": lambda day: str(jdate(day).year),
        }
        for period, label in expected.items():
            spec = f"date_deadline:{period}"
            with self.subTest(period=period):
                groups = self.leads.formatted_read_group([], [spec], ["__count"])
                self.assertEqual(
                    {group[spec][1]: group["__count"] for group in groups},
                    Counter(map(label, days)),
                )
                self.assertEqual(
                    [group[spec][0] for group in groups],
                    sorted({str(jalali_start(day, period)) for day in days}),
                )
                self.assertDrillDown(self.leads, groups)

    def test_labels_are_written_as_the_user_reads(self):
        self.new_leads([date(2025, 10, 10)])
        english = self.new_reader("english", "en_US", calendar="jalali")
        digits = self.new_reader("digits", digits="arabext")
        expected = {
            "day": ("18 مهر 1404", "۱۸ مهر ۱۴۰۴", "18 Mehr 1404"),
            "month": ("مهر 1404", "مهر ۱۴۰۴", "Mehr 1404"),
            "quarter": ("پاییز 1404", "پاییز ۱۴۰۴", "Autumn 1404"),
            "year": ("1404", "۱۴۰۴", "1404"),
        }
        for granularity, labels in expected.items():
            spec = f"date_deadline:{granularity}"
            for user, label in zip((self.reader, digits, english), labels, strict=True):
                groups = (
                    self.as_user(user)
                    .sudo()
                    .formatted_read_group([], [spec], ["__count"])
                )
                self.assertEqual(self.labels(groups, spec), [label])

    def test_the_first_week_of_a_year_holds_its_first_day(self):
        english = self.new_reader("english", "en_US", calendar="jalali")
        # Saturdays, with the week that begins on them
        weeks = {
            date(2024, 3, 16): "Week 1, 1403",
            date(2024, 3, 23): "Week 2, 1403",
            date(2025, 3, 8): "Week 52, 1403",
            date(2025, 3, 15): "Week 1, 1404",  # 1 Farvardin is its Friday
            date(2025, 9, 27): "Week 29, 1404",
            date(2026, 3, 14): "Week 53, 1404",
            date(2026, 3, 21): "Week 1, 1405",
        }
        self.env.ref("base.lang_en").week_start = "6"
        self.new_leads(
            [*weeks, *(day + timedelta(days=6) for day in weeks)], (), english
        )
        spec = "date_deadline:week"
        leads = self.as_user(english)
        groups = leads.formatted_read_group([], [spec], ["__count"])
        self.assertEqual(
            [(*group[spec], group["__count"]) for group in groups],
            [(str(day), label, 2) for day, label in weeks.items()],
        )
        self.assertDrillDown(leads, groups)

    def test_a_week_is_numbered_from_the_first_day_of_the_week_of_the_language(self):
        english = self.new_reader("english", "en_US", calendar="jalali")
        days = [date(2025, 3, 21), date(2025, 3, 23), date(2025, 3, 24)]
        self.new_leads(days, (), english)
        spec = "date_deadline:week"
        for week_start, labels in {
            "1": ["Week 1, 1404", "Week 2, 1404"],
            "6": ["Week 1, 1404", "Week 2, 1404"],
            "7": ["Week 1, 1404", "Week 2, 1404"],
        }.items():
            self.env.ref("base.lang_en").week_start = week_start
            groups = self.as_user(english).formatted_read_group([], [spec], ["__count"])
            self.assertEqual(self.labels(groups, spec), labels)
            self.assertEqual(
                [group["__count"] for group in groups],
                [2, 1] if week_start == "1" else [1, 2],
            )

    def test_a_day_begins_at_midnight_of_the_user(self):
        mehr = datetime(2025, 9, 22, 20, 30)  # 1 Mehr 1404, 00:00 in Tehran
        self.new_leads(
            times=[mehr - timedelta(seconds=1), mehr, mehr + timedelta(days=29)]
        )
        for granularity, labels in {
            "day": ["31 شهریور 1404", "1 مهر 1404", "30 مهر 1404"],
            "month": ["شهریور 1404", "مهر 1404"],
            "quarter": ["تابستان 1404", "پاییز 1404"],
        }.items():
            spec = f"date_open:{granularity}"
            domain = [("date_open", "!=", False)]
            groups = self.leads.formatted_read_group(domain, [spec], ["__count"])
            self.assertEqual(self.labels(groups, spec), labels)
            self.assertDrillDown(self.leads, groups, domain)
        self.assertEqual(groups[1][spec][0], "2025-09-22 20:30:00")

    def test_midnight_follows_the_summer_time_of_its_year(self):
        # 31 Shahrivar 1395 began at 19:30 UTC, 1 Mehr at 20:30 UTC
        times = [
            datetime(2016, 9, 20, 19, 30),
            datetime(2016, 9, 21, 20, 29, 59),
            datetime(2016, 9, 21, 20, 30),
            datetime(2016, 6, 20, 19, 29, 59),  # Khordad's last second
            datetime(2016, 6, 20, 19, 30),
        ]
        self.new_leads(times=times)
        spec = "date_open:month"
        domain = [("date_open", "!=", False)]
        groups = self.leads.formatted_read_group(domain, [spec], ["__count"])
        self.assertEqual(
            [(group[spec][1], group["__count"]) for group in groups],
            [("خرداد 1395", 1), ("تیر 1395", 1), ("شهریور 1395", 2), ("مهر 1395", 1)],
        )
        self.assertDrillDown(self.leads, groups, domain)

    def test_without_a_time_zone_days_are_those_of_utc(self):
        self.new_leads(times=[datetime(2025, 9, 22, 23), datetime(2025, 9, 23)])
        spec = "date_open:month"
        leads = self.as_user(self.reader, tz=False)
        domain = [("date_open", "!=", False)]
        groups = leads.formatted_read_group(domain, [spec], ["__count"])
        self.assertEqual(self.labels(groups, spec), ["شهریور 1404", "مهر 1404"])
        self.assertDrillDown(leads, groups, domain)

    def test_records_without_a_date_are_a_group(self):
        self.new_leads([date(2025, 9, 23), False])
        groups = self.leads.formatted_read_group(
            [], ["date_deadline:month"], ["__count"]
        )
        self.assertEqual(
            self.labels(groups, "date_deadline:month"), ["مهر 1404", False]
        )
        self.assertDrillDown(self.leads, groups)

    def test_dates_outside_the_range_are_in_gregorian_groups(self):
        self.new_leads(EDGES[:4] + EDGES[-5:])
        for granularity in GRANULARITIES:
            groups = self.leads.formatted_read_group(
                [], [f"date_deadline:{granularity}"], ["__count"]
            )
            self.assertDrillDown(self.leads, groups)
        self.assertEqual(
            [group["date_deadline:year"][0] for group in groups],
            ["1404-01-01", "1799-01-01", "1799-03-21", "2123-03-21", "2124-03-20", "2200-01-01"],
        )  # fmt: skip

    def test_a_path_ends_in_jalali_periods(self):
        leads = self.new_leads([date(2025, 9, 23)] * 3)
        partners = self.env["res.partner"].create([{"name": "آ"}, {"name": "ب"}])
        self.env.flush_all()
        moments = ["2025-09-22 20:29:59", "2025-09-22 20:30:00"]
        for partner, moment in zip(partners, moments, strict=True):
            self.env.cr.execute(
                "UPDATE res_partner SET create_date = %s WHERE id = %s",
                [moment, partner.id],
            )
        leads[0].partner_id, leads[1].partner_id = partners
        self.env.flush_all()
        spec = "partner_id.create_date:month"
        groups = self.leads.formatted_read_group([], [spec], ["__count"])
        self.assertEqual(self.labels(groups, spec), ["شهریور 1404", "مهر 1404", False])
        self.assertDrillDown(self.leads, groups)

    def test_dates_among_the_properties_are_grouped_too(self):
        team = self.env["crm.team"].create({
            "name": "تیم",
            "member_ids": [Command.link(self.reader.id)],
            "lead_properties_definition": [
                {"name": "visit", "type": "date", "string": "Visit"},
                {"name": "call", "type": "datetime", "string": "Call"},
            ],
        })  # fmt: skip
        leads = self.new_leads([date(2025, 9, 23)] * 4)
        leads.team_id = team
        days = ["2025-09-22", "2025-09-23", "2026-03-20"]
        for lead, day in zip(leads, days, strict=False):
            lead.lead_properties = {"visit": day, "call": f"{day} 12:00:00"}
        self.env.flush_all()
        for name in ("visit", "call"):
            for granularity, labels in {
                "month": ["شهریور 1404", "مهر 1404", "اسفند 1404"],
                "quarter": ["تابستان 1404", "پاییز 1404", "زمستان 1404"],
                "year": ["1404"],
            }.items():
                spec = f"lead_properties.{name}:{granularity}"
                groups = self.leads.formatted_read_group([], [spec], ["__count"])
                self.assertEqual(self.labels(groups, spec), [*labels, False])
                self.assertDrillDown(self.leads, groups)
        groups = self.as_user(self.reader, fill_temporal=True).formatted_read_group(
            [], ["lead_properties.visit:quarter"], ["__count"]
        )
        self.assertEqual(
            self.labels(groups, "lead_properties.visit:quarter"),
            ["تابستان 1404", "پاییز 1404", "زمستان 1404", False],
        )

    def test_the_numbers_of_parts_stay_gregorian(self):
        self.new_leads([date(2025, 10, 10)])
        groups = self.leads.formatted_read_group(
            [], ["date_deadline:month_number"], ["__count"]
        )
        self.assertEqual(groups[0]["date_deadline:month_number"], 10)
        self.assertDrillDown(self.leads, groups)

    def test_a_screen_may_ask_for_gregorian_groups(self):
        self.new_leads([date(2025, 10, 10)])
        groups = self.as_user(self.reader, crm_ir_no_jalali=True).formatted_read_group(
            [], ["date_deadline:month"], ["__count"]
        )
        self.assertEqual(groups[0]["date_deadline:month"][0], "2025-10-01")

    def test_users_of_two_calendars_work_in_one_database(self):
        english = self.new_reader("english", "en_US")
        self.new_leads([date(2025, 10, 10)])
        self.new_leads([date(2025, 10, 10)], user=english)
        gregorian = self.new_reader("gregorian", calendar="gregorian")
        self.new_leads([date(2025, 10, 10)], user=gregorian)
        spec = "date_deadline:month"
        for user, start in [
            (self.reader, "2025-09-23"),
            (english, "2025-10-01"),
            (self.reader, "2025-09-23"),
            (gregorian, "2025-10-01"),
        ]:
            groups = self.as_user(user).web_read_group([], [spec])["groups"]
            self.assertEqual(groups[0][spec][0], start)

    def test_a_filter_and_an_order_apply_to_jalali_groups(self):
        self.new_leads([date(2025, 9, 22), date(2025, 9, 23), date(2025, 10, 22)])
        spec = "date_deadline:month"
        groups = self.leads.formatted_read_group(
            [], [spec], ["__count"], order=f"{spec} desc"
        )
        self.assertEqual(self.labels(groups, spec), ["مهر 1404", "شهریور 1404"])
        groups = self.leads.formatted_read_group(
            [], [spec], ["__count"], having=[("__count", ">", 1)]
        )
        self.assertEqual(self.labels(groups, spec), ["مهر 1404"])

    # -- nested groups ------------------------------------------------------

    def test_groups_within_groups_count_the_records_they_open(self):
        self.new_leads([date(2025, 3, 21) + timedelta(days=n) for n in range(365)])
        answer = self.leads.web_read_group(
            [],
            ["date_deadline:year", "date_deadline:month"],
            [],
            opening_info=[
                {"value": "2025-03-21", "folded": False, "limit": 20, "offset": 0, "groups": []}
            ],
            unfold_read_specification={"name": {}},
        )  # fmt: skip
        (year,) = answer["groups"]
        months = year["__groups"]["groups"]
        self.assertEqual(
            [group["__count"] for group in months], [31] * 6 + [30] * 5 + [29]
        )
        self.assertEqual(
            self.labels(months, "date_deadline:month"),
            [f"{name} 1404" for name in jdatetime.date.j_months_fa],
        )

    def test_an_open_group_is_open_after_reload(self):
        self.new_leads([date(2025, 9, 22), date(2025, 9, 23), date(2025, 9, 24)])
        spec = "date_deadline:month"
        arguments = {
            "unfold_read_specification": {"date_deadline": {}},
            "order": "date_deadline",
        }
        groups = self.leads.web_read_group([], [spec], auto_unfold=True, **arguments)[
            "groups"
        ]
        self.assertEqual([len(group["__records"]) for group in groups], [1, 2])
        again = self.leads.web_read_group(
            [],
            [spec],
            opening_info=[
                {"value": groups[0][spec][0], "folded": True},
                {"value": groups[1][spec][0], "folded": False, "limit": 80, "offset": 0},
            ],
            **arguments,
        )["groups"]  # fmt: skip
        self.assertNotIn("__records", again[0])
        self.assertEqual(again[1]["__records"], groups[1]["__records"])

    def test_pages_of_groups_count_jalali_groups(self):
        # 31 Shahrivar to 1 Azar, which are three Gregorian months
        self.new_leads([date(2025, 9, 22) + timedelta(days=n) for n in range(62)])
        spec = "date_deadline:month"
        pages = [
            self.leads.web_read_group([], [spec], limit=2, offset=offset)
            for offset in (0, 2)
        ]
        self.assertEqual([page["length"] for page in pages], [4, 4])
        self.assertEqual(
            [group[spec][1] for page in pages for group in page["groups"]],
            ["شهریور 1404", "مهر 1404", "آبان 1404", "آذر 1404"],
        )

    def test_a_pivot_adds_up_over_jalali_periods(self):
        self.new_leads(EDGES)
        specs = ["date_deadline:year", "date_deadline:month"]
        by_nothing, by_year, by_both = self.leads.formatted_read_grouping_sets(
            [], [[], specs[:1], specs], ["__count"]
        )
        self.assertEqual(by_nothing[0]["__count"], len(EDGES))
        self.assertDrillDown(self.leads, by_year)
        self.assertDrillDown(self.leads, by_both)
        counts = Counter()
        for group in by_both:
            counts[group[specs[0]]] += group["__count"]
        self.assertEqual(
            counts, {group[specs[0]]: group["__count"] for group in by_year}
        )

    # -- empty periods ------------------------------------------------------

    def filled(self, spec, fill_temporal, domain=()):
        leads = self.as_user(self.reader, fill_temporal=fill_temporal)
        groups = leads.formatted_read_group(list(domain), [spec], ["__count"])
        self.assertDrillDown(leads, groups, domain)
        return self.labels(groups, spec)

    def test_empty_months_between_groups_are_shown(self):
        self.new_leads([date(2025, 9, 22), date(2026, 1, 20), False])
        self.assertEqual(
            self.filled("date_deadline:month", True),
            ["شهریور 1404", "مهر 1404", "آبان 1404", "آذر 1404", "دی 1404", False],
        )

    def test_empty_months_are_shown_from_and_to_a_day(self):
        self.new_leads([date(2025, 9, 22), date(2025, 11, 1)])
        self.assertEqual(
            self.filled(
                "date_deadline:month",
                {"fill_from": "2025-10-10", "fill_to": "2026-01-20"},
            ),
            ["شهریور 1404", "مهر 1404", "آبان 1404", "آذر 1404", "دی 1404"],
        )

    def test_the_forecast_shows_the_months_it_asked_for(self):
        self.assertEqual(
            self.filled(
                "date_deadline:month", {"fill_from": "2025-12-22", "min_groups": 4}
            ),
            ["دی 1404", "بهمن 1404", "اسفند 1404", "فروردین 1405"],
        )
        self.assertEqual(
            self.filled("date_deadline:quarter", {"fill_from": "2025-12-22", "min_groups": 2}),
            ["زمستان 1404", "بهار 1405"],
        )  # fmt: skip

    def test_bounds_of_datetimes_are_days_of_the_user(self):
        for bound in ("2025-09-22 20:30:00", "2025-09-23"):
            self.assertEqual(
                self.filled("date_open:month", {"fill_from": bound, "min_groups": 2}),
                ["مهر 1404", "آبان 1404"],
            )

    def test_nothing_is_filled_where_nothing_is_known(self):
        self.assertEqual(self.filled("date_deadline:month", {"min_groups": 3}), [])
        self.new_leads([date(2025, 9, 22)])
        self.assertEqual(
            self.filled(
                "date_deadline:month",
                {"fill_from": "2026-01-01", "fill_to": "2025-01-01"},
            ),
            ["شهریور 1404"],
        )

    def test_filled_groups_have_empty_values_of_further_groups(self):
        self.new_leads([date(2025, 9, 22), date(2025, 11, 1)])
        groups = self.as_user(self.reader, fill_temporal=True).formatted_read_group(
            [], ["date_deadline:month", "user_id"], ["__count"]
        )
        self.assertEqual(
            [bool(group["user_id"]) for group in groups], [True, False, True]
        )

    # -- kanban ---------------------------------------------------------------

    def test_progress_bars_belong_to_the_columns(self):
        self.new_leads(
            [date(2025, 9, 22), date(2025, 9, 23)],
            [datetime(2025, 9, 22, 20, 29), datetime(2025, 9, 22, 20, 30)],
        )
        for field in ("date_deadline", "date_open"):
            spec = f"{field}:month"
            groups = self.leads.web_read_group([], [spec])["groups"]
            bars = self.leads.read_progress_bar(
                [], spec, {"field": "type", "colors": {"opportunity": "success"}}
            )
            self.assertEqual(
                {str(group[spec] and group[spec][0]): group["__count"] for group in groups},
                {key: bar["opportunity"] for key, bar in bars.items()},
            )  # fmt: skip

    # -- others ---------------------------------------------------------------

    def test_business_code_groups_by_gregorian_months(self):
        self.new_leads([date(2025, 9, 22), date(2025, 10, 1)])
        self.assertEqual(
            self.leads._read_group([], ["date_deadline:month"]),
            [(date(2025, 9, 1),), (date(2025, 10, 1),)],
        )
        self.assertEqual(
            self.leads._read_grouping_sets([], [["date_deadline:year"]]),
            [[(date(2025, 1, 1),)]],
        )

    def test_business_code_inside_a_screen_groups_by_gregorian_months(self):
        self.new_leads([date(2025, 9, 22), date(2025, 10, 1)])
        seen = []
        Lead = self.env.registry["crm.lead"]
        stock_read, stock_search = Lead.web_read, Lead._search

        def note(leads):
            with patch.object(Lead, "_search", stock_search):
                seen.append(leads._read_group([], ["date_deadline:month"]))

        def web_read(leads, *args, **kwargs):
            note(leads)
            return stock_read(leads, *args, **kwargs)

        def _search(leads, *args, **kwargs):
            note(leads)
            return stock_search(leads, *args, **kwargs)

        with (
            patch.object(Lead, "web_read", web_read),
            patch.object(Lead, "_search", _search),
        ):
            groups = self.leads.web_read_group(
                [],
                ["date_deadline:month"],
                auto_unfold=True,
                unfold_read_specification={"name": {}},
            )["groups"]
        self.assertEqual(
            self.labels(groups, "date_deadline:month"), ["شهریور 1404", "مهر 1404"]
        )
        self.assertGreater(len(seen), 2)
        for answer in seen:
            self.assertEqual(answer, [(date(2025, 9, 1),), (date(2025, 10, 1),)])

    def test_an_english_user_gets_what_stock_answers(self):
        english = self.new_reader("english", "en_US")
        self.new_leads(EDGES, EDGE_TIMES, english)
        leads = self.as_user(english)
        filling = self.as_user(english, fill_temporal=True)
        recent = [
            ("date_deadline", ">", "2024-01-01"),
            ("date_deadline", "<", "2027-01-01"),
        ]

        def answers():
            for field in ("date_deadline", "date_open"):
                for granularity in [*GRANULARITIES, "month_number"]:
                    spec = f"{field}:{granularity}"
                    yield leads.web_read_group([], [spec, "stage_id"], auto_unfold=True)
                    yield leads.formatted_read_group([], [spec], ["__count"])
                    yield leads.formatted_read_grouping_sets(
                        [], [[spec], []], ["__count"]
                    )
                    yield leads.read_progress_bar(
                        [],
                        spec,
                        {"field": "type", "colors": {"opportunity": "success"}},
                    )
            for granularity in GRANULARITIES:
                yield filling.formatted_read_group(
                    recent, [f"date_deadline:{granularity}"], ["__count"]
                )

        ours = list(answers())
        with stock_groups():
            stock = list(answers())
        self.assertEqual(ours, stock)
        self.assertEqual(json.dumps(ours), json.dumps(stock))


@tagged("post_install", "-at_install")
class TestGroupByEveryModel(GroupByCase):
    def dated_models(self):
        """Twenty models with records, and one date or datetime field of each."""
        candidates = []
        for name in sorted(self.env.registry):
            model = self.as_user(self.reader, name)
            if (
                not model._auto
                or model._abstract
                or model._transient
                or not model.has_access("read")
                or model.search_count([], limit=7) < 7
            ):
                continue
            names = [
                field.name
                for field in model._fields.values()
                if field.type in ("date", "datetime")
                and field.store
                and field.column_type
                and not field.company_dependent
                and model._has_field_access(field, "read")
            ]
            if names:
                candidates.append((name, names))
        chosen = random.Random(SEED)
        return [
            (name, chosen.choice(names))
            for name, names in chosen.sample(candidates, 20)
        ]

    @contextlib.contextmanager
    def spread(self, model, field):
        """Put the records on the edges and on days over many years."""
        chosen = random.Random(SEED)
        if field.type == "date":
            values = [
                *EDGES,
                *(date(1921, 1, 1) + timedelta(days=chosen.randrange(66_000)) for _n in range(40)),
            ]  # fmt: skip
        else:
            values = [
                *EDGE_TIMES,
                *(
                    datetime(1921, 1, 1) + timedelta(seconds=chosen.randrange(66_000 * 86_400))
                    for _n in range(40)
                ),
            ]  # fmt: skip
        chosen.shuffle(values)
        ids = model.search([]).ids
        self.env.flush_all()
        # a model's own rules on its dates are not the matter here
        with contextlib.closing(self.env.cr.savepoint(flush=False)):
            self.env.execute_query(
                SQL(
                    """
                    UPDATE %(table)s AS t SET %(field)s = v.value
                      FROM unnest(%(ids)s, %(values)s::timestamp[]) AS v (id, value)
                     WHERE t.id = v.id RETURNING t.id
                    """,
                    table=SQL.identifier(model._table),
                    field=SQL.identifier(field.name),
                    ids=ids,
                    values=[values[n % len(values)] for n in range(len(ids))],
                )
            )
            yield

    def test_groups_of_any_model_have_the_records_of_their_drill_down(self):
        self.new_leads(EDGES, EDGE_TIMES)
        models = self.dated_models()
        for name, field_name in models:
            model = self.as_user(self.reader, name)
            with self.spread(model, model._fields[field_name]):
                for granularity in GRANULARITIES:
                    spec = f"{field_name}:{granularity}"
                    with self.subTest(model=name, spec=spec):
                        groups = model.formatted_read_group([], [spec], ["__count"])
                        self.assertDrillDown(model, groups)
        self.assertEqual(len({name for name, _field in models}), 20)

    def test_every_edge_is_in_its_group(self):
        self.new_leads(EDGES, EDGE_TIMES)
        leads = self.as_user(self.reader)
        for field in ("date_deadline", "date_open"):
            for granularity in GRANULARITIES:
                with self.subTest(field=field, granularity=granularity):
                    groups = leads.formatted_read_group(
                        [], [f"{field}:{granularity}"], ["__count"]
                    )
                    self.assertDrillDown(leads, groups)


@tagged("post_install", "-at_install")
class TestGroupedExport(HttpCase):
    def test_a_grouped_sheet_has_jalali_headers(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        user = new_test_user(
            self.env,
            "exporter",
            "sales_team.group_sale_salesman,base.group_allow_export",
            lang="fa_IR",
        )
        leads = self.env["crm.lead"].create(
            [
                {"name": f"سرنخ {day}", "user_id": user.id, "date_deadline": day}
                for day in (date(2025, 9, 22), date(2025, 9, 23), date(2025, 10, 22))
            ]
        )
        self.authenticate("exporter", "exporter")
        response = self.url_open(
            "/web/export/xlsx",
            data={
                "csrf_token": http.Request.csrf_token(self),
                "data": json.dumps({
                    "model": "crm.lead",
                    "fields": [
                        {"name": "name", "label": "Name", "type": "char"},
                        {"name": "date_deadline", "label": "Deadline", "type": "date"},
                    ],
                    "ids": leads.ids,
                    "domain": [],
                    "groupby": ["date_deadline:month"],
                    "context": dict(user.with_user(user).context_get()),
                    "import_compat": False,
                }),
            },
        )  # fmt: skip
        sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
        column = [row[0].value for row in sheet.iter_rows()]
        self.assertEqual([column[1], column[3]], ["شهریور 1404 (1)", "مهر 1404 (2)"])
        self.assertEqual(sheet["B3"].value.date(), date(2025, 9, 22))
