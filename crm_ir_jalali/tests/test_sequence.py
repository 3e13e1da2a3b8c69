from datetime import date, timedelta

import jdatetime
from freezegun import freeze_time
from hypothesis import given, settings, strategies
from lxml import etree

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, new_test_user, tagged

# 1 Farvardin of years that begin on 20 and on 21 March.
NEW_YEARS = {
    year: jdatetime.date(year, 1, 1).togregorian() for year in range(1402, 1412)
}


@tagged("post_install", "-at_install")
class TestSequence(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = new_test_user(
            cls.env, "clerk", groups="base.group_user", lang="en_US", tz="Asia/Tehran"
        )

    def _sequence(self, prefix, suffix="", **values):
        return self.env["ir.sequence"].create(
            {
                "name": "Contracts",
                "code": "contract",
                "prefix": prefix,
                "suffix": suffix,
                "padding": 4,
                **values,
            }
        )

    def _draw(self, sequence, day=None):
        return sequence.with_user(self.clerk).next_by_id(day)

    def test_a_number_names_the_jalali_day(self):
        sequence = self._sequence("C/%(jyear)s/%(jy)s-%(jmonth)s-%(jday)s/", "/%(y)s")
        with freeze_time("2025-10-08 12:00"):
            self.assertEqual(self._draw(sequence), "C/1404/04-07-16/0001/25")

    def test_the_day_is_that_of_the_users_time_zone(self):
        sequence = self._sequence("%(current_jyear)s/%(jmonth)s/%(jday)s/")
        with freeze_time("2026-03-20 20:29"):
            self.assertEqual(self._draw(sequence), "1404/12/29/0001")
        with freeze_time("2026-03-20 20:31"):
            self.assertEqual(self._draw(sequence), "1405/01/01/0002")

    def test_a_given_day_and_a_given_range_are_named(self):
        sequence = self._sequence("%(jyear)s/%(range_jyear)s/%(range_jmonth)s/")
        sequence = sequence.with_context(
            ir_sequence_date="2025-03-20", ir_sequence_date_range="2024-09-22"
        )
        self.assertEqual(self._draw(sequence), "1403/1403/07/0001")

    @settings(deadline=None, derandomize=True, database=None)
    @given(strategies.dates(date(1925, 3, 22), date(2124, 3, 19)))
    def test_every_day_is_named_as_in_jdatetime(self, day):
        sequence = self.env["ir.sequence"].new(
            {"prefix": "%(jyear)s-%(jmonth)s-%(jday)s", "suffix": "%(range_jy)s"}
        )
        expected = jdatetime.date.fromgregorian(date=day)
        self.assertEqual(
            sequence._get_prefix_suffix(day.isoformat(), day.isoformat()),
            (expected.strftime("%Y-%m-%d"), expected.strftime("%y")),
        )

    def test_unknown_tokens_are_refused_as_ever(self):
        for prefix in ("%(jyear)s/%(jweek)s/", "%(jweek)s/", "%(jyear)d/", "%(jyear)"):
            with self.subTest(prefix), self.assertRaises(UserError):
                self._draw(self._sequence(prefix))

    def test_escaped_tokens_stay_text(self):
        sequence = self._sequence("%%(jyear)s %(jyear)s ")
        with freeze_time("2025-10-08 12:00"):
            self.assertEqual(self._draw(sequence), "%(jyear)s 1404 0001")

    def test_numbers_begin_again_on_1_farvardin(self):
        for implementation in ("standard", "no_gap"):
            sequence = self._sequence(
                "%(range_jyear)s/",
                use_date_range=True,
                implementation=implementation,
            )
            for year, new_year in NEW_YEARS.items():
                with self.subTest(implementation, year=year):
                    self.assertEqual(self._draw(sequence, new_year), f"{year}/0001")
                    last = jdatetime.date(year + 1, 1, 1).togregorian() - timedelta(1)
                    self.assertEqual(self._draw(sequence, last), f"{year}/0002")
            self.assertEqual(
                sequence.date_range_ids.mapped("date_from"), list(NEW_YEARS.values())
            )

    def test_20_and_21_march_belong_to_the_year_of_iran(self):
        sequence = self._sequence("%(range_jyear)s/", use_date_range=True)
        for day, number in (
            ("2024-03-19", "1402/0001"),
            ("2024-03-20", "1403/0001"),
            ("2024-03-21", "1403/0002"),
            ("2025-03-20", "1403/0003"),
            ("2025-03-21", "1404/0001"),
        ):
            with self.subTest(day):
                self.assertEqual(self._draw(sequence, date.fromisoformat(day)), number)

    def test_the_range_changes_with_the_year_at_tehran_midnight(self):
        sequence = self._sequence("%(jyear)s/", use_date_range=True)
        with freeze_time("2026-03-20 20:29"):
            self.assertEqual(self._draw(sequence), "1404/0001")
        with freeze_time("2026-03-20 20:31"):
            self.assertEqual(self._draw(sequence), "1405/0001")
        with freeze_time("2026-03-21 12:00"):
            self.assertEqual(self._draw(sequence), "1405/0002")

    def test_ranges_of_stock_are_kept_and_no_number_comes_twice(self):
        sequence = self._sequence("%(year)s/", use_date_range=True)
        self._draw(sequence, date(2025, 6, 1))
        sequence.prefix = "%(range_jyear)s/"
        numbers = [
            self._draw(sequence, day)
            for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 20))
        ]
        self.assertEqual(numbers, ["1403/0002", "1404/0003", "1404/0004"])
        self.assertEqual(self._draw(sequence, date(2026, 3, 21)), "1405/0001")

    def test_a_gap_before_a_range_is_filled(self):
        sequence = self._sequence("%(range_jyear)s/", use_date_range=True)
        sequence.date_range_ids = [
            (0, 0, {"date_from": "2025-09-23", "date_to": "2026-03-20"})
        ]
        self._draw(sequence, date(2025, 6, 1))
        first = sequence.date_range_ids.sorted("date_from")[0]
        self.assertEqual(
            (first.date_from, first.date_to), (date(2025, 3, 21), date(2025, 9, 22))
        )

    def test_sequences_without_jalali_tokens_are_stock(self):
        sequence = self._sequence("%(range_year)s/%(jan)s", use_date_range=True)
        with self.assertRaises(UserError):
            self._draw(sequence)
        sequence.prefix = "%(range_year)s/"
        self.assertEqual(self._draw(sequence, date(2025, 6, 1)), "2025/0001")
        self.assertIn(
            (date(2025, 1, 1), date(2025, 12, 31)),
            [(r.date_from, r.date_to) for r in sequence.date_range_ids],
        )

    def test_the_form_explains_each_token(self):
        arch = etree.fromstring(
            self.env["ir.sequence"].get_view(
                self.env.ref("base.sequence_view").id, "form"
            )["arch"]
        )
        text = " ".join(arch.itertext())
        for token in ("jyear", "jy", "jmonth", "jday"):
            self.assertIn(f"%({token})s", text)

    def test_days_outside_the_calendar_give_no_number(self):
        sequence = self._sequence("%(range_jyear)s/", use_date_range=True)
        with self.assertRaises(ValueError):
            self._draw(sequence, date(2125, 1, 1))
