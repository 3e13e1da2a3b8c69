from odoo.tests import BaseCase, get_db_name, tagged

from . import crash
from .copies import copy_of


@tagged("post_install", "-at_install", "-standard", "concurrency")
class TestCrash(BaseCase):
    """Ten kills; `scripts/workshop crash` makes as many as one likes."""

    def _check(self, gateway):
        with copy_of(get_db_name(), gateway) as copy:
            figures = crash.run(copy, 10, gateway)
        self.assertTrue(figures.keeps_rules, str(figures))

    def test_killed_senders_lose_and_repeat_nothing_and_leave_no_doubt(self):
        self._check("asked")

    def test_killed_senders_leave_in_doubt_what_nobody_can_be_asked_about(self):
        self._check("blind")
