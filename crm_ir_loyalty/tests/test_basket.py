from collections import Counter
from itertools import combinations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.crm_ir_loyalty.tools.basket import rules

rule = settings(deadline=None, derandomize=True, database=None)


def counted(baskets):
    """What SQL hands over: number of baskets, products and pairs."""
    items, pairs = Counter(), Counter()
    for basket in baskets:
        items.update(basket)
        pairs.update(combinations(sorted(basket), 2))
    return len(baskets), items, [(*pair, both) for pair, both in pairs.items()]


class TestBasket(BaseCase):
    def test_figures_of_a_rule(self):
        """100 baskets: bread (1) in 40, butter (2) in 20, both in 16."""
        baskets = [{1, 2}] * 16 + [{1}] * 24 + [{2}] * 4 + [{3}] * 56
        one, other = rules(*counted(baskets))
        self.assertEqual((one.antecedent, one.consequent), (2, 1))
        self.assertEqual((other.antecedent, other.consequent), (1, 2))
        self.assertEqual(one.baskets, 16)
        self.assertAlmostEqual(one.support, 0.16)
        self.assertAlmostEqual(one.confidence, 0.8)
        self.assertAlmostEqual(other.confidence, 0.4)
        self.assertAlmostEqual(one.lift, 2.0)
        self.assertAlmostEqual(other.lift, 2.0)

    def test_chance_is_not_a_rule(self):
        """Products bought independently of each other give almost no rule."""
        random = Random(8)
        baskets = [
            {item for item in range(30) if random.random() < 0.1} for _ in range(4000)
        ]
        tested = 2 * len(list(combinations(range(30), 2)))
        self.assertLess(len(rules(*counted(baskets))), 0.04 * tested)

    def test_products_bought_instead_of_each_other(self):
        baskets = [{1}] * 50 + [{2}] * 50 + [{1, 2}] * 10
        self.assertEqual(rules(*counted(baskets)), [])

    def test_rare_pairs_are_left_out(self):
        baskets = [{1, 2}] * 4 + [{3}] * 96
        self.assertEqual(rules(*counted(baskets)), [])
        self.assertEqual(len(rules(*counted(baskets), min_baskets=4)), 2)

    @rule
    @given(st.lists(st.sets(st.integers(1, 6), min_size=1), max_size=60))
    def test_against_counting_baskets(self, baskets):
        found = rules(*counted(baskets), min_baskets=1)
        self.assertEqual(
            [each.lift for each in found],
            sorted((each.lift for each in found), reverse=True),
        )
        for each in found:
            having = [b for b in baskets if each.antecedent in b]
            both = [b for b in having if each.consequent in b]
            share = sum(each.consequent in b for b in baskets) / len(baskets)
            self.assertEqual(each.baskets, len(both))
            self.assertAlmostEqual(each.support, len(both) / len(baskets), 12)
            self.assertAlmostEqual(each.confidence, len(both) / len(having), 12)
            self.assertAlmostEqual(each.lift, len(both) / len(having) / share, 9)
            self.assertGreater(each.lift, 1)

    def test_impossible_counts(self):
        for baskets, items, pairs in (
            (10, {1: 5, 2: 5}, [(1, 2, 6)]),
            (4, {1: 5, 2: 5}, [(1, 2, 5)]),
        ):
            with self.assertRaises(ValueError):
                rules(baskets, items, pairs)
