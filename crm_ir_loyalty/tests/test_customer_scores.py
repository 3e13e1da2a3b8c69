import random
from collections import defaultdict
from datetime import datetime, timedelta

from freezegun import freeze_time
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools.segments import GRID, SEGMENTS, segment
from .customer_common import TODAY, CustomerCase, ago

SCORES = ("recency_score", "frequency_score", "monetary_score")
PURCHASES = st.lists(
    st.tuples(
        st.integers(0, 7),
        st.integers(0, 40).map(ago),
        st.integers(-3, 9).map(lambda thousands: 1000 * thousands),
    ),
    max_size=40,
)
EXAMPLES = settings(
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=40,
    # a busy machine is no reason to fail
    suppress_health_check=[HealthCheck.too_slow],
)


def expected(rows):
    """Recency, frequency, amount and scores by customer: the definition, in Python."""
    days, amounts = defaultdict(set), defaultdict(int)
    for who, day, amount in rows:
        if day <= TODAY:
            amounts[who] += amount
            if amount >= 0:
                days[who].add(day)
    values = {
        who: ((TODAY - max(bought)).days, len(bought), amounts[who])
        for who, bought in days.items()
    }
    scores = []
    for column in zip(*values.values(), strict=True):
        ordered = sorted(column)
        # the smallest value whose share of all is at least that of the bound
        bounds = [ordered[-(-fifth * len(ordered) // 5) - 1] for fifth in range(1, 5)]
        scores.append([1 + sum(bound < value for bound in bounds) for value in column])
    if not scores:
        return {}
    recency, frequency, monetary = scores
    return {
        who: (*values[who], 6 - r, f, m)
        for who, r, f, m in zip(values, recency, frequency, monetary, strict=True)
    }


class TestSegments(BaseCase):
    def test_the_grid_names_each_of_the_25_cells_and_no_other(self):
        self.assertEqual([len(row) for row in GRID], [5] * 5)
        self.assertEqual({name for row in GRID for name in row}, set(SEGMENTS))
        for recency, frequency in ((0, 1), (6, 1), (1, 0), (1, 6)):
            with self.assertRaises(IndexError):
                segment(recency, frequency)

    def test_the_grid_is_the_published_one(self):
        published = {
            "champions": {(5, 4), (5, 5)},
            "loyal": {(3, 4), (3, 5), (4, 4), (4, 5)},
            "potential_loyalist": {(4, 2), (4, 3), (5, 2), (5, 3)},
            "new": {(5, 1)},
            "promising": {(4, 1)},
            "need_attention": {(3, 3)},
            "about_to_sleep": {(3, 1), (3, 2)},
            "at_risk": {(1, 3), (1, 4), (2, 3), (2, 4)},
            "cant_lose": {(1, 5), (2, 5)},
            "hibernating": {(1, 1), (1, 2), (2, 1), (2, 2)},
        }
        for name, cells in published.items():
            self.assertEqual({segment(*cell) for cell in cells}, {name})
        self.assertEqual(sum(map(len, published.values())), 25)


@tagged("post_install", "-at_install")
class TestCustomerScores(CustomerCase):
    def scores(self):
        return self.columns(*SCORES)

    def score(self, rows):
        self.bought(*rows)
        self.refresh()
        return self.scores()

    def test_scores_are_the_definition_on_random_purchases_with_many_ties(self):
        chance = random.Random(7)
        for _round in range(10):
            rows = [
                (
                    chance.randrange(30),
                    ago(chance.choice((0, 1, 5, 5, 5, 30, 90, 400))),
                    chance.choice((-500, 0, 100, 100, 100, 2500, 10**12)),
                )
                for _number in range(chance.randrange(1, 150))
            ]
            self.bought(*rows)
            self.refresh()
            found = self.columns("last_purchase", "frequency", "monetary", *SCORES)
            self.assertEqual(
                {
                    who: ((TODAY - last).days, *others)
                    for who, (last, *others) in found.items()
                },
                expected(rows),
            )

    def test_equal_customers_have_equal_scores(self):
        scores = self.score([(who, ago(9), 100) for who in range(30)])
        self.assertEqual(set(scores.values()), {(5, 1, 1)})

    def test_five_different_customers_have_five_scores(self):
        # more recent, more often and dearer from each one to the next
        scores = self.score(
            [
                (who, ago(50 - 10 * who + day), 100)
                for who in range(5)
                for day in range(who + 1)
            ]
        )
        self.assertEqual(scores, {who: (who + 1, who + 1, who + 1) for who in range(5)})

    def test_the_bounds_of_a_run_can_be_read(self):
        self.bought(*[(who, ago(who), 100 * (who + 1)) for who in range(5)])
        self.assertEqual(
            self.refresh(),
            {"r": [0, 1, 2, 3], "f": [1, 1, 1, 1], "m": [100, 200, 300, 400]},
        )

    def test_nobody_bought(self):
        self.assertIsNone(self.refresh())
        self.assertFalse(self.scores())

    def test_what_lies_after_the_reference_day_is_left_out(self):
        self.bought((0, TODAY, 100), (0, ago(-1), 900), (1, ago(-1), 900))
        self.refresh()
        self.assertEqual(
            self.columns("last_purchase", "frequency", "monetary"),
            {0: (TODAY, 1, 100)},
        )

    def test_a_return_lowers_the_amount_and_is_no_purchase(self):
        self.bought((0, ago(9), 500), (0, ago(5), -200), (1, ago(3), -50))
        self.refresh()
        self.assertEqual(
            self.columns("first_purchase", "last_purchase", "frequency", "monetary"),
            {0: (ago(9), ago(9), 1, 300)},
        )

    def test_a_purchase_day_stays_one_whatever_comes_back_on_it(self):
        self.bought((0, ago(9), 500), (0, ago(5), 100), (0, ago(5), -400))
        self.refresh()
        self.assertEqual(self.columns("frequency", "monetary"), {0: (2, 200)})

    def test_two_purchases_on_one_day_are_one_purchase_day(self):
        self.bought((0, ago(9), 500), (0, ago(9), 100), (0, ago(3), 0))
        self.refresh()
        self.assertEqual(self.columns("frequency", "usual_gap"), {0: (2, 6)})

    def test_the_trend_compares_two_times_ninety_days(self):
        self.bought(
            (0, TODAY, 1), (0, ago(89), 2), (0, ago(90), 4), (0, ago(179), 8),
            (0, ago(180), 16), (0, ago(20), -32), (0, ago(-1), 64),
            (1, ago(300), 5),
        )  # fmt: skip
        self.refresh()
        rows = self.row(0) + self.row(1)
        with freeze_time(datetime(TODAY.year, TODAY.month, TODAY.day, 8)):
            self.assertEqual(
                [(row.recent_monetary, row.previous_monetary) for row in rows],
                [(-29, 12), (0, 0)],
            )

    def test_amounts_of_a_thousand_billion_rials_stay_exact(self):
        self.bought((0, ago(2), 10**15 + 1), (0, ago(1), 10**15 + 2))
        self.refresh()
        self.assertEqual(self.row(0).monetary, 2 * 10**15 + 3)

    def test_a_customer_who_is_gone_from_the_purchases_is_gone(self):
        self.bought((0, ago(2), 10), (1, ago(2), 10))
        self.refresh()
        self.bought((1, ago(2), 10))
        self.refresh()
        self.assertFalse(self.row(0))
        self.assertTrue(self.row(1))

    def test_a_run_that_finds_nothing_new_writes_nothing(self):
        self.bought(*[(who, ago(who), 100 * who) for who in range(9)])
        self.refresh()
        before = self._versions()
        self.refresh()
        self.assertEqual(self._versions(), before)

    def _versions(self):
        self.env.cr.execute("SELECT ctid, id FROM crm_ir_customer_stat ORDER BY id")
        return self.env.cr.fetchall()

    @given(PURCHASES)
    @EXAMPLES
    def test_each_customer_is_in_exactly_one_segment(self, rows):
        self.bought(*rows)
        self.refresh()
        found = self.columns("segment", "recency_score", "frequency_score")
        self.assertEqual(set(found), {who for who, _day, amount in rows if amount >= 0})
        for name, recency, frequency in found.values():
            self.assertEqual(name, segment(recency, frequency))

    @given(PURCHASES)
    @EXAMPLES
    def test_the_unit_of_money_leaves_all_scores(self, rows):
        in_toman = self.score(rows)
        in_rial = self.score([(who, day, 10 * amount) for who, day, amount in rows])
        self.assertEqual(in_rial, in_toman)

    @given(PURCHASES, st.integers(0, 7), st.integers(0, 40), st.integers(1, 9))
    @EXAMPLES
    def test_a_return_raises_nothing(self, rows, who, days, amount):
        self.bought(*rows)
        self.refresh()
        before = self.columns("frequency", "monetary").get(who, (0, 0))
        self.bought(*rows, (who, ago(days), -amount))
        self.refresh()
        after = self.columns("frequency", "monetary").get(who, (0, 0))
        self.assertEqual(after[0], before[0])
        self.assertLessEqual(after[1], before[1])

    @given(PURCHASES, st.integers(0, 7), st.integers(0, 40), st.integers(0, 9))
    @EXAMPLES
    def test_a_purchase_never_lowers_the_scores_of_its_customer(
        self, rows, who, days, amount
    ):
        before = self.score(rows)
        after = self.score([*rows, (who, TODAY - timedelta(days), amount)])
        if who in before:
            for old, new in zip(before[who], after[who], strict=True):
                self.assertGreaterEqual(new, old)
