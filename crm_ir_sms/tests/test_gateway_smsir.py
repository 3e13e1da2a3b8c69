import datetime
import json
from dataclasses import replace

from odoo.tests import BaseCase

from odoo.addons.crm_ir_base.simulator import faults
from odoo.addons.crm_ir_base.tools.http import InDoubt, Refused

from ..gateways import Failure, Pattern, Sent, Status, Text
from ..gateways.smsir import SmsIr
from ..simulator.smsir import SANDBOX_KEY, SmsIrService
from ..simulator.telecom import DELIVERED
from .contract import CannedService, GatewayContract

NUMBER = f"+98{DELIVERED}"


class TestSmsIr(GatewayContract, BaseCase):
    gateway_class = SmsIr
    service_class = SmsIrService

    def answered(self, data, status=1, http=200):
        """A gateway whose every call is answered with ``data`` and ``status``."""
        body = json.dumps({"status": status, "message": "", "data": data})
        address = self.serve(CannedService("canned", body, http))
        return self.gateway(address=f"{address}/canned")

    def one_day_before(self, sent):
        """Let a message have been sent the day before."""
        sms = self.telecom.messages[int(sent.external_id)]
        moment = sms.moment - datetime.timedelta(days=1)
        self.telecom.messages[sms.id] = replace(sms, moment=moment)
        return replace(sent, sent_at=moment, external_id="", batch_id="")

    def test_each_recipient_of_a_call_has_its_own_outcome(self):
        texts = [self.text(), self.text("0001"), Text(3, "+9812", "سلام")]
        taken, blocked, invalid = self.gateway().send(texts)
        (sms,) = self.telecom.messages.values()
        self.assertEqual((taken.external_id, taken.failure), (str(sms.id), None))
        self.assertEqual(
            (blocked.failure, blocked.code, blocked.external_id),
            (Failure.TELECOM_BLACKLIST, "0", ""),
        )
        self.assertEqual(
            (invalid.failure, invalid.code, invalid.external_id),
            (Failure.OTHER, "None", ""),
        )

    def test_fewer_ids_than_texts_leave_doubt(self):
        gateway = self.answered({"packId": "a", "messageIds": [1], "cost": 1.0})
        with self.assertRaises(InDoubt):
            gateway.send(self.texts(2))

    def test_an_id_that_is_none_leaves_doubt(self):
        for message_id in ("a", -1, True, False, 1.5, [7]):
            with self.subTest(message_id=message_id):
                data = {"packId": "a", "messageIds": [message_id], "cost": 1.0}
                with self.assertRaises(InDoubt):
                    self.answered(data).send([self.text()])

    def test_the_cost_comes_with_the_report(self):
        sent = self.send_one(body="س" * 200)
        (report,) = self.gateway().reports([sent])
        self.assertEqual(report.cost, 3)

    def test_a_line_that_is_no_number_is_refused(self):
        refused = self.refusal(self.gateway(sender="line"), [self.text()])
        self.assertEqual(refused, Failure.LINE)
        self.assertNothingTaken()

    def test_a_problem_of_the_gateway_leaves_doubt(self):
        with self.assertRaises(InDoubt):
            self.answered(None, status=0, http=500).send([self.text()])

    def test_a_pattern_reaches_who_refuses_advertising(self):
        gateway = self.gateway()
        pattern = Pattern(5, "+989121110001", "1001", {"token": "12345"})
        (receipt,) = gateway.send_patterns([pattern])
        self.service.clock.advance(minutes=5)
        (report,) = gateway.reports([self.sent(pattern, receipt)])
        self.assertEqual(report.status, Status.DELIVERED)

    def test_a_pattern_whose_code_is_no_number_is_refused(self):
        with self.assertRaises(Refused) as caught:
            self.gateway().send_patterns([Pattern(5, NUMBER, "otp", {"token": "1"})])
        self.assertEqual(caught.exception.code, "16")
        self.assertNothingTaken()

    def test_a_message_without_a_state_has_no_report_yet(self):
        row = {"messageId": 7, "mobile": 9121110000, "cost": 1.0, "deliveryState": None}
        sent = Sent(1, NUMBER, "", self.service.clock.now(), "7", "7")
        self.assertEqual(self.answered(row).reports([sent]), [])

    def test_the_sandbox_takes_without_sending(self):
        gateway = self.gateway(api_key=SANDBOX_KEY)
        (receipt,) = gateway.send([self.text()])
        self.assertTrue(receipt.external_id)
        pattern = Pattern(5, NUMBER, "123456", {"Code": "12345"})
        (receipt,) = gateway.send_patterns([pattern])
        self.assertTrue(receipt.external_id)
        with self.assertRaises(Refused) as caught:
            gateway.send_patterns([replace(pattern, code="1001")])
        self.assertEqual(gateway.failure(caught.exception.code), Failure.PATTERN)
        self.assertNothingTaken()

    def test_the_lines_are_those_of_the_account(self):
        self.assertEqual(self.gateway().lines(), list(self.account.lines))

    def test_a_call_is_a_pack_of_the_day(self):
        door = self.gateway().door
        headers = {"X-API-KEY": self.account.api_key}
        form = {
            "lineNumber": int(self.account.lines[0]),
            "messageText": "سلام",
            "mobiles": ["09121110000", "9121110009"],
            "sendDateTime": None,
        }
        answer = door.request("POST", "/v1/send/bulk", headers=headers, json=form)
        sent = answer.json()["data"]
        (pack,) = door.request("GET", "/v1/send/pack", headers=headers).json()["data"]
        self.assertEqual(pack["recipientCount"], 2)
        self.assertEqual(pack["packId"], sent["packId"].replace("-", ""))

    # find

    def test_of_two_same_texts_in_doubt_each_is_found_once(self):
        first, second = self.send_one(), self.send_one()
        gateway = self.gateway()
        found = gateway.find(replace(first, external_id=""))
        self.assertEqual(found.external_id, first.external_id)
        found = gateway.find(replace(second, external_id=""), {found.external_id})
        self.assertEqual(found.external_id, second.external_id)

    def test_a_message_on_a_later_page_is_found(self):
        self.gateway().send(self.texts(100))
        one = self.send_one()
        found = self.gateway().find(replace(one, external_id=""))
        self.assertEqual(found.external_id, one.external_id)

    def test_another_unknown_text_to_the_number_leaves_doubt(self):
        other = self.send_one(body="متن دیگر")
        gateway = self.gateway()
        lost = self.sent(self.text())
        with self.assertRaises(InDoubt):
            gateway.find(lost)
        self.assertIsNone(gateway.find(lost, {other.external_id}))

    def test_what_was_sent_long_before_is_not_the_message(self):
        one = self.send_one()
        later = one.sent_at + datetime.timedelta(hours=1)
        self.assertIsNone(
            self.gateway().find(replace(one, external_id="", sent_at=later))
        )

    def test_a_message_of_the_day_before_is_found_in_the_archive(self):
        one = self.send_one()
        sent = self.one_day_before(one)
        gateway = self.gateway()
        self.assertEqual(gateway.find(sent).external_id, one.external_id)
        self.assertIsNone(gateway.find(sent, {one.external_id}))
        self.assertIn("GET /v1/send/archive", self.service.requests)

    def test_days_before_that_cannot_be_read_leave_doubt(self):
        sent = self.one_day_before(self.send_one())
        self.service.faults.plan(None, faults.lost)
        with self.assertRaises(InDoubt):
            self.gateway().find(sent)

    def test_pages_without_end_leave_doubt(self):
        row = {"messageId": 7, "mobile": 9121110009, "sendDateTime": 0}
        gateway = self.answered([row] * 100)
        with self.assertRaises(InDoubt):
            gateway.find(self.sent(self.text()))
