from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.crm_ir_base.simulator import faults

from ..simulator.ghasedak import GhasedakService
from ..simulator.ippanel import IPPanelService
from ..simulator.kavenegar import KavenegarService
from .common import SmsCase


class CompareRules:
    """What a comparison shows, at each gateway that shows its patterns."""

    allow_inherited_tests_method = True

    def setUp(self):
        super().setUp()
        self.administrator = new_test_user(
            self.env, "sms_administrator", "base.group_system", lang="en_US"
        )

    def compared(self, **vals):
        """What a comparison of a pattern shows: its kind and its words."""
        pattern = self.make_pattern(**vals)
        shown = pattern.with_user(self.administrator).action_compare()["params"]
        pattern.unlink()
        return shown["type"], shown["message"]

    def make_pattern(self, names=("token20", "token"), **vals):
        return self.env["crm.ir.sms.pattern"].create(
            {
                "name": "Code of a parcel",
                "account_id": self.account.id,
                "code": "1002",
                "body": "%token20% عزیز، کد %token%",
                "variable_ids": [(0, 0, {"name": name}) for name in names],
                **vals,
            }
        )

    def test_a_pattern_as_the_gateway_has_it_is_told_to_be_the_same(self):
        self.assertEqual(self.compared()[0], "success")
        # an Arabic keyboard changes nothing
        self.assertEqual(self.compared(body="%token20% عزيز، كد %token%")[0], "success")

    def test_another_text_is_shown(self):
        kind, words = self.compared(body="%token20% جان، کد %token%")
        self.assertEqual(kind, "warning")
        self.assertIn("«%token20% عزیز، کد %token%»", words)

    def test_variables_that_one_side_lacks_are_named(self):
        kind, words = self.compared(names=["token20"])
        self.assertEqual(kind, "warning")
        self.assertIn("missing here: token.", words)
        kind, words = self.compared(
            names=["token20", "token", "day"],
            body="%token20% عزیز، کد %token% در %day%",
        )
        self.assertEqual(kind, "warning")
        self.assertIn("does not have these variables: day.", words)

    def test_a_pattern_that_is_not_approved_is_told(self):
        self.telecom.account.templates["1002"].is_approved = False
        kind, words = self.compared()
        self.assertEqual(kind, "warning")
        self.assertIn("not approved", words)

    def test_a_pattern_that_the_gateway_does_not_have_is_told(self):
        for code in ("9999", "../1002", "۱۰۰۲"):
            with self.subTest(code):
                kind, words = self.compared(code=code)
                self.assertEqual(kind, "warning")
                self.assertIn(f"has no pattern {code}", words)

    def test_a_gateway_that_does_not_answer_is_told_from_a_difference(self):
        pattern = self.make_pattern().with_user(self.administrator)
        for fault in (faults.garbled, faults.bad_gateway, faults.lost):
            self.service.faults.plan(fault)
            with self.assertRaisesRegex(UserError, "could not be asked"):
                pattern.action_compare()
        self.account.api_key = "wrong"
        with self.assertRaisesRegex(UserError, "key"):
            pattern.action_compare()

    def test_only_an_administrator_compares(self):
        pattern = self.make_pattern().with_user(self.manager)
        self.assertTrue(pattern.is_comparable)
        with self.assertRaises(AccessError):
            pattern.action_compare()


@tagged("post_install", "-at_install")
class TestCompareGhasedak(CompareRules, SmsCase):
    service_class = GhasedakService


@tagged("post_install", "-at_install")
class TestCompareIPPanel(CompareRules, SmsCase):
    service_class = IPPanelService


@tagged("post_install", "-at_install")
class TestCompareKavenegar(SmsCase):
    service_class = KavenegarService

    def test_what_a_gateway_does_not_show_cannot_be_compared(self):
        pattern = self.env["crm.ir.sms.pattern"].create(
            {
                "name": "Code",
                "account_id": self.account.id,
                "code": "1001",
                "body": "کد شما %token% است",
                "variable_ids": [(0, 0, {"name": "token"})],
            }
        )
        self.assertFalse(pattern.is_comparable)
