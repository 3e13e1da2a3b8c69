import random
from itertools import accumulate

from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.exceptions import (
    InvalidChecksum,
    InvalidComponent,
    InvalidFormat,
    InvalidLength,
    ValidationError,
)

from odoo.tests import BaseCase

from odoo.addons.crm_ir_base.tools.identity import (
    card,
    civil_partnership_id,
    economic_code,
    foreign_code,
    legal_id,
    national_code,
    postal_code,
    sheba,
)

PURE = settings(deadline=None, derandomize=True, database=None)

PUBLISHED = {
    national_code: (
        "0499370899 0790419904 0084575948 0963695398 0684159414 0067749828 1583250689"
        " 4400276201 2540201288"
    ),
    legal_id: (
        "10380284790 14003778990 10100302746 10320296185 14007650912 14008430838"
        " 10840096498 14002861227"
    ),
    sheba: (
        "IR820540102680020817909002 IR550570022080013447370101"
        " IR160120000000001234567890 IR490170000000001234567890"
        " IR930560000000001234567890 IR220570000000001234567890"
        " IR030600000000001234567890"
    ),
    card: (
        "6037701689095443 6219861034529007 6104331234567890 6037991234567893"
        " 6219861234567898 5022291234567897"
    ),
}
PUBLISHED_INVALID = {
    national_code: "7731689951 1234567890 0000000000 0010000000",
    legal_id: "10380284792 10380285692 09748208301",
    sheba: "IR012345678901234567890123",
    card: "6219861034529008",
}


# The check digits again, by other formulas than the modules use.


def make_national_code(draw, prefix=None):
    office = f"{draw(1000):03}" if prefix is None else prefix
    head = f"{office}{1 + draw(999999):06}"
    digits = [int(n) for n in head]
    total = sum(accumulate(digits)) + sum(digits)  # weights 10 to 2
    fitting = [n for n in range(10) if (total + n) % 11 == 0]
    number = f"{head}{fitting[0] if fitting else total % 11}"
    return number if len(set(number)) > 1 else make_national_code(draw, prefix)


def make_legal_id(draw):
    head = f"{draw(1000):03}{1 + draw(999999):06}{draw(10)}"
    # the weights mod 11, and the raise out of the sum: 230 times it is its negative
    weights = (7, 5, 1, 8, 6) * 2
    total = sum(int(n) * weight for n, weight in zip(head, weights, strict=True))
    remainder = (total - int(head[9]) - 2) % 11
    return f"{head}{0 if remainder == 10 else remainder}"


def make_sheba(draw):
    account = f"{draw(10**22):022}"
    return f"IR{98 - int(f'{account}182700') % 97:02}{account}"


def make_card(draw):
    head = f"{1 + draw(10**15 - 1):015}"
    doubled = head[::2].translate(str.maketrans("0123456789", "0246813579"))
    number = f"{head}{-sum(map(int, doubled + head[1::2])) % 10}"
    return number if len(set(number)) > 1 else make_card(draw)


MAKERS = {
    national_code: make_national_code,
    legal_id: make_legal_id,
    sheba: make_sheba,
    card: make_card,
}
LENGTHS = {
    civil_partnership_id: (11,),
    economic_code: (11, 14),
    foreign_code: tuple(range(8, 14)),
    postal_code: (10,),
}


def generated(module, count=500):
    draw = random.Random(19).randrange
    return [MAKERS[module](draw) for _ in range(count)]


def valid_numbers():
    """Strategy of (module, compact number)."""

    def checked(module):
        return st.randoms(use_true_random=False).map(
            lambda source: (module, MAKERS[module](source.randrange))
        )

    def counted(module, length):
        return st.tuples(
            st.just(module),
            st.from_regex(f"[1-9]0[0-9]{{{length - 2}}}", fullmatch=True),
        )

    return st.one_of(
        *map(checked, MAKERS),
        *(
            counted(module, length)
            for module, lengths in LENGTHS.items()
            for length in lengths
        ),
    )


class TestCheckDigits(BaseCase):
    def test_rejecting_a_valid_number_never_happens(self):
        for module, published in PUBLISHED.items():
            for number in published.split() + generated(module):
                with self.subTest(module=module.__name__, number=number):
                    self.assertEqual(module.validate(number), number)
                    self.assertTrue(module.is_valid(number))

    def test_published_invalid_numbers_are_refused(self):
        for module, published in PUBLISHED_INVALID.items():
            for number in published.split():
                with self.subTest(module=module.__name__, number=number):
                    self.assertFalse(module.is_valid(number))
                    self.assertRaises(ValidationError, module.validate, number)

    def test_a_wrong_check_digit_is_always_caught(self):
        for module in (national_code, legal_id, card):
            for number in generated(module, 200):
                for digit in set("0123456789") - {number[-1]}:
                    wrong = number[:-1] + digit
                    with self.subTest(module=module.__name__, number=wrong):
                        self.assertRaises(
                            (InvalidChecksum, InvalidComponent), module.validate, wrong
                        )

    def test_any_one_wrong_digit_is_caught_where_the_algorithm_can(self):
        for module in (sheba, card):
            for number in generated(module, 200):
                for place in range(len(number)):
                    if number[place].isdigit():
                        digit = str((int(number[place]) + 1 + place % 9) % 10)
                        wrong = number[:place] + digit + number[place + 1 :]
                        with self.subTest(module=module.__name__, number=wrong):
                            self.assertRaises(InvalidChecksum, module.validate, wrong)

    def test_citizens_of_every_office_are_accepted(self):
        draw = random.Random(19).randrange
        for prefix in range(1000):
            number = make_national_code(draw, f"{prefix:03}")
            with self.subTest(number):
                self.assertTrue(national_code.is_valid(number))


class TestWriting(BaseCase):
    @PURE
    @given(valid_numbers(), st.data())
    def test_any_digits_and_separators_are_accepted(self, valid, data):
        module, number = valid
        separators = st.sampled_from(["", "", "", *" -–/._\u200c\u200e\u202a\u00a0"])
        zeros = st.sampled_from("0۰٠")
        written = "".join(
            data.draw(separators)
            + (chr(ord(data.draw(zeros)) + int(sign)) if sign.isdigit() else sign)
            for sign in number[:-1]
        )
        self.assertEqual(module.validate(f" {written}{number[-1]}\u200f\n"), number)

    @PURE
    @given(valid_numbers())
    def test_a_shown_number_can_be_typed_back(self, valid):
        module, number = valid
        shown = module.format(number)
        self.assertEqual(module.compact(shown), number)
        self.assertEqual(module.format(shown), shown)

    def test_numbers_are_shown_in_their_usual_groups(self):
        self.assertEqual(national_code.format("0499370899"), "049-937089-9")
        self.assertEqual(legal_id.format("10380284790"), "103-802847-90")
        self.assertEqual(economic_code.format("10380284790"), "103-802847-90")
        self.assertEqual(economic_code.format("04993708990001"), "0499370899-0001")
        self.assertEqual(foreign_code.format("123456789012"), "1234-5678-9012")
        self.assertEqual(foreign_code.format("12345678"), "1234-5678")
        self.assertEqual(postal_code.format("۱۱۳۶۹۱۴۸۱۱"), "11369-14811")
        self.assertEqual(card.format("6037991234567893"), "6037-9912-3456-7893")
        self.assertEqual(
            sheba.format("820540102680020817909002"), "IR82 0540 1026 8002 0817 9090 02"
        )

    @PURE
    @given(st.sampled_from([*MAKERS, *LENGTHS]), st.text())
    def test_garbage_is_refused_as_an_invalid_number(self, module, garbage):
        if not any(sign.isdecimal() for sign in garbage):
            self.assertRaises(ValidationError, module.validate, garbage)
            self.assertFalse(module.is_valid(garbage))
        module.format(garbage)

    def test_letters_are_not_dropped(self):
        for module, published in PUBLISHED.items():
            number = published.split()[0]
            for wrong in (f"{number}A", f"{number}ب", f"{number[:5]}O{number[6:]}"):
                with self.subTest(module=module.__name__, number=wrong):
                    self.assertRaises(InvalidFormat, module.validate, wrong)


class TestNationalCode(BaseCase):
    def test_zeros_lost_in_a_spreadsheet_come_back(self):
        self.assertEqual(national_code.validate("499370899"), "0499370899")
        self.assertEqual(national_code.validate("84575948"), "0084575948")
        self.assertEqual(national_code.validate("84575948.0"), "0084575948")
        self.assertEqual(national_code.validate("1583250689.0"), "1583250689")
        self.assertRaises(InvalidLength, national_code.validate, "8457594")
        self.assertRaises(InvalidLength, national_code.validate, "00499370899")

    def test_repeated_digits_are_refused_though_their_check_digit_fits(self):
        for digit in "0123456789":
            self.assertRaises(InvalidComponent, national_code.validate, digit * 10)

    def test_a_code_of_nobody_is_refused_though_its_check_digit_fits(self):
        self.assertRaises(InvalidComponent, national_code.validate, "1000000001")
        self.assertRaises(InvalidComponent, national_code.validate, "0010000003")


class TestLegalId(BaseCase):
    def test_an_id_of_nobody_is_refused_though_its_check_digit_fits(self):
        self.assertRaises(InvalidComponent, legal_id.validate, "10000000005")


class TestEconomicCode(BaseCase):
    def test_the_code_of_each_kind_of_taxpayer(self):
        for number in (
            "10380284790",
            "14003778990",
            "04993708990001",
            "12345678901234",
        ):
            self.assertEqual(economic_code.validate(number), number)

    def test_the_old_code_is_told_apart(self):
        with self.assertRaisesRegex(economic_code.OldEconomicCode, "old system"):
            economic_code.validate("۴۱۱۱ ۱۱۱۱ ۲۳۴۵")
        for number in ("1234567890", "1234567890123", "123456789012345"):
            with self.assertRaises(InvalidLength) as refusal:
                economic_code.validate(number)
            self.assertNotIsInstance(refusal.exception, economic_code.OldEconomicCode)


class TestNumbersOfKnownLength(BaseCase):
    def test_every_other_length_is_refused(self):
        for module, lengths in LENGTHS.items():
            for length in range(1, 20):
                number = "1020304050607080900"[:length]
                with self.subTest(module=module.__name__, number=number):
                    self.assertEqual(module.is_valid(number), length in lengths)

    def test_a_postal_code_of_one_digit_is_refused(self):
        self.assertRaises(InvalidComponent, postal_code.validate, "1111111111")


class TestSheba(BaseCase):
    def test_with_and_without_country(self):
        for number in (
            "820540102680020817909002",
            "ir82 0540 1026 8002 0817 9090 02",
            "IR-82-0540102680020817909002",
            "۸۲۰۵۴۰۱۰۲۶۸۰۰۲۰۸۱۷۹۰۹۰۰۲",
        ):
            self.assertEqual(sheba.validate(number), "IR820540102680020817909002")

    def test_the_bank_is_read_from_it(self):
        self.assertEqual(sheba.bank_code("IR490170000000001234567890"), "017")
        self.assertEqual(sheba.bank_code("16 0120 0000 0000 0123 4567 890"), "012")

    def test_what_else_is_refused(self):
        self.assertRaises(InvalidLength, sheba.validate, "IR82054010268002081790900")
        self.assertRaises(InvalidLength, sheba.validate, "82054010268002081790900")
        self.assertRaises(
            InvalidComponent, sheba.validate, "XX820540102680020817909002"
        )


class TestCard(BaseCase):
    def test_a_masked_number_shows_the_bank_and_the_end_only(self):
        self.assertEqual(card.mask("6037-9912-3456-3893"), "603799******3893")
        for length in range(20):
            shown = card.mask("1234567890123456789"[:length]).replace("*", "")
            self.assertNotIn("7", shown[6:].replace("3456", ""))

    def test_the_prefix_names_the_bank(self):
        self.assertEqual(card.prefix("۶۰۳۷ ۹۹۱۲ ۳۴۵۶ ۷۸۹۳"), "603799")

    def test_a_placeholder_is_refused(self):
        for number in ("0000000000000000", "8888 8888 8888 8888"):
            self.assertRaises(InvalidComponent, card.validate, number)
