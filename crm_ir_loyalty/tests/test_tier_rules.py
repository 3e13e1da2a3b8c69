from datetime import date, timedelta

import jdatetime
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..tools.periods import celebrated_on, last_day, windows
from ..tools.tiers import Standing, decide

rule = settings(deadline=None, derandomize=True, database=None)
# with sixty years more they stay within the supported range, which ends in 1502
any_day = st.dates(date(1950, 1, 1), date(2060, 1, 1))
ranks = st.integers(0, 5)


def jalali(year, month, day):
    return jdatetime.date(year, month, day).togregorian()


class TestTierDecision(BaseCase):
    today = date(2026, 11, 23)

    def move(self, rank, earned, grace_days=0, grace_until=None, fixed_until=None):
        held = Standing(rank, grace_until)
        return decide(held, earned, self.today, grace_days, fixed_until)

    def test_a_member_rises_at_once_even_over_several_tiers(self):
        self.assertEqual(self.move(0, 3), Standing(3))

    def test_without_grace_a_member_falls_at_once(self):
        self.assertEqual(self.move(3, 1), Standing(1))

    def test_grace_keeps_the_tier_for_as_many_days(self):
        held, days = Standing(2), 0
        while held.rank == 2:
            today = self.today + timedelta(days)
            held = decide(held, 0, today, 30, None)
            days += 1
        self.assertEqual((held, days - 1), (Standing(0), 30))

    def test_earning_the_tier_again_ends_the_grace(self):
        until = self.today + timedelta(3)
        self.assertEqual(self.move(2, 2, 30, until), Standing(2))
        self.assertEqual(self.move(2, 3, 30, until), Standing(3))

    def test_after_the_grace_one_falls_to_what_is_earned_that_day(self):
        yesterday = self.today - timedelta(1)
        self.assertEqual(self.move(3, 2, 30, yesterday), Standing(2))

    def test_what_a_person_fixed_stays_to_its_last_day(self):
        for earned in (0, 3):
            with self.subTest(earned=earned):
                held = self.move(2, earned, fixed_until=self.today)
                self.assertEqual(held, Standing(2))
                yesterday = self.today - timedelta(1)
                self.assertEqual(
                    self.move(2, earned, fixed_until=yesterday), Standing(earned)
                )

    @rule
    @given(ranks, ranks, st.integers(0, 60))
    def test_deciding_twice_a_day_is_deciding_once(self, rank, earned, grace):
        once = self.move(rank, earned, grace)
        self.assertEqual(decide(once, earned, self.today, grace, None), once)


class TestPeriods(BaseCase):
    def test_a_calendar_window_is_the_running_period_and_the_one_before(self):
        day = jalali(1405, 2, 10)
        self.assertEqual(
            windows("month", 0, day),
            [
                (jalali(1405, 2, 1), day),
                (jalali(1405, 1, 1), jalali(1405, 1, 31)),
            ],
        )
        self.assertEqual(
            windows("quarter", 0, day),
            [
                (jalali(1405, 1, 1), day),
                (jalali(1404, 10, 1), jalali(1404, 12, 29)),
            ],
        )
        self.assertEqual(
            windows("year", 0, day),
            [
                (jalali(1405, 1, 1), day),
                (jalali(1404, 1, 1), jalali(1404, 12, 29)),
            ],
        )

    def test_a_rolling_window_ends_today(self):
        day = jalali(1405, 2, 10)
        self.assertEqual(windows("rolling", 12, day), [(jalali(1404, 2, 11), day)])
        self.assertEqual(windows("ever", 12, day), [(None, day)])

    def test_points_of_a_season_live_to_the_end_of_the_next_one(self):
        # waggon: credit dies at the end of the next season
        for month, day in ((1, 1), (2, 10), (3, 31)):
            with self.subTest(month=month):
                self.assertEqual(
                    last_day(jalali(1405, month, day), 1, "quarter"),
                    jalali(1405, 6, 31),
                )
        self.assertEqual(
            last_day(jalali(1403, 8, 1), 1, "quarter"), jalali(1403, 12, 30)
        )

    def test_days_are_counted(self):
        self.assertEqual(last_day(date(2026, 1, 1), 30, "day"), date(2026, 1, 31))
        self.assertEqual(last_day(jalali(1405, 7, 30), 0, "month"), jalali(1405, 7, 30))
        self.assertEqual(last_day(jalali(1405, 7, 1), 1, "year"), jalali(1406, 12, 29))

    def test_who_was_born_on_30_esfand_celebrates_on_29_in_common_years(self):
        born = jalali(1399, 12, 30)
        self.assertIn(born, celebrated_on(jalali(1404, 12, 29)))
        self.assertIn(born, celebrated_on(jalali(1403, 12, 30)))
        self.assertNotIn(born, celebrated_on(jalali(1403, 12, 29)))
        self.assertNotIn(born, celebrated_on(jalali(1405, 1, 1)))

    @rule
    @given(any_day, st.integers(1, 60))
    def test_each_birth_is_celebrated_on_one_day_of_each_later_year(self, born, years):
        year = jdatetime.date.fromgregorian(date=born).year + years
        new_year = jalali(year, 1, 1)
        length = (jalali(year + 1, 1, 1) - new_year).days
        days = [new_year + timedelta(number) for number in range(length)]
        self.assertEqual(sum(born in celebrated_on(day) for day in days), 1)
