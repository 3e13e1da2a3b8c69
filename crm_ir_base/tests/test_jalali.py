import json
from datetime import date, datetime, timedelta
from pathlib import Path
from time import perf_counter

import jdatetime
from hypothesis import given, settings
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate

from odoo.tests import BaseCase

from odoo.addons.crm_ir_base.tools.jalali import (
    MAX_DATE,
    MAX_YEAR,
    MESSAGES,
    MIN_DATE,
    MIN_YEAR,
    JalaliError,
    add,
    anniversary,
    days_in_month,
    end_of,
    is_leap,
    period_starts,
    start_of,
    to_gregorian,
    to_jalali,
)
from odoo.addons.crm_ir_base.tools.jalali_text import (
    format_date,
    parse_date,
    parse_datetime,
)

VECTORS = json.loads(
    (Path(__file__).parent / "vectors" / "jalali.json").read_text(encoding="utf-8")
)
EVERY_DAY = [
    MIN_DATE + timedelta(number) for number in range((MAX_DATE - MIN_DATE).days + 1)
]
ONE_DAY = timedelta(1)
PERIODS = ("month", "quarter", "year")

rule = settings(deadline=None, derandomize=True, database=None)
any_day = st.dates(MIN_DATE, MAX_DATE)
inner_day = st.dates(date(1850, 1, 1), date(2080, 1, 1))
some_months = st.integers(-400, 400)


class JalaliCase(BaseCase):
    def assertRefused(self, reason, function, *args, **kwargs):
        with self.assertRaises(JalaliError) as caught:
            function(*args, **kwargs)
        self.assertEqual(caught.exception.reason, reason)
        self.assertTrue(str(caught.exception))
        return caught.exception


class TestJalaliRule(JalaliCase):
    def test_every_day_of_the_range_is_named_as_jdatetime_names_it(self):
        wrong = []
        for day in EVERY_DAY:
            theirs = jdatetime.date.fromgregorian(date=day)
            name = theirs.year, theirs.month, theirs.day
            if to_jalali(day) != name or to_gregorian(*name) != day:
                wrong.append(day)
        self.assertFalse(wrong)

    def test_every_day_of_the_range_is_named_as_persiantools_names_it(self):
        wrong = []
        for day in EVERY_DAY:
            theirs = JalaliDate(day)
            name = theirs.year, theirs.month, theirs.day
            if to_jalali(day) != name or to_gregorian(*name) != day:
                wrong.append(day)
        self.assertFalse(wrong)

    def test_every_day_of_the_range_returns_from_its_name(self):
        names = [to_jalali(day) for day in EVERY_DAY]
        self.assertEqual([to_gregorian(*name) for name in names], EVERY_DAY)
        self.assertEqual(names, sorted(names))

    def test_every_nowruz_of_the_range_falls_where_the_vectors_say(self):
        self.assertEqual(
            {
                year: to_gregorian(year, 1, 1).isoformat()
                for year, _ in VECTORS["nowruz"]
            },
            dict(VECTORS["nowruz"]),
        )
        self.assertEqual(len(VECTORS["nowruz"]), MAX_YEAR - MIN_YEAR + 1)

    def test_leap_years_are_those_of_the_official_calendar(self):
        self.assertEqual(
            [year for year in range(1370, 1501) if is_leap(year)],
            [
                1370, 1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403, 1408, 1412,
                1416, 1420, 1424, 1428, 1432, 1436, 1441, 1445, 1449, 1453, 1457,
                1461, 1465, 1469, 1474, 1478, 1482, 1486, 1490, 1494, 1498,
            ],
        )  # fmt: skip
        self.assertEqual(
            [year for year in range(MIN_YEAR, MAX_YEAR + 1) if is_leap(year)],
            VECTORS["leap_years"],
        )

    def test_30_esfand_exists_in_1403_and_1408_and_nowhere_between(self):
        self.assertEqual(to_gregorian(1403, 12, 30), date(2025, 3, 20))
        self.assertEqual(to_gregorian(1408, 12, 30), date(2030, 3, 20))
        for year in range(1404, 1408):
            self.assertEqual(days_in_month(year, 12), 29)
            error = self.assertRefused("day", to_gregorian, year, 12, 30)
            self.assertEqual(error.values["last"], 29)

    def test_vector_days_have_the_right_name_and_weekday(self):
        for row in VECTORS["days"]:
            day = date.fromisoformat(row["gregorian"])
            self.assertEqual("{:04}-{:02}-{:02}".format(*to_jalali(day)), row["jalali"])
            self.assertEqual(day.weekday(), row["weekday"])

    def test_the_stated_range_ends_where_the_vectors_end(self):
        self.assertEqual(
            [row["gregorian"] for row in VECTORS["range"]],
            [MIN_DATE.isoformat(), MAX_DATE.isoformat()],
        )

    def test_no_day_outside_the_range_is_ever_converted(self):
        for day in (
            MIN_DATE - ONE_DAY,
            MAX_DATE + ONE_DAY,
            date(1404, 7, 18),
            date.min,
            date.max,
        ):
            for function in (to_jalali, format_date, add):
                self.assertRefused("range", function, day)
            for period in PERIODS:
                self.assertRefused("range", start_of, day, period)
                self.assertRefused("range", end_of, day, period)
        for year in (MIN_YEAR - 1, MAX_YEAR + 1, 0, -1404, 2025, 10**100):
            self.assertRefused("year", to_gregorian, year, 1, 1)
            self.assertRefused("year", is_leap, year)
            self.assertRefused("year", days_in_month, year, 1)

    def test_days_that_do_not_exist_are_refused(self):
        for month in (-1, 0, 13):
            self.assertRefused("month", to_gregorian, 1404, month, 1)
        for month in range(1, 13):
            for day in (-1, 0, days_in_month(1404, month) + 1):
                self.assertRefused("day", to_gregorian, 1404, month, day)

    def test_a_refusal_names_the_length_of_the_month(self):
        error = self.assertRefused("day", to_gregorian, 1404, 7, 31)
        self.assertEqual(str(error), "Month 7 of 1404 has 30 days, not 31.")
        self.assertEqual(
            error.values, {"year": 1404, "month": 7, "day": 31, "last": 30}
        )

    def test_a_refusal_is_a_value_error(self):
        with self.assertRaises(ValueError):
            to_gregorian(1404, 7, 31)

    def test_a_conversion_costs_microseconds(self):
        start = perf_counter()
        for day in EVERY_DAY[:20_000]:
            to_gregorian(*to_jalali(day))
        self.assertLess((perf_counter() - start) / 20_000, 20e-6)


class TestJalaliArithmetic(JalaliCase):
    def test_vector_sums_are_met(self):
        for row in VECTORS["add"]:
            day = date.fromisoformat(row["day"])
            total = add(day, years=row["years"], months=row["months"])
            self.assertEqual(total.isoformat(), row["sum"], row)

    @rule
    @given(inner_day, some_months)
    def test_adding_months_keeps_the_day_or_takes_the_last_of_the_month(
        self, day, months
    ):
        before, after = to_jalali(day), to_jalali(add(day, months=months))
        passed = 12 * (after.year - before.year) + after.month - before.month
        self.assertEqual(passed, months)
        last = days_in_month(after.year, after.month)
        self.assertEqual(after.day, min(before.day, last))

    @rule
    @given(inner_day, some_months)
    def test_adding_months_and_taking_them_off_returns_to_days_all_months_have(
        self, day, months
    ):
        there = add(day, months=months)
        back = add(there, months=-months)
        if to_jalali(day).day <= 29:
            self.assertEqual(back, day)
        else:
            self.assertLessEqual(back, day)

    @rule
    @given(inner_day, inner_day, some_months)
    def test_adding_months_never_changes_the_order_of_days(self, one, other, months):
        first, second = sorted((one, other))
        self.assertLessEqual(add(first, months=months), add(second, months=months))

    @rule
    @given(inner_day, st.integers(-30, 30))
    def test_a_year_is_twelve_months(self, day, years):
        self.assertEqual(add(day, years=years), add(day, months=12 * years))

    @rule
    @given(any_day)
    def test_adding_nothing_changes_nothing(self, day):
        self.assertEqual(add(day), day)

    def test_a_sum_outside_the_range_is_refused(self):
        self.assertRefused("year", add, MAX_DATE, months=1)
        self.assertRefused("year", add, MIN_DATE, months=-1)
        self.assertRefused("year", add, MIN_DATE, years=10**100)

    def test_who_was_born_on_30_esfand_celebrates_every_year(self):
        born = to_gregorian(1375, 12, 30)
        self.assertEqual(to_jalali(anniversary(born, 1403)), (1403, 12, 30))
        self.assertEqual(to_jalali(anniversary(born, 1404)), (1404, 12, 29))
        self.assertEqual(anniversary(born, 1375), born)

    @rule
    @given(inner_day, st.integers(MIN_YEAR, MAX_YEAR))
    def test_an_anniversary_falls_in_its_year_on_its_month(self, day, year):
        born, celebrated = to_jalali(day), to_jalali(anniversary(day, year))
        self.assertEqual(celebrated[:2], (year, born.month))
        if born[1:] != (12, 30):
            self.assertEqual(celebrated.day, born.day)

    def test_periods_cover_the_range_without_gap_or_overlap(self):
        for period, count in (("month", 3900), ("quarter", 1300), ("year", 325)):
            starts = period_starts(period)
            ends = [end_of(start, period) for start in starts]
            self.assertEqual(len(starts), count)
            self.assertEqual((starts[0], ends[-1]), (MIN_DATE, MAX_DATE))
            self.assertEqual(starts[1:], [end + ONE_DAY for end in ends[:-1]])

    def test_every_day_lies_in_the_period_that_starts_last_before_it(self):
        for period in PERIODS:
            starts = set(period_starts(period))
            current = None
            for day in EVERY_DAY:
                if day in starts:
                    current = day
                if start_of(day, period) != current:
                    self.fail(f"{day} starts its {period} on {start_of(day, period)}")

    @rule
    @given(any_day, st.sampled_from(PERIODS))
    def test_a_day_shares_its_period_with_both_ends(self, day, period):
        start, end = start_of(day, period), end_of(day, period)
        self.assertTrue(start <= day <= end)
        self.assertEqual((start_of(end, period), end_of(start, period)), (start, end))

    def test_periods_are_those_of_the_calendar_on_the_wall(self):
        day = to_gregorian(1403, 11, 2)
        for period, first, last in (
            ("month", (1403, 11, 1), (1403, 11, 30)),
            ("quarter", (1403, 10, 1), (1403, 12, 30)),
            ("year", (1403, 1, 1), (1403, 12, 30)),
        ):
            self.assertEqual(to_jalali(start_of(day, period)), first)
            self.assertEqual(to_jalali(end_of(day, period)), last)

    def test_the_fiscal_year_ends_on_19_or_20_march(self):
        ends = [end_of(to_gregorian(year, 1, 1), "year") for year in range(1379, 1500)]
        self.assertEqual(sum(end.timetuple()[1:3] == (3, 20) for end in ends), 67)
        self.assertEqual(sum(end.timetuple()[1:3] == (3, 19) for end in ends), 54)


class TestJalaliFormat(JalaliCase):
    def test_vector_texts_are_met(self):
        for row in VECTORS["format"]:
            day = date.fromisoformat(row["gregorian"])
            text = format_date(
                day, row["pattern"], lang=row["lang"], digits=row["digits"]
            )
            self.assertEqual(text, row["text"], row)

    def test_an_unknown_token_is_never_printed(self):
        for pattern in ("YYYY", "HH:mm", "DDD", "yyy", "w", "mehr"):
            with self.assertRaises(ValueError):
                format_date(MIN_DATE, pattern)

    def test_the_default_is_the_form_of_iranian_documents(self):
        self.assertEqual(format_date(date(2025, 10, 10)), "1404/07/18")

    def test_a_datetime_is_written_as_its_own_day(self):
        self.assertEqual(format_date(datetime(2025, 10, 10, 23, 59)), "1404/07/18")


class TestJalaliParse(JalaliCase):
    def check(self, rows, parse, key):
        for row in rows:
            options = {
                name: row[name]
                for name in ("gregorian", "two_digit_year_max")
                if name in row
            }
            with self.subTest(row=row):
                if "error" in row:
                    self.assertRefused(row["error"], parse, row["text"], **options)
                else:
                    found = parse(row["text"], **options)
                    self.assertEqual(found.isoformat(), row[key])

    def test_vector_dates_are_read_or_refused(self):
        self.check(VECTORS["parse_date"], parse_date, "date")

    def test_vector_datetimes_are_read_or_refused(self):
        self.check(VECTORS["parse_datetime"], parse_datetime, "datetime")

    def test_every_reason_to_refuse_is_shown_by_a_vector(self):
        rows = VECTORS["parse_date"] + VECTORS["parse_datetime"]
        self.assertEqual({row["error"] for row in rows if "error" in row}, {*MESSAGES})

    def test_every_day_of_1403_to_1408_is_read_in_three_digit_systems(self):
        arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
        start, end = to_gregorian(1403, 1, 1), to_gregorian(1408, 12, 30)
        for number in range((end - start).days + 1):
            day = start + timedelta(number)
            latin = str(JalaliDate(day))
            for text in (
                latin,
                format_date(day, "EEEE d MMMM yyyy", digits="arabext"),
                latin.translate(arabic),
            ):
                if parse_date(text) != day:
                    self.fail(f"{text} is read as {parse_date(text)}, not {day}")

    @rule
    @given(
        any_day,
        st.sampled_from(
            [
                "yyyy/MM/dd", "yyyy-M-d", "yyyy.MM.dd", "yyyyMMdd", "dd/MM/yyyy",
                "d MMMM yyyy", "yyyy MMMM d", "EEEE d MMMM yyyy", "EEEE yyyy/MM/dd",
            ]
        ),
        st.sampled_from(["fa", "en"]),
        st.sampled_from(["0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩"]),
    )  # fmt: skip
    def test_what_is_written_is_read_back(self, day, pattern, lang, digits):
        text = format_date(day, pattern, lang=lang)
        text = text.translate(str.maketrans("0123456789", digits))
        self.assertEqual(parse_date(text), day)

    @rule
    @given(any_day)
    def test_both_calendars_of_a_mixed_column_mean_the_same_day(self, day):
        for text in (day.isoformat(), format_date(day), day.strftime("%Y%m%d")):
            self.assertEqual(parse_date(text, gregorian=True), day)

    @rule
    @given(st.integers(MIN_YEAR + 99, MAX_YEAR), st.integers(0, 99))
    def test_two_digits_mean_the_last_such_year(self, latest, digits):
        day = parse_date(f"{digits:02}/01/01", two_digit_year_max=latest)
        year = to_jalali(day).year
        self.assertEqual(year % 100, digits)
        self.assertTrue(latest - 100 < year <= latest)

    @rule
    @given(st.datetimes(datetime(1800, 1, 1), datetime(2124, 1, 1)))
    def test_a_written_time_of_day_is_read_back(self, moment):
        moment = moment.replace(microsecond=0)
        clock = f"{moment:%H:%M:%S}"
        for text in (
            f"{format_date(moment)} {clock}",
            f"{clock} {format_date(moment)}",
        ):
            self.assertEqual(parse_datetime(text), moment)

    @rule
    @given(
        st.text() | st.text("0123456789۰۱۷٠٧/-. :مهراسفندTam\u200c\u200f", max_size=24)
    )
    def test_no_text_breaks_the_parser(self, text):
        for parse in (parse_date, parse_datetime):
            try:
                found = parse(text, gregorian=True, two_digit_year_max=1404)
            except JalaliError as error:
                self.assertIn(error.reason, MESSAGES)
            else:
                to_jalali(found)

    def test_hostile_length_is_refused_at_once(self):
        start = perf_counter()
        for unit in (
            "1",
            "۱",
            "/",
            " ",
            "1/",
            "مهر ",
            "😀",
            "\0",
            "1404/07/18",
            "1:",
            "'",
        ):
            for parse in (parse_date, parse_datetime):
                for count in (30, 10_000, 1_000_000):
                    self.assertRefused("unreadable", parse, "1" + unit * count)
        self.assertLess(perf_counter() - start, 1)
