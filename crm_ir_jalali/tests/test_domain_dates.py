from datetime import datetime, timedelta
from unittest.mock import patch

import jdatetime
from freezegun import freeze_time

from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import date_utils

from odoo.addons.crm_ir_jalali.models.date_expression import (
    forget_jalali_periods,
    parse_date,
)

PERIODS = {
    "month to date": ("today +0y =1d", "today +1d"),
    "last month": ("today +0y =1d -1m", "today +0y =1d"),
    "year to date": ("today +0y =1m =1d", "today +1d"),
    "last 12 months": ("today +0y =1d -12m", "today +0y =1d"),
}
# first day and the day after the last one, as Jalali days
EXPECTED = {
    "1404-01-01": {
        "month to date": ("1404-01-01", "1404-01-02"),
        "last month": ("1403-12-01", "1404-01-01"),
        "year to date": ("1404-01-01", "1404-01-02"),
        "last 12 months": ("1403-01-01", "1404-01-01"),
    },
    "1404-06-31": {
        "month to date": ("1404-06-01", "1404-07-01"),
        "last month": ("1404-05-01", "1404-06-01"),
        "year to date": ("1404-01-01", "1404-07-01"),
        "last 12 months": ("1403-06-01", "1404-06-01"),
    },
    "1404-12-29": {
        "month to date": ("1404-12-01", "1405-01-01"),
        "last month": ("1404-11-01", "1404-12-01"),
        "year to date": ("1404-01-01", "1405-01-01"),
        "last 12 months": ("1403-12-01", "1404-12-01"),
    },
    "1403-12-30": {
        "month to date": ("1403-12-01", "1404-01-01"),
        "last month": ("1403-11-01", "1403-12-01"),
        "year to date": ("1403-01-01", "1404-01-01"),
        "last 12 months": ("1402-12-01", "1403-12-01"),
    },
}


def gregorian(text):
    return jdatetime.date.fromisoformat(text).togregorian()


def between(name, period):
    start, end = PERIODS[period]
    return [(name, ">=", start), (name, "<", end)]


@tagged("post_install", "-at_install")
class TestDomainDates(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "base.group_user,sales_team.group_sale_salesman"
        cls.persian, cls.english = (
            new_test_user(
                cls.env,
                login=lang,
                groups=groups,
                lang=lang,
                tz="Asia/Tehran",
            )
            for lang in ("fa_IR", "en_US")
        )

    def evaluate(self, user, value):
        return parse_date(value, self.env(user=user, context=user.context_get()))

    def test_a_period_has_the_edges_of_the_jalali_calendar(self):
        for today, periods in EXPECTED.items():
            with freeze_time(datetime.combine(gregorian(today), datetime.min.time())):
                for period, edges in periods.items():
                    with self.subTest(today=today, period=period):
                        self.assertEqual(
                            tuple(
                                self.evaluate(self.persian, value)
                                for value in PERIODS[period]
                            ),
                            tuple(map(gregorian, edges)),
                        )

    def test_a_day_begins_at_midnight_in_tehran(self):
        for utc, first_day in (
            ("2025-03-20 20:29:59", "1403-12-01"),
            ("2025-03-20 20:30:00", "1404-01-01"),
        ):
            with self.subTest(utc=utc), freeze_time(utc):
                self.assertEqual(
                    self.evaluate(self.persian, "today +0y =1d"), gregorian(first_day)
                )

    @freeze_time("2025-10-10 08:00:00")
    def test_a_stored_domain_finds_the_same_for_everyone(self):
        first, last = gregorian("1404-07-01"), gregorian("1404-07-18")
        days = [first - timedelta(1), first, last, last + timedelta(1)]
        leads = self.env["crm.lead"].create(
            [
                {
                    "name": str(day),
                    "user_id": False,
                    "date_deadline": day,
                    # a minute before midnight in Tehran
                    "date_closed": datetime.combine(day, datetime.min.time())
                    + timedelta(hours=20, minutes=29),
                }
                for day in days
            ]
        )
        for name in ("date_deadline", "date_closed"):
            domain = [("id", "in", leads.ids), *between(name, "month to date")]
            for user in (self.persian, self.english):
                with self.subTest(field=name, user=user.login):
                    own = leads.with_user(user).with_context(**user.context_get())
                    self.assertEqual(own.search(domain, order="id"), own[1:3])
                    self.assertEqual(own.filtered_domain(domain), own[1:3])

    @freeze_time("2025-10-10 08:00:00")
    def test_a_scheduled_action_without_a_time_zone_finds_the_same_month(self):
        robot = self.env.ref("base.user_root")
        env = self.env(user=robot, context={})
        self.assertEqual(parse_date("today +0y =1d", env), gregorian("1404-07-01"))

    @freeze_time("2025-10-10 08:00:00")
    def test_a_gregorian_period_stays_gregorian_for_a_persian_user(self):
        self.assertEqual(str(self.evaluate(self.persian, "today =1d")), "2025-10-01")
        self.assertEqual(
            str(self.evaluate(self.persian, "today =1m =1d")), "2025-01-01"
        )

    @freeze_time("2025-10-10 08:00:00")
    def test_other_terms_keep_their_meaning_beside_jalali_ones(self):
        for value, day in (
            ("today +0y =1d -3d", "1404-06-29"),
            ("today +0y =1d +2w", "1404-07-15"),
            ("today +0y =31d", "1404-07-30"),
            ("today +0y =12m =30d", "1404-12-29"),
            ("today +0y =1403y =12m =30d", "1403-12-30"),
            ("today +0y -1y", "1403-07-18"),
        ):
            with self.subTest(value=value):
                self.assertEqual(self.evaluate(self.persian, value), gregorian(day))

    def test_a_day_that_does_not_exist_is_refused_as_in_stock(self):
        for value in ("today +0y =0d", "today +0y =13m", "today +0y =1", "today +0y x"):
            with self.subTest(value=value), self.assertRaises(ValueError):
                self.evaluate(self.persian, value)

    @freeze_time("2025-10-10 08:00:00")
    def test_without_the_module_a_stored_domain_runs_with_gregorian_periods(self):
        installed = self.env.registry._init_modules - {"crm_ir_jalali"}
        for start, end in PERIODS.values():
            for value in (start, end):
                with (
                    self.subTest(value=value),
                    patch.object(self.env.registry, "_init_modules", installed),
                ):
                    self.assertEqual(
                        self.evaluate(self.persian, value),
                        date_utils.parse_date(
                            value.replace(" +0y", ""),
                            self.persian.with_user(self.persian).env,
                        ),
                    )

    def test_uninstalling_leaves_domains_that_stock_reads_as_its_periods(self):
        favorite = self.env["ir.filters"].create(
            {
                "name": "This month",
                "model_id": "crm.lead",
                "domain": repr(between("create_date", "last month")),
            }
        )
        action = self.env["ir.actions.act_window"].create(
            {
                "name": "This month",
                "res_model": "crm.lead",
                "domain": repr(between("create_date", "year to date")),
            }
        )
        forget_jalali_periods(self.env)
        self.assertEqual(
            favorite.domain,
            repr(
                [
                    ("create_date", ">=", "today =1d -1m"),
                    ("create_date", "<", "today =1d"),
                ]
            ),
        )
        self.assertIn("today =1m =1d", action.domain)
