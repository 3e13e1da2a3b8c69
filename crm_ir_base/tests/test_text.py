import json
import unicodedata
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.crm_ir_base.tools import text

VECTORS = json.loads(
    (Path(__file__).parent / "vectors" / "text.json").read_text("utf-8")
)
PURE = settings(deadline=None, derandomize=True, database=None)

LETTERS = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیءأإؤئۀةيىك"
MARKS = "\u064b\u064e\u0650\u0651\u0652\u0653\u0654\u0655\u0670"
INVISIBLES = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u2067\u2069\ufeff"
DIGITS = "0123456789۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩"
persian_texts = st.text(LETTERS + MARKS + INVISIBLES + DIGITS + " \u00a0\u0640ﻋﻠﻲﻻa.-")
any_texts = st.one_of(persian_texts, st.text())
latin_texts = st.text(
    st.characters(
        max_codepoint=0x24F, blacklist_characters="\u00ad", blacklist_categories=["Cc"]
    )
)


class TestSearchSpelling(BaseCase):
    def test_shared_cases(self):
        cases = [case for case in VECTORS if "search" in case]
        self.assertGreater(len(cases), 40)
        for case in cases:
            with self.subTest(case["in"]):
                self.assertEqual(text.normalize(case["in"]), case["search"])

    @PURE
    @given(any_texts)
    def test_a_second_time_changes_nothing(self, value):
        once = text.normalize(value)
        self.assertEqual(text.normalize(once), once)

    @PURE
    @given(persian_texts)
    def test_composed_and_decomposed_letters_are_found_alike(self, value):
        composed = unicodedata.normalize("NFC", value)
        decomposed = unicodedata.normalize("NFD", value)
        self.assertEqual(text.normalize(composed), text.normalize(decomposed))

    @PURE
    @given(latin_texts)
    def test_latin_text_is_left_alone(self, value):
        self.assertEqual(text.normalize(value), value)
        decomposed = unicodedata.normalize("NFD", value)
        self.assertEqual(text.normalize(decomposed), decomposed)

    @PURE
    @given(any_texts)
    def test_a_record_is_found_after_its_text_was_cleaned(self, value):
        written = text.clean(value)
        searched = text.clean(value.replace("ی", "ي").replace("ک", "ك"))
        self.assertEqual(text.normalize(written), text.normalize(searched))

    def test_wildcards_of_a_search_keep_their_meaning(self):
        self.assertEqual(text.normalize("%عل_\\%"), "%عل_\\%")


class TestStoredText(BaseCase):
    def test_shared_cases(self):
        cases = [case for case in VECTORS if "clean" in case]
        self.assertGreater(len(cases), 35)
        for case in cases:
            with self.subTest(case["in"]):
                self.assertEqual(text.clean(case["in"]), case["clean"])

    @PURE
    @given(any_texts)
    def test_a_second_time_changes_nothing(self, value):
        once = text.clean(value)
        self.assertEqual(text.clean(once), once)

    @PURE
    @given(any_texts)
    def test_postgresql_can_store_it_and_nobody_sees_stray_blanks(self, value):
        cleaned = text.clean(value)
        self.assertNotIn("\0", cleaned)
        self.assertNotIn("  ", cleaned)
        self.assertEqual(cleaned, cleaned.strip())
        self.assertNotRegex(cleaned, "\u200c[\\s\u200c]|\\s\u200c")

    @PURE
    @given(st.text(LETTERS + " " + DIGITS))
    def test_no_letter_or_digit_of_a_name_is_lost(self, value):
        persian = value.translate(str.maketrans("يىك", "ییک"))
        self.assertEqual(text.clean(value).split(), persian.split())


class TestLatinDigits(BaseCase):
    def test_both_digit_systems_and_their_signs(self):
        self.assertEqual(text.to_latin_digits("۰۱۲۳۴۵۶۷۸۹"), "0123456789")
        self.assertEqual(text.to_latin_digits("٠١٢٣٤٥٦٧٨٩"), "0123456789")
        self.assertEqual(text.to_latin_digits("۱٬۲۵۰٬۰۰۰٫۵"), "1,250,000.5")
        self.assertEqual(text.to_latin_digits("۱۴۰۴／۰۷／٠٥"), "1404/07/05")

    @PURE
    @given(st.integers())
    def test_the_value_of_a_number_stays(self, value):
        for zero in "۰٠":
            written = "".join(
                chr(ord(zero) + int(sign)) if sign.isdigit() else sign
                for sign in str(value)
            )
            self.assertEqual(int(text.to_latin_digits(written)), value)
