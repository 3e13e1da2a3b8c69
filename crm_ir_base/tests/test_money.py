from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.crm_ir_base.tools.money import (
    NotIranianMoney,
    NotWholeRial,
    in_words,
    rial_to_toman,
    to_whole_rial,
)

PURE = settings(deadline=None, derandomize=True, database=None)
RIALS = st.integers(-(10**18), 10**18)

VALUES = {
    "صفر": 0, "یک": 1, "دو": 2, "سه": 3, "چهار": 4, "پنج": 5, "شش": 6, "هفت": 7,
    "هشت": 8, "نه": 9, "ده": 10, "یازده": 11, "دوازده": 12, "سیزده": 13, "چهارده": 14,
    "پانزده": 15, "شانزده": 16, "هفده": 17, "هجده": 18, "نوزده": 19, "بیست": 20,
    "سی": 30, "چهل": 40, "پنجاه": 50, "شصت": 60, "هفتاد": 70, "هشتاد": 80, "نود": 90,
    "یکصد": 100, "دویست": 200, "سیصد": 300, "چهارصد": 400, "پانصد": 500, "ششصد": 600,
    "هفتصد": 700, "هشتصد": 800, "نهصد": 900,
}  # fmt: skip
SCALES = {"هزار": 10**3, "میلیون": 10**6, "میلیارد": 10**9, "تریلیون": 10**12}


def read_aloud(words):
    """Return the number a Persian listener understands.

    A word of scale multiplies what was said since the last larger one.
    """
    said = []
    for word in words.removeprefix("منفی ").split():
        if word in SCALES:
            scaled = 0
            while said and said[-1] < SCALES[word]:
                scaled += said.pop()
            said.append(scaled * SCALES[word])
        elif word != "و":
            said.append(VALUES[word])
    return -sum(said) if words.startswith("منفی ") else sum(said)


class TestWholeRial(BaseCase):
    def test_every_form_of_an_amount(self):
        for amount, currency, rials in (
            (1250000, "IRR", 1250000),
            (1250000.0, "IRR", 1250000),
            (Decimal("1250000.00"), "IRR", 1250000),
            (-5, "IRT", -50),
            (0.0, "IRT", 0),
            (125000, "IRT", 1250000),
            (12.3, "IRT", 123),
            (Decimal("12.30"), "IRT", 123),
            (0.1 + 0.2, "IRT", 3),
            (1.1 + 2.2, "IRT", 33),
            (987654321012345.0, "IRR", 987654321012345),
            (98765432101234.5, "IRT", 987654321012345),
            (Decimal(f"{10**30 + 1}.5"), "IRT", 10**31 + 15),
        ):
            with self.subTest(amount=amount, currency=currency):
                result = to_whole_rial(amount, currency)
                self.assertEqual(result, rials)
                self.assertIs(type(result), int)

    def test_a_remainder_is_refused_and_the_message_says_what_to_do(self):
        for amount, currency, step in (
            (1234.5, "IRR", "1 IRR"),
            (0.01, "IRR", "1 IRR"),
            (Decimal("0.001"), "IRR", "1 IRR"),
            (999.9999, "IRR", "1 IRR"),
            (12.34, "IRT", "0.1 IRT"),
            (Decimal("1e-30"), "IRT", "0.1 IRT"),
        ):
            with self.subTest(amount=amount, currency=currency):
                with self.assertRaises(NotWholeRial) as refusal:
                    to_whole_rial(amount, currency)
                self.assertEqual(refusal.exception.amount, amount)
                self.assertEqual(refusal.exception.unit, currency)
                self.assertIn(f"to a multiple of {step}.", str(refusal.exception))
                self.assertIsInstance(refusal.exception, ValueError)

    def test_another_currency_is_refused(self):
        with self.assertRaisesRegex(NotIranianMoney, "to IRR or IRT first") as refusal:
            to_whole_rial(100, "USD")
        self.assertEqual(refusal.exception.amount, 100)
        self.assertEqual(refusal.exception.unit, "USD")

    def test_what_is_no_number_is_refused(self):
        for amount in (float("nan"), float("inf"), Decimal("NaN")):
            with self.subTest(amount), self.assertRaises((ValueError, OverflowError)):
                to_whole_rial(amount, "IRR")

    @PURE
    @given(RIALS)
    def test_toman_and_back_loses_no_rial(self, rials):
        self.assertEqual(to_whole_rial(rial_to_toman(rials), "IRT"), rials)

    @PURE
    @given(st.integers(-(10**14), 10**14))
    def test_the_float_of_a_toman_amount_loses_no_rial(self, rials):
        self.assertEqual(to_whole_rial(float(rial_to_toman(rials)), "IRT"), rials)

    @PURE
    @given(st.lists(st.integers(0, 10**6), max_size=30))
    def test_a_float_sum_of_toman_lines_is_the_sum_of_their_rials(self, lines):
        total = sum((rial / 10 for rial in lines), start=0.0)
        self.assertEqual(to_whole_rial(total, "IRT"), sum(lines))

    def test_toman_of_rial(self):
        self.assertEqual(rial_to_toman(12345), Decimal("1234.5"))
        self.assertEqual(str(rial_to_toman(-1000000)), "-100000")


class TestWords(BaseCase):
    def test_amounts_as_a_cheque_writes_them(self):
        for amount, words in (
            (0, "صفر ریال"),
            (1, "یک ریال"),
            (11, "یازده ریال"),
            (18, "هجده ریال"),
            (100, "یکصد ریال"),
            (110, "یکصد و ده ریال"),
            (999, "نهصد و نود و نه ریال"),
            (1000, "یک هزار ریال"),
            (1001, "یک هزار و یک ریال"),
            (21000, "بیست و یک هزار ریال"),
            (100000, "یکصد هزار ریال"),
            (1200000, "یک میلیون و دویست هزار ریال"),
            (1000001, "یک میلیون و یک ریال"),
            (-350000, "منفی سیصد و پنجاه هزار ریال"),
            (2516000000, "دو میلیارد و پانصد و شانزده میلیون ریال"),
            (10**12, "یک تریلیون ریال"),
            (10**15, "یک هزار تریلیون ریال"),
            (10**18, "یک میلیون تریلیون ریال"),
            (10**18 + 7, "یک میلیون تریلیون و هفت ریال"),
        ):
            with self.subTest(amount):
                self.assertEqual(in_words(amount, "ریال"), words)
        self.assertEqual(in_words(25000, "تومان"), "بیست و پنج هزار تومان")

    @PURE
    @given(RIALS)
    def test_a_listener_understands_the_same_amount(self, amount):
        words = in_words(amount, "ریال")
        self.assertTrue(words.endswith(" ریال"))
        self.assertEqual(read_aloud(words.removesuffix(" ریال")), amount)

    @PURE
    @given(st.integers(0, 18), st.integers(1, 999))
    def test_round_amounts_are_understood(self, power, count):
        amount = min(count * 10**power, 10**18)
        self.assertEqual(read_aloud(in_words(amount, "").strip()), amount)
