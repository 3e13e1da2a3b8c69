import json

from odoo.tests import BaseCase, tagged

from odoo.addons.crm_ir_base.tools.http import InDoubt, Refused

from ..gateways import Failure, Pattern, Status
from ..gateways.payamak import Payamak
from ..simulator.payamak import PayamakService
from .common import SmsCase
from .contract import CannedService, GatewayContract

ID = "4810367826829480957"


class PanelCases:
    """What holds whichever protocol speaks with the panel."""

    allow_inherited_tests_method = True

    def test_a_semicolon_would_make_two_values_of_one(self):
        check = self.gateway().check_values
        self.assertFalse(check({"name": "علی، رضا", "code": "12"}))
        self.assertEqual(check({"name": "علی; رضا", "code": "12"}), ["name"])

    def test_the_values_of_a_pattern_keep_their_order(self):
        values = {"token20": "خانم رضایی", "token": "12345"}
        pattern = Pattern(5, "+989121110000", "1002", values)
        (receipt,) = self.gateway().send_patterns([pattern])
        (sms,) = self.telecom.messages.values()
        self.assertEqual(sms.body, "خانم رضایی عزیز، کد 12345")
        self.assertGreater(len(receipt.external_id), 15)

    def test_a_pattern_whose_values_do_not_fit_is_refused(self):
        for values in ({"token": "1", "token2": "2"}, {"token": ""}):
            gateway = self.gateway()
            with self.assertRaises(Refused) as caught:
                gateway.send_patterns([Pattern(5, "+989121110000", "1001", values)])
            self.assertEqual(caught.exception.code, "-5")
            self.assertEqual(gateway.failure("-5"), Failure.PATTERN)
        self.assertNothingTaken()

    def test_several_people_get_nothing_without_a_way_out(self):
        self.service.needs_footer = True
        gateway = self.gateway()
        self.assertEqual(self.refusal(gateway, self.texts(2)), Failure.TEXT)
        self.assertNothingTaken()
        self.assertIsNone(gateway.send(self.texts(1))[0].failure)

    def test_only_later_texts_of_the_same_line_are_read(self):
        line, other = self.account.lines
        old = self.telecom.reply("+989121110000", line, "۱")
        self.telecom.reply("+989121110000", other, "۲")
        self.telecom.reply("+989121110000", line, "۳")
        bodies = [one.body for one in self.gateway().inbox(str(old.id))]
        self.assertEqual(bodies, ["۳"])

    def test_a_pushed_text_is_read(self):
        form = {"to": "30007777", "body": "۱۱", "from": "9121110000"}
        incoming = self.gateway().read_incoming(form)
        self.assertEqual(incoming.number, "+989121110000")
        self.assertEqual(
            (incoming.line, incoming.body, incoming.external_id), ("30007777", "۱۱", "")
        )
        self.assertIsNone(self.gateway().read_incoming({"to": "30007777"}))


class TestPayamak(PanelCases, GatewayContract, BaseCase):
    gateway_class = Payamak
    service_class = PayamakService

    def answered(self, value, status, count=1):
        """What is made of an answer to a text for ``count`` people."""
        body = json.dumps({"Value": value, "RetStatus": status, "StrRetStatus": ""})
        address = self.serve(CannedService("canned", body))
        return self.gateway(address=f"{address}/canned").send(self.texts(count))

    def test_a_status_of_success_proves_nothing(self):
        for value, code in (("2", "2"), ("0", "0"), ("11", "11"), ("-7", "-7")):
            with self.subTest(value), self.assertRaises(Refused) as caught:
                self.answered(value, 1)
            self.assertEqual(caught.exception.code, code)
        for value in ("", "1", "Ok", "98765", "12,", None, 12, "1e18", "12345678901.5"):
            with self.subTest(value), self.assertRaises(InDoubt):
                self.answered(value, 1)

    def test_an_id_proves_more_than_a_status_of_failure(self):
        (receipt,) = self.answered(ID, 35)
        self.assertEqual(receipt.external_id, ID)

    def test_the_status_is_the_code_where_the_value_is_none(self):
        for value in ("", "1", "InvalidData", None):
            with self.assertRaises(Refused) as caught:
                self.answered(value, 35)
            self.assertEqual(caught.exception.code, "35")

    def test_one_person_of_several_may_be_refused(self):
        first, second = self.answered(f"{ID},35", 1, count=2)
        self.assertEqual((first.external_id, first.failure), (ID, None))
        self.assertEqual(
            (second.external_id, second.failure), ("", Failure.TELECOM_BLACKLIST)
        )

    def test_fewer_ids_than_people_leave_doubt(self):
        with self.assertRaises(InDoubt):
            self.answered(ID, 1, count=2)

    def test_a_short_id_is_none_for_a_pattern(self):
        body = '{"Value": "123456789012345", "RetStatus": 1, "StrRetStatus": "Ok"}'
        address = self.serve(CannedService("canned", body))
        with self.assertRaises(InDoubt):
            self.gateway(address=f"{address}/canned").send_patterns(
                [Pattern(5, "+989121110000", "1001", {"token": "1"})]
            )

    def test_somebody_on_the_blacklist_is_refused_at_once(self):
        failure = self.refusal(self.gateway(), [self.text("0001")])
        self.assertEqual(failure, Failure.TELECOM_BLACKLIST)
        self.assertNothingTaken()

    def test_the_lines_are_those_of_the_account(self):
        self.assertEqual(self.gateway().lines(), list(self.account.lines))

    def test_a_moment_without_fraction_is_read(self):
        for moment in ("2026-06-05T15:42:58", "2026-06-05T15:42:58.6812345"):
            row = {
                "MsgID": 1,
                "Body": "۱۱",
                "SendDate": moment,
                "Sender": "9121110000",
                "Receiver": "30007777",
            }
            verdict = {"Value": "Ok", "RetStatus": 1, "StrRetStatus": "Ok"}
            body = json.dumps({"MyBase": verdict, "Data": [row]})
            address = self.serve(CannedService("canned", body))
            (incoming,) = self.gateway(address=f"{address}/canned").inbox("")
            self.assertEqual(incoming.moment.isoformat(), "2026-06-05T12:12:58+00:00")

    def test_a_report_of_a_wrong_login_is_no_fate(self):
        sent = self.send_one()
        gateway = self.gateway(password="wrong")
        with self.assertRaises(Refused) as caught:
            gateway.reports([sent])
        self.assertEqual(gateway.failure(caught.exception.code), Failure.LOGIN)
        (report,) = self.gateway().reports([sent])
        self.assertIn(report.status, (Status.QUEUED, Status.HANDED))


@tagged("post_install", "-at_install")
class TestWayOut(SmsCase):
    service_class = PayamakService

    def test_a_text_without_a_way_out_goes_to_each_receiver_by_itself(self):
        # code 15 is about a call to several receivers, not about the text
        self.service.needs_footer = True
        other = self.partner.copy({"phone": "09121110009"})
        rows = self.row_of(self.write_to()) | self.row_of(self.write_to(other))
        self.work()
        self.assertEqual(set(rows.mapped("state")), {"sent"})
        self.assertCountEqual(
            [sms.number for sms in self.telecom.messages.values()],
            ["+989121110000", "+989121110009"],
        )
