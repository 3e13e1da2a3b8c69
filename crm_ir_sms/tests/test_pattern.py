from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..gateways import Failure
from .common import SmsCase


@tagged("post_install", "-at_install")
class TestPattern(SmsCase):
    def make_pattern(self, **vals):
        return self.env["crm.ir.sms.pattern"].create(
            {
                "name": "Code of a parcel",
                "account_id": self.account.id,
                "code": "1002",
                "body": "%token20% عزیز، کد %token%",
                "variable_ids": [
                    (0, 0, {"name": "token20"}),
                    (0, 0, {"name": "token"}),
                ],
                **vals,
            }
        )

    def sent(self):
        return [
            (sms.number, sms.body, sms.pattern)
            for sms in self.telecom.messages.values()
        ]

    def test_a_text_that_reads_as_a_pattern_is_sent_as_it(self):
        self.make_pattern(use="always")
        self.write_to(body="سارا محمدی عزیز، کد 12345")
        self.work()
        self.assertEqual(
            self.sent(), [("+989121110000", "سارا محمدی عزیز، کد 12345", "1002")]
        )

    def test_another_text_is_sent_as_it_is(self):
        self.make_pattern(use="always")
        self.write_to(body="سارا محمدی عزیز، سفارش شما رسید")
        self.work()
        self.assertEqual(
            self.sent(), [("+989121110000", "سارا محمدی عزیز، سفارش شما رسید", "")]
        )

    def test_values_that_the_gateway_does_not_take_leave_the_text_free(self):
        self.make_pattern(use="always")
        self.write_to(body="سارا عزیز، کد دو واژه")
        self.work()
        self.assertEqual([pattern for _number, _body, pattern in self.sent()], [""])

    def test_a_pattern_takes_the_place_of_what_was_blocked_where_a_person_chose_so(
        self,
    ):
        self.partner.phone = "09121110001"
        pattern = self.make_pattern()
        for use, expected in (("named", 1), ("blocked", 2)):
            with self.subTest(use=use):
                self.telecom.messages.clear()
                pattern.use = use
                message = self.write_to(body="سارا عزیز، کد 12345")
                self.work()
                row = self.row_of(message)
                self.service.clock.advance(minutes=1)
                row.report_due = self.env.cr.now()
                self.messages._outbox_upkeep()
                self.work()
                self.assertEqual(len(self.telecom.messages), expected)
                shown = "exception" if use == "named" else "pending"
                self.assertEqual(self.status_of(message)[0], shown)

    def test_what_a_pattern_took_the_place_of_is_not_sent_as_well(self):
        self.make_pattern(use="blocked")
        gateway = type(self.account._gateway())
        self.patch(
            gateway, "codes", {**gateway.codes, "411": Failure.TELECOM_BLACKLIST}
        )
        row = self.row_of(self.write_to(body="سارا عزیز، کد 12345"))
        self.service.forced = 411
        self.work()
        self.assertEqual((row.state, row.failure), ("refused", "telecom_blacklist"))
        self.service.forced = None
        with self.assertRaisesRegex(UserError, "twice"):
            row.with_user(self.manager).action_retry()
        self.work()
        self.assertEqual([pattern for _number, _body, pattern in self.sent()], ["1002"])

    def test_advertising_is_never_sent_as_a_pattern(self):
        self.account.write({"line_kind": "promotional", "hour_from": 0, "hour_to": 0})
        self.make_pattern(use="always")
        text = self.env["sms.sms"].create(
            {
                "number": "09121110001",
                "body": "سارا عزیز، کد 12345",
                "l10n_ir_purpose": "promotional",
            }
        )
        text.send()
        self.work("bulk")
        row = self.messages.search([("sms_uuid", "=", text.uuid)])
        self.service.clock.advance(minutes=1)
        row.report_due = self.env.cr.now()
        self.messages._outbox_upkeep()
        self.work("bulk")
        self.assertEqual((row.state, row.failure), ("refused", "telecom_blacklist"))
        self.assertEqual([pattern for _number, _body, pattern in self.sent()], [""])

    def test_a_pattern_is_checked_when_it_is_saved(self):
        with self.assertRaises(ValidationError):
            self.make_pattern(body="سلام")
        with self.assertRaises(ValidationError):
            self.make_pattern(account_id=self.make_account(gateway="magfa").id)

    def test_a_code_is_a_number_where_the_gateway_numbers_its_patterns(self):
        proof = {"username": "demo", "password": "demo", "api_key": "demo"}
        for gateway in ("asanak", "payamak", "payamak_soap", "smsir"):
            account = self.make_account(gateway=gateway, **proof)
            for code in ("welcome", "۱۰۰۲", "10 02", "-1"):
                with (
                    self.subTest(gateway=gateway, code=code),
                    self.assertRaisesRegex(ValidationError, "number"),
                ):
                    self.make_pattern(account_id=account.id, code=code)
            self.assertTrue(self.make_pattern(account_id=account.id, code="1002"))
        self.assertTrue(self.make_pattern(code="welcome"))

    def test_a_name_that_the_gateway_does_not_know_is_told_when_it_is_saved(self):
        # Kavenegar has token, token2, token3, token10 and token20
        with self.assertRaisesRegex(ValidationError, "name20"):
            self.make_pattern(
                body="%name20% عزیز، کد %token%",
                variable_ids=[
                    (0, 0, {"name": "name20"}),
                    (0, 0, {"name": "token"}),
                ],
            )

    def test_a_value_that_the_gateway_refuses_is_told_before_sending(self):
        pattern = self.make_pattern()
        for token in ("", "دو واژه", "a_b", "1" * 101):
            with self.assertRaisesRegex(UserError, "token"):
                pattern._message_vals(
                    "+989121110000", {"token20": "سارا", "token": token}
                )
