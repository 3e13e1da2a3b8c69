from odoo.tests import BaseCase

from ..tools.lift import Group, lift


class TestLift(BaseCase):
    def test_the_interval_is_newcombes(self):
        # Newcombe 1998, table II, row (a): 56/70 against 48/80, method 10
        found = lift(Group(70, 56, 0), Group(80, 48, 0))
        self.assertAlmostEqual(found.share, 0.2)
        self.assertAlmostEqual(found.low, 0.0524, places=4)
        self.assertAlmostEqual(found.high, 0.3339, places=4)
        self.assertTrue(found.is_certain)

    def test_equal_groups_show_no_certain_difference(self):
        found = lift(Group(100, 10, 1000), Group(100, 10, 1000))
        self.assertEqual((found.share, found.revenue), (0, 0))
        self.assertFalse(found.is_certain)

    def test_revenue_is_compared_by_head(self):
        self.assertEqual(lift(Group(100, 50, 5000), Group(50, 25, 1000)).revenue, 30)

    def test_a_small_group_says_nothing(self):
        self.assertIsNone(lift(Group(1000, 500, 1), Group(29, 0, 0)))
