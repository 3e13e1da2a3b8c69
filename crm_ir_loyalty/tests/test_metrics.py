from itertools import combinations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.crm_ir_loyalty.tools.metrics import (
    auc,
    brier,
    captured,
    mae,
    top_decile_lift,
    wilson,
)

rule = settings(deadline=None, derandomize=True, database=None)

judged = st.lists(st.tuples(st.integers(0, 9), st.booleans()), max_size=40)


class TestMetrics(BaseCase):
    def test_auc_of_known_orders(self):
        self.assertEqual(auc([1, 2, 3, 4], [0, 0, 1, 1]), 1)
        self.assertEqual(auc([4, 3, 2, 1], [0, 0, 1, 1]), 0)
        self.assertEqual(auc([1, 1, 1, 1], [0, 1, 0, 1]), 0.5)
        # The example of scikit-learn's roc_auc_score.
        self.assertEqual(auc([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]), 0.75)

    @rule
    @given(judged)
    def test_auc_counts_pairs(self, rows):
        scores, labels = [s for s, _ in rows], [y for _, y in rows]
        pairs = [
            (one[0] - other[0]) * (1 if one[1] else -1)
            for one, other in combinations(rows, 2)
            if one[1] != other[1]
        ]
        if pairs:
            wins = sum(1 if gap > 0 else 0.5 if gap == 0 else 0 for gap in pairs)
            self.assertAlmostEqual(auc(scores, labels), wins / len(pairs), 12)
        else:
            self.assertIsNone(auc(scores, labels))

    @rule
    @given(judged, st.floats(0, 40), st.integers(0, 9))
    def test_order_of_rows_does_not_matter(self, rows, room, seed):
        mixed = list(rows)
        Random(seed).shuffle(mixed)
        one, other = (
            captured([s for s, _ in each], [y for _, y in each], room)
            for each in (rows, mixed)
        )
        self.assertAlmostEqual(one, other, 9)

    def test_captured_shares_the_edge(self):
        """Two places, one taken; of the three who tie, two are true."""
        self.assertAlmostEqual(captured([9, 5, 5, 5, 1], [1, 1, 0, 1, 1], 2), 1 + 2 / 3)

    def test_top_decile_lift(self):
        labels = [number < 20 for number in range(100)]
        best = [-number for number in range(100)]
        self.assertAlmostEqual(top_decile_lift(best, labels), 5)
        self.assertAlmostEqual(top_decile_lift([0] * 100, labels), 1)
        self.assertIsNone(top_decile_lift([1, 2], [False, False]))

    def test_brier(self):
        self.assertAlmostEqual(brier([1, 0, 0.5], [1, 0, 1]), 0.25 / 3)
        self.assertIsNone(brier([], []))

    def test_mae(self):
        self.assertAlmostEqual(mae([1, 5, 2], [2, 2, 2]), 4 / 3)
        self.assertIsNone(mae([], []))

    def test_wilson(self):
        # Newcombe (1998), table I: 81 of 263 and 15 of 148, and 0 of 20.
        for successes, tries, low, high in (
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0, 0.1611),
        ):
            found = wilson(successes, tries)
            self.assertAlmostEqual(found[0], low, 4)
            self.assertAlmostEqual(found[1], high, 4)

    def test_rows_without_labels(self):
        for metric in (auc, brier, mae, top_decile_lift):
            with self.assertRaises(ValueError):
                metric([1.0, 2.0], [True, False, True])
