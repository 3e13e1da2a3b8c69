from hypothesis import example, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.crm_ir_base.tools.phone import kind, split_numbers, to_e164

PURE = settings(deadline=None, derandomize=True, database=None)

MOBILE = (
    "09121234567",
    "9121234567",
    "989121234567",
    "00989121234567",
    "+989121234567",
    "+98 912 123 4567",
    "+98 (0)912 123 4567",
    "+98(0)9121234567",
    "+9809121234567",
    "009809121234567",
    "9809121234567",
    "0098 912 1234567",
    "0912 123 4567",
    "0912-123-4567",
    "0912.123.4567",
    "0912/1234567",
    "(0912) 123 45 67",
    "0912–123–4567",
    "0912\u2010123\u20104567",
    "0912\u00a0123\u00a04567",
    "0 9 1 2 1 2 3 4 5 6 7",
    "۰۹۱۲۱۲۳۴۵۶۷",
    "٠٩١٢١٢٣٤٥٦٧",
    "۰۹۱۲ ۱۲۳ ۴۵۶۷",
    "۰۹۱۲-١٢٣-4567",
    "+۹۸۹۱۲۱۲۳۴۵۶۷",
    "۰۰۹۸۹۱۲۱۲۳۴۵۶۷",
    "\u200e09121234567\u200f",
    "\u202a+98 912 123 4567\u202c",
    "\u206609121234567\u2069",
    "\ufeff09121234567\u200b",
    "0912\u200c1234567",
    "0912ـ123ـ4567",
    "  09121234567\n",
)
LANDLINE = (
    "02188776655",
    "2188776655",
    "021-88776655",
    "021/88776655",
    "(021) 88776655",
    "(021)8877-6655",
    "021 8877 6655",
    "+982188776655",
    "+98 21 8877 6655",
    "+98 (0)21 88776655",
    "982188776655",
    "00982188776655",
    "۰۲۱۸۸۷۷۶۶۵۵",
    "۰۲۱-۸۸۷۷۶۶۵۵",
    "(۰۲۱) ۸۸۷۷ ۶۶۵۵",
    "\u200f٠٢١ ٨٨٧٧٦٦٥٥",
)


class TestE164(BaseCase):
    def test_every_spelling_of_a_mobile_is_one_number(self):
        for raw in MOBILE:
            with self.subTest(raw):
                self.assertEqual(to_e164(raw), "+989121234567")

    def test_every_spelling_of_a_landline_is_one_number(self):
        for raw in LANDLINE:
            with self.subTest(raw):
                self.assertEqual(to_e164(raw), "+982188776655")

    def test_landlines_of_the_provinces(self):
        self.assertEqual(to_e164("031-36612345"), "+983136612345")
        self.assertEqual(to_e164("۰۵۱ ۳۸۸۸ ۴۴۴۴"), "+985138884444")

    def test_numbers_of_other_countries(self):
        self.assertEqual(to_e164("+1 202-555-0123"), "+12025550123")
        self.assertEqual(to_e164("0049 30 901820"), "+4930901820")
        self.assertEqual(to_e164("0532 123 45 67", "TR"), "+905321234567")
        self.assertEqual(to_e164("+98 912 123 4567", "TR"), "+989121234567")

    @PURE
    @given(st.from_regex(r"9[0-9]{9}", fullmatch=True))
    def test_every_mobile_is_accepted_whoever_the_operator(self, number):
        for start in ("0", "", "98", "0098", "+98", "+98 (0)"):
            self.assertEqual(to_e164(start + number), f"+98{number}")
        self.assertEqual(kind(f"+98{number}"), "mobile")

    @PURE
    @given(st.one_of(st.text(), st.text("0123456789۰۹٠+-()/. \u200c\u200f*#,;xعلی")))
    @example("+" * 300)
    @example("1" * 300)
    @example("\0")
    def test_any_text_gives_a_number_or_none(self, raw):
        e164 = to_e164(raw)
        if e164 is not None:
            self.assertRegex(e164, r"\A\+[1-9][0-9]{3,14}\Z")
            self.assertEqual(to_e164(e164), e164)
        self.assertIn(kind(raw), ("mobile", "landline", None))

    def test_garbage_is_no_number(self):
        for raw in (
            None, "", " ", "-", "+", "ندارد", "110", "123", "1234567890", "88776655",
            "0912123456", "091212345678", "+98", "00000000000", "info@example.com",
            "*780#", "09121234567.09351234567", "1404/07/05", "۱۲۵۰۰۰۰",
        ):  # fmt: skip
            with self.subTest(raw):
                self.assertIsNone(to_e164(raw))

    def test_what_stands_beside_a_number_is_not_lost(self):
        for raw in (
            "021-88776655 داخلی 12", "021-88776655 ext. 12", "09121234567 (علی)",
            "0912ABCDEFG", "02188776655-6",
        ):  # fmt: skip
            with self.subTest(raw):
                self.assertIsNone(to_e164(raw))


class TestKind(BaseCase):
    def test_kinds(self):
        for e164, expected in (
            ("+989121234567", "mobile"),
            ("+989951234567", "mobile"),
            ("+982188776655", "landline"),
            ("+983136612345", "landline"),
            ("+905321234567", "mobile"),
            ("+4930901820", "landline"),
            ("+12025550123", None),
            ("", None),
            ("ندارد", None),
        ):
            with self.subTest(e164):
                self.assertEqual(kind(e164), expected)


class TestSeveralNumbers(BaseCase):
    def test_cells_as_people_fill_them(self):
        for cell, numbers in (
            ("09121234567 / 02188776655", ["09121234567", "02188776655"]),
            ("09121234567-09351234567", ["09121234567", "09351234567"]),
            ("0912-123-4567-0935-123-4567", ["0912-123-4567", "0935-123-4567"]),
            ("0912 123 4567 021 8877 6655", ["0912 123 4567", "021 8877 6655"]),
            ("09121234567 و 09351234567", ["09121234567", "09351234567"]),
            ("۰۹۱۲۱۲۳۴۵۶۷و۰۹۳۵۱۲۳۴۵۶۷", ["۰۹۱۲۱۲۳۴۵۶۷", "۰۹۳۵۱۲۳۴۵۶۷"]),
            ("09121234567 یا 09351234567", ["09121234567", "09351234567"]),
            ("09121234567\n021-88776655", ["09121234567", "021-88776655"]),
            ("09121234567،09351234567", ["09121234567", "09351234567"]),
            ("09121234567, 09351234567; 02188776655",
             ["09121234567", "09351234567", "02188776655"]),
            ("+98 912 123 4567 / +98 (0)21 88776655",
             ["+98 912 123 4567", "+98 (0)21 88776655"]),
            ("021-88776655 – 0912-123-4567", ["021-88776655", "0912-123-4567"]),
            ("(021) 88776655 / (021) 88776656", ["(021) 88776655", "(021) 88776656"]),
            ("021/88776655", ["021/88776655"]),
            ("", []),
            (" \n, ", []),
        ):  # fmt: skip
            with self.subTest(cell):
                self.assertEqual(split_numbers(cell), numbers)

    def test_one_number_is_never_broken(self):
        for raw in MOBILE + LANDLINE:
            with self.subTest(raw):
                self.assertEqual(split_numbers(raw), [raw.strip()])

    def test_what_cannot_be_read_is_kept_whole(self):
        for cell in (
            "021-88776655-6",
            "88776655",
            "موبایل علی 09121234567",
            "021-88776655 داخلی 2",
        ):
            with self.subTest(cell):
                self.assertEqual(split_numbers(cell), [cell])
        self.assertEqual(
            split_numbers("09121234567، ندارد، 021-88776655-6"),
            ["09121234567", "ندارد", "021-88776655-6"],
        )

    @PURE
    @given(
        st.lists(st.sampled_from(MOBILE + LANDLINE), min_size=1, max_size=5),
        st.sampled_from([" / ", "\n", "، ", ",", " و ", "؛", " | ", " - "]),
    )
    def test_as_many_numbers_as_were_written(self, numbers, separator):
        found = split_numbers(separator.join(numbers))
        self.assertEqual([to_e164(n) for n in found], [to_e164(n) for n in numbers])

    @PURE
    @given(st.text("0123456789+-()/. ,\nوabعلی"))
    def test_no_digit_and_no_name_is_lost(self, cell):
        kept = "".join(split_numbers(cell))
        self.assertEqual(
            [sign for sign in kept if sign.isdigit()],
            [sign for sign in cell if sign.isdigit()],
        )
        for sign in "abعلی":
            self.assertEqual(kept.count(sign), cell.count(sign))
