from datetime import date, datetime
from itertools import product

import jdatetime
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..tools import import_cleaning as cleaning
from ..tools import import_files
from ..tools.import_table import Column, People, Person, clean_rows

PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
MONTHS = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split()

rule = settings(deadline=None, derandomize=True, database=None)
digit_tables = st.sampled_from([{}, PERSIAN, ARABIC])
days = st.dates(date(1900, 1, 1), date(2100, 1, 1))


def written(text, table):
    return text.translate(table)


class TestImportText(BaseCase):
    @rule
    @given(st.text(max_size=60))
    def test_cleaning_text_twice_changes_nothing(self, text):
        once = cleaning.clean_text(text)
        self.assertEqual(cleaning.clean_text(once), once)

    @rule
    @given(st.text("ابپچیکگ 09azءآ۱", max_size=30))
    def test_a_tidy_text_is_stored_as_the_full_cleaning_stores_it(self, text):
        self.assertEqual(cleaning.clean_text(text), cleaning.clean(text))

    def test_arabic_keyboards_nul_and_stray_blanks_leave_no_trace(self):
        self.assertEqual(
            cleaning.clean_text(" علي\u00a0 \x00كريمي\u200f "), "علی کریمی"
        )
        self.assertEqual(cleaning.clean_lines("علي \r\n كريم\n"), "علی\nکریم")

    def test_a_cell_longer_than_excel_allows_is_refused(self):
        for clean in (cleaning.clean_text, cleaning.clean_lines):
            with self.assertRaises(cleaning.CellError) as caught:
                clean("ا" * 40_000)
            self.assertEqual(caught.exception.reason, "long")

    def test_persian_yes_and_no_become_what_odoo_understands(self):
        for yes in ("بله", " بلی", "دارد", "بلي"):
            self.assertEqual(cleaning.clean_boolean(yes), "1")
        for no in ("خیر", "خير ", "نه", "ندارد"):
            self.assertEqual(cleaning.clean_boolean(no), "0")
        self.assertEqual(cleaning.clean_boolean("۱"), "1")
        self.assertEqual(cleaning.clean_boolean("شاید"), "شاید")


class TestImportDates(BaseCase):
    @rule
    @given(days, digit_tables)
    def test_three_spellings_of_a_jalali_day_are_that_day(self, day, table):
        jalali = jdatetime.date.fromgregorian(date=day)
        year, month, number = jalali.year, jalali.month, jalali.day
        for text in (
            f"{year}/{month:02}/{number:02}",
            f"{number} {MONTHS[month - 1]} {year}",
            f"{number:02}-{month:02}-{year}",
        ):
            cell = written(text, table)
            self.assertEqual(cleaning.calendar_of(cell), "jalali", cell)
            self.assertEqual(cleaning.clean_date(cell, "jalali", ()), day, cell)

    @rule
    @given(days, digit_tables, st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%Y.%m.%d"]))
    def test_a_gregorian_year_is_never_taken_for_a_jalali_one(self, day, table, form):
        cell = written(day.strftime(form), table)
        self.assertEqual(cleaning.calendar_of(cell), "gregorian")
        self.assertEqual(cleaning.clean_date(cell, "gregorian", [form]), day)
        with self.assertRaises(cleaning.CellError):
            cleaning.clean_date(cell, "jalali", [form])

    def test_a_date_cell_of_the_spreadsheet_is_never_converted(self):
        for cell, calendar in product(
            (date(2025, 10, 10), datetime(2025, 10, 10, 8)),
            ("jalali", "gregorian", "mixed", None),
        ):
            self.assertIs(cleaning.clean_date(cell, calendar, ()), cell)

    def test_a_date_cell_in_the_year_1404_is_refused_and_not_guessed(self):
        with self.assertRaises(cleaning.CellError) as caught:
            cleaning.clean_date(date(1404, 7, 18), "jalali", ())
        self.assertEqual(caught.exception.reason, "jalali_cell")

    def test_a_column_of_two_calendars_is_told_as_such(self):
        self.assertEqual(
            cleaning.detect_calendar(["1404/07/18", "2025-10-10"]), "mixed"
        )
        self.assertEqual(
            cleaning.detect_calendar(["۱۸ مهر ۱۴۰۴", date(2025, 1, 1)]), "jalali"
        )
        self.assertEqual(cleaning.detect_calendar(["", "10/10/2025"]), "gregorian")
        self.assertIsNone(cleaning.detect_calendar(["04/07/18", ""]))
        with self.assertRaises(cleaning.CellError):
            cleaning.clean_date("1404/07/18", "mixed", ())

    def test_days_that_do_not_exist_are_refused(self):
        for text in ("1403/07/31", "1404/12/30", "۳۱ مهر ۱۴۰۳", "1403/13/01", "18/7"):
            with self.assertRaises(cleaning.CellError):
                cleaning.clean_date(text, "jalali", ())


class TestImportNumbers(BaseCase):
    @rule
    @given(st.integers(-(10**12), 10**12), digit_tables)
    def test_a_grouped_number_keeps_its_value(self, number, table):
        for text in (f"{number}", f"{number:,}", f"{number:,}".replace(",", "٬")):
            self.assertEqual(int(cleaning.clean_number(written(text, table))), number)

    @rule
    @given(st.decimals(-(10**9), 10**9, places=2), digit_tables)
    def test_a_decimal_number_keeps_its_value(self, number, table):
        for text in (f"{number:,}", f"{number}".replace(".", "٫")):
            cleaned = cleaning.clean_number(written(text, table))
            self.assertEqual(float(cleaned), float(number))

    def test_a_number_that_reads_in_two_ways_is_refused(self):
        for text in ("1,5", "12,34,56", "1.2.3,4,5", "۱۲٬۵", "abc", "1/2"):
            with self.assertRaises(cleaning.CellError):
                cleaning.clean_number(text)

    @rule
    @given(st.integers(0, 10**11), digit_tables)
    def test_a_toman_in_a_rial_field_is_ten_rials_however_its_unit_is_told(
        self, toman, table
    ):
        amount = written(f"{toman:,}", table)
        rial = str(toman * 10)
        self.assertEqual(cleaning.clean_money(f"{amount} تومان", "IRR", "IRR"), rial)
        self.assertEqual(cleaning.clean_money(amount, "IRT", "IRR"), rial)
        self.assertEqual(
            cleaning.clean_money(f"{amount} ريال", "IRT", "IRR"), str(toman)
        )

    def test_amounts_in_words_of_size_are_exact(self):
        for text, rial in (
            ("1.2 میلیون تومان", 12_000_000),
            ("۳ ميليارد", 3_000_000_000),
            ("۲۵۰ هزار تومان", 2_500_000),
            ("۱٫۲۵ میلیون تومان", 12_500_000),
        ):
            self.assertEqual(cleaning.clean_money(text, "IRR", "IRR"), str(rial))

    def test_nothing_is_guessed_in_an_amount(self):
        for text, reason in (
            ("12 ریال تومان", "two_units"),
            ("1.250 میلیون تومان", "ambiguous_number"),
            ("1.2E+07", "exponent"),
            ("12.345 تومان", "ambiguous_number"),
            ("1.25 تومان", "remainder"),
            ("حدود ده تومان", "number"),
        ):
            with self.assertRaises(cleaning.CellError, msg=text) as caught:
                cleaning.clean_money(text, "IRR", "IRR")
            self.assertEqual(caught.exception.reason, reason, text)

    def test_a_header_tells_its_unit_and_is_matched_without_it(self):
        self.assertEqual(cleaning.unit_in("مبلغ (تومان)"), "IRT")
        self.assertEqual(cleaning.unit_in("قیمت به ريال"), "IRR")
        self.assertIsNone(cleaning.unit_in("مبلغ (ریال/تومان)"))
        for header in ("مبلغ (تومان)", "مبلغ به تومان", " مبلغ: "):
            self.assertEqual(cleaning.header_key(header), cleaning.header_key("مبلغ"))


class TestImportPhones(BaseCase):
    @rule
    @given(st.integers(0, 10**7 - 1), digit_tables)
    def test_every_spelling_of_a_mobile_number_is_that_number(self, tail, table):
        national = f"912{tail:07}"
        for text in (
            "0" + national, national, "+98" + national, "0098" + national, "98" + national,
            f"0{national[:3]} {national[3:6]} {national[6:]}", f"+98 (0){national}",
        ):  # fmt: skip
            self.assertEqual(
                cleaning.clean_phones(written(text, table)), ["+98" + national]
            )

    def test_two_phones_of_a_cell_keep_their_order(self):
        numbers = ["+989121234567", "+982188776655"]
        for between in (" - ", "/", "،", " و ", "\n"):
            cell = f"0912 123 4567{between}021-88776655"
            self.assertEqual(cleaning.clean_phones(cell), numbers, cell)

    def test_a_mobile_number_of_the_wrong_length_is_refused(self):
        for text in ("0912123456", "09121234567890", "+98912123", "۰۹۱۲-۱۲۳-۴۵"):
            with self.assertRaises(cleaning.CellError):
                cleaning.clean_phones(text)

    def test_what_is_no_number_stays_as_it_is_written(self):
        for text in ("88776655", "021-88776655 داخلی 12", "ندارد"):
            self.assertIn("".join(cleaning.clean_phones(text))[:6], text)

    def test_a_number_that_the_spreadsheet_shortened_is_refused(self):
        with self.assertRaises(cleaning.CellError) as caught:
            cleaning.clean_phones("9.12E+09")
        self.assertEqual(caught.exception.reason, "exponent")


class TestImportFiles(BaseCase):
    def test_windows_1256_is_told_from_other_code_pages(self):
        persian = "نام,شهر\nعلي كريمي پور,تهران\n"
        self.assertEqual(import_files.guess_encoding(persian.encode()), "utf-8")
        self.assertEqual(
            import_files.guess_encoding(persian.encode("cp1256")), "windows-1256"
        )
        for text, encoding in (
            ("Имя,Город\nИван Петров,Москва", "cp1251"),
            ("Müller,Köln,Straße,größte", "cp1252"),
            ("Hélène,Orléans,Noël", "cp1252"),
        ):
            self.assertIsNone(import_files.guess_encoding(text.encode(encoding)), text)

    def test_a_title_above_the_table_is_passed_over_and_data_never_is(self):
        known = {cleaning.header_key(title) for title in ("نام", "موبایل")}
        table = [["نام", "موبایل"], ["علی", "0912"]]
        self.assertEqual(import_files.title_rows([["مشتریان", ""], *table], known), 1)
        self.assertEqual(import_files.title_rows(table, known), 0)
        self.assertEqual(import_files.title_rows([["a", "b"], *table], known), 0)
        self.assertEqual(import_files.title_rows([["a", ""], ["b", ""]], known), 0)

    def test_only_files_with_iranian_traits_are_taken_for_iranian(self):
        for cell in ("علی پور", "09121234567", "1404/07/18", "۱۲"):
            self.assertTrue(cleaning.is_iranian([cell]), cell)
        for cell in ("John", "+14155550123", "2025-10-10", "محمد عبد الله", "1404"):
            self.assertFalse(cleaning.is_iranian([cell]), cell)


class TestImportTable(BaseCase):
    def test_every_row_is_cleaned_or_has_a_problem(self):
        def clean(cell):
            if cell == "bad":
                raise cleaning.CellError("number", value=cell)
            return cell.strip()

        columns = [
            Column(0, "a", "name", "text", clean),
            Column(2, "c", "city", "text", clean),
        ]
        rows = [[" x ", "?", "y"], ["bad", "", "y"], ["", "left out", "  "]]
        table = clean_rows(columns, rows)
        self.assertEqual(table.values, [["x", "y"], ["", "y"], ["", ""]])
        self.assertEqual(
            {row: p[0].reason for row, p in table.problems.items()},
            {1: "number", 2: "empty_row"},
        )
        self.assertEqual(
            [(c.row, c.before, c.after) for c in table.changes()],
            [(0, " x ", "x"), (2, "  ", "")],
        )

    def test_people_with_different_national_codes_are_never_the_same(self):
        people = People()
        household = (("phone", "+989121234567"),)
        people.add(Person(frozenset({("code", "1")}), household), "mother")
        self.assertIsNone(people.find(Person(frozenset({("code", "2")}), household)))
        self.assertEqual(people.find(Person(contacts=household)).other, "mother")
        self.assertEqual(
            people.find(Person(frozenset({("code", "1")}))).other, "mother"
        )
