from odoo.tests import BaseCase

from ..tools import retry

WAITS = (30, 120, 600)


class TestRetry(BaseCase):
    def test_each_attempt_has_its_wait(self):
        found = [retry.wait(WAITS, attempts, 0) for attempts in (1, 2, 3)]
        self.assertEqual(found, [30, 120, 600])

    def test_after_the_last_attempt_there_is_none(self):
        self.assertIsNone(retry.wait(WAITS, 4, 0))
        self.assertIsNone(retry.wait(WAITS, 4, 0, at_least=60))

    def test_before_the_first_attempt_there_is_nothing_to_wait_for(self):
        self.assertIsNone(retry.wait(WAITS, 0, 0))

    def test_chance_spreads_over_a_fifth_of_the_wait_and_never_shortens_it(self):
        self.assertAlmostEqual(retry.wait(WAITS, 2, 0.5), 132)
        self.assertAlmostEqual(retry.wait(WAITS, 2, 1), 144)

    def test_what_the_service_asked_for_is_kept(self):
        self.assertEqual(retry.wait(WAITS, 1, 0, at_least=300), 300)
        self.assertEqual(retry.wait(WAITS, 2, 0, at_least=5), 120)

    def test_the_tables_widen_and_end_within_two_days(self):
        for waits in (retry.SENDING, retry.ASKING):
            with self.subTest(waits=waits):
                self.assertEqual(list(waits), sorted(set(waits)))
                self.assertLess(sum(waits), 2 * 86400)

    def test_the_same_arguments_give_the_same_wait(self):
        found = {retry.wait(retry.SENDING, 3, 0.25, at_least=7) for _ in range(5)}
        self.assertEqual(found, {630})
