import json
from datetime import datetime, timedelta, timezone

from odoo.tests import BaseCase

from odoo.addons.crm_ir_base.tools.http import InDoubt, Refused

from ..gateways import Pattern, Status, Text
from ..gateways.ghasedak import Ghasedak
from ..simulator.ghasedak import GhasedakService
from .contract import CannedService, GatewayContract

NUMBER = "+989121110000"


def entry(reference, message_id, message="سلام"):
    return {
        "lineNumber": "30007777",
        "receptor": "09121110000",
        "messageId": message_id,
        "cost": 1732,
        "clientReferenceId": reference,
        "message": message,
    }


class TestGhasedak(GatewayContract, BaseCase):
    gateway_class = Ghasedak
    service_class = GhasedakService

    def answered(self, data, status=200, **envelope):
        body = {"isSuccess": True, "statusCode": 200, "message": "", "data": data}
        canned = CannedService("canned", json.dumps({**body, **envelope}), status)
        return self.gateway(address=f"{self.serve(canned)}/canned")

    def two(self):
        return [Text(11, NUMBER, "یک"), Text(22, NUMBER, "دو")]

    # which answer is whose

    def test_a_receipt_goes_by_the_reference_whatever_the_order(self):
        items = [entry("22", "4250", "دو"), entry("11", "4249", "یک")]
        receipts = self.answered({"items": items}).send(self.two())
        self.assertEqual(
            [(one.reference, one.external_id) for one in receipts],
            [(11, "4249"), (22, "4250")],
        )

    def test_a_receipt_without_reference_goes_by_number_and_text(self):
        items = [entry("", "4250", "دو"), entry(None, "4249", "یک")]
        receipts = self.answered({"items": items}).send(self.two())
        self.assertEqual([one.external_id for one in receipts], ["4249", "4250"])

    def test_an_answer_that_leaves_out_a_text_leaves_doubt(self):
        for items in ([entry("11", "4249")], [entry("11", "1"), entry("33", "2")], []):
            with self.subTest(items=len(items)), self.assertRaises(InDoubt):
                self.answered({"items": items}).send(self.two())

    def test_a_text_without_id_is_in_doubt(self):
        for message_id in ("", None, "0", 0, "-1"):
            gateway = self.answered({"items": [entry("11", message_id)]})
            with self.subTest(message_id=message_id), self.assertRaises(InDoubt):
                gateway.send([Text(11, NUMBER, "سلام")])

    def test_a_cost_that_is_not_told_loses_no_receipt(self):
        gateway = self.answered({"items": [{**entry("11", "4249"), "cost": None}]})
        (receipt,) = gateway.send([Text(11, NUMBER, "سلام")])
        self.assertEqual((receipt.external_id, receipt.cost), ("4249", None))

    def test_a_refusal_keeps_the_words_of_the_gateway(self):
        self.account.credit = 0
        with self.assertRaises(Refused) as caught:
            self.gateway().send(self.two())
        self.assertEqual(caught.exception.words, "اعتبار کافی نیست")

    def test_a_found_message_is_ours_only_by_its_reference(self):
        gateway = self.answered([entry("22", "4250")])
        with self.assertRaises(InDoubt):
            gateway.find(self.sent(Text(11, NUMBER, "دو")))

    # what is success

    def test_success_needs_both_the_envelope_and_http(self):
        data = {"items": [entry("11", "4249")]}
        texts = [Text(11, NUMBER, "سلام")]
        for status, envelope, error in (
            (400, {}, Refused),
            (200, {"isSuccess": False}, Refused),
            (400, {"isSuccess": False}, Refused),
            (200, {"isSuccess": None}, InDoubt),
            (200, {"isSuccess": "true"}, InDoubt),
            (500, {"isSuccess": False, "statusCode": 500}, InDoubt),
            (500, {}, InDoubt),
        ):
            with self.subTest(status=status, **envelope), self.assertRaises(error):
                self.answered(data, status, **envelope).send(texts)

    def test_a_refusal_with_the_code_of_success_has_that_of_http(self):
        gateway = self.answered(None, 401, isSuccess=False)
        with self.assertRaises(Refused) as caught:
            gateway.send(self.two())
        self.assertEqual(caught.exception.code, "401")

    # patterns

    def test_a_pattern_carries_its_reference(self):
        pattern = Pattern(77, NUMBER, "1002", {"token20": "سارا", "token": "12"})
        self.gateway().send_patterns([pattern])
        (sms,) = self.telecom.messages.values()
        self.assertEqual((sms.reference, sms.body), ("77", "سارا عزیز، کد 12"))

    # what comes by itself

    def test_a_date_is_read_in_each_of_its_forms(self):
        for written in (
            "2024-07-02T14:00:34Z",
            "2024-07-02T14:00:34.975Z",
            "2024-07-02T17:30:34.66+03:30",
            "2024-07-02T17:30:34.6632614",
        ):
            came = self.came_at(written)
            with self.subTest(written):
                self.assertEqual(came.moment.isoformat(), "2024-07-02T14:00:34+00:00")
                self.assertEqual(came.number, NUMBER)

    def test_a_text_with_an_unreadable_date_came_now(self):
        for written in ("1403/04/12 17:30", "", None):
            came = self.came_at(written)
            age = datetime.now(timezone.utc) - came.moment
            with self.subTest(written):
                self.assertEqual(came.body, "۱۱")
                self.assertLess(age, timedelta(minutes=1))

    def came_at(self, written):
        reply = {
            "id": 7,
            "message": "۱۱",
            "sender": "9121110000",
            "lineNumber": "30007777",
            "receiveDate": written,
        }
        (came,) = self.answered({"items": [reply]}).inbox("")
        return came

    def test_a_pushed_report_is_read_whatever_the_case_of_its_names(self):
        gateway = self.gateway()
        for form in (
            {"messageId": "12", "status": "5"},
            {"MessageId": "12", "Status": "5", "Receptor": "09121110000"},
            {"ID": "12", "deliveryStatus": "5"},
        ):
            (report,) = gateway.read_reports(form)
            with self.subTest(form):
                self.assertEqual(report.external_id, "12")
                self.assertEqual(report.status, Status.DELIVERED)
        self.assertFalse(gateway.read_reports({"message": "سلام", "sender": "0912"}))

    def test_a_pushed_text_is_read_whatever_its_names(self):
        gateway = self.gateway()
        for form in (
            {
                "Id": "7",
                "Sender": "09121110000",
                "LineNumber": "30007777",
                "Message": "۱۱",
            },
            {"id": "7", "from": "989121110000", "to": "30007777", "text": "۱۱"},
        ):
            came = gateway.read_incoming(form)
            with self.subTest(form):
                self.assertEqual(
                    (came.number, came.line, came.body, came.external_id),
                    (NUMBER, "30007777", "۱۱", "7"),
                )
        self.assertIsNone(gateway.read_incoming({"messageId": "12", "status": "5"}))
