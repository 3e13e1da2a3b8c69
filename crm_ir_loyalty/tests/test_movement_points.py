from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools.points import LIMIT, exact, part, pay

POINTS = st.integers(0, 10**9).map(lambda number: Decimal(number).scaleb(-4))
quietly = settings(deadline=None, derandomize=True, database=None)


@tagged("post_install", "-at_install")
class TestPoints(BaseCase):
    def test_points_have_four_places_and_halves_go_away_from_zero(self):
        for value, points in {
            0.1 + 0.2: "0.3",
            1 / 3: "0.3333",
            "2.00005": "2.0001",
            -2.00005: "-2.0001",
            1e-9: "0",
            99_999_999_999: "99999999999",
        }.items():
            with self.subTest(value=value):
                self.assertEqual(exact(value), Decimal(points))

    def test_what_is_no_number_is_refused(self):
        for value in ("ten", None, "", float("nan"), float("inf"), LIMIT, -LIMIT):
            with self.subTest(value=value), self.assertRaises(ValueError):
                exact(value)

    def test_three_thirds_are_a_whole(self):
        third = round(1 / 3, 12)
        hundred = Decimal(100)
        self.assertEqual(part(hundred, [third]), Decimal("33.3333"))
        self.assertEqual(part(hundred, [third, third]), Decimal("66.6667"))
        self.assertEqual(part(hundred, [third] * 3), hundred)

    def test_no_share_is_more_than_the_whole(self):
        self.assertEqual(part(Decimal(7), [0.9, 0.9]), Decimal(7))
        self.assertEqual(part(Decimal(7), [0.5, -0.9]), Decimal(0))

    @given(POINTS, st.lists(st.integers(1, 1000), min_size=1, max_size=12))
    @quietly
    def test_returns_in_parts_take_exactly_the_whole(self, points, weights):
        shares = [round(float(Fraction(w, sum(weights))), 12) for w in weights]
        taken = [part(points, shares[:count]) for count in range(len(shares) + 1)]
        self.assertEqual(taken, sorted(taken))
        self.assertEqual(taken[-1], points)

    @given(POINTS, st.lists(POINTS, max_size=8))
    @quietly
    def test_the_first_award_is_used_up_before_the_next(self, points, left):
        draws = pay(points, enumerate(left))
        self.assertEqual(sum(drawn for _, drawn in draws), min(points, sum(left)))
        used = dict(draws)
        for number, drawn in list(used.items())[:-1]:
            self.assertEqual(drawn, left[number])
        # none that was passed over had anything
        passed = [n for n in range(max(used, default=0)) if n not in used]
        self.assertFalse(any(left[number] for number in passed))
