from odoo.tests import new_test_user, tagged

from odoo.addons.crm_ir_base.tools.http import InDoubt

from ..gateways.smsir import SmsIr
from ..simulator.smsir import SmsIrService
from .common import SmsCase


@tagged("post_install", "-at_install")
class TestAccountCheck(SmsCase):
    service_class = SmsIrService

    def setUp(self):
        super().setUp()
        administrator = new_test_user(
            self.env, "sms_administrator", "base.group_system", lang="en_US"
        )
        self.account = self.account.with_user(administrator)

    def checked(self, sender):
        """What a check of an account with this line shows: its kind and its words."""
        self.account.sender = sender
        shown = self.account.action_check()["params"]
        return shown["type"], shown["message"]

    def test_a_line_of_the_account_passes_however_it_is_written(self):
        for sender in (
            "30007777",
            "+9830007777",
            "9830007777",
            "009830007777",
            "030007777",
            "۳۰۰۰۷۷۷۷",
            "3000 7777",
        ):
            with self.subTest(sender):
                kind, words = self.checked(sender)
                self.assertEqual(kind, "success")
                self.assertNotIn("10008888", words)

    def test_another_line_is_told_with_the_lines_of_the_account(self):
        for sender in ("30007778", "300077770", "MyBrand", " "):
            with self.subTest(sender):
                kind, words = self.checked(sender)
                self.assertEqual(kind, "warning")
                self.assertIn("30007777, 10008888", words)
                self.assertIn("The account works.", words)

    def test_of_many_lines_only_some_are_shown(self):
        self.telecom.account.lines = tuple(str(3000_0000 + n) for n in range(500))
        _kind, words = self.checked("10001")
        self.assertIn("30000009, …", words)
        self.assertNotIn("30000010", words)

    def test_an_account_works_though_its_lines_are_not_told(self):
        def lines(_gateway):
            raise InDoubt("no answer")

        self.patch(SmsIr, "lines", lines)
        kind, _words = self.checked("10001")
        self.assertEqual(kind, "success")
