import json

from odoo.tests import BaseCase

from odoo.addons.crm_ir_base.tools.http import InDoubt, Refused

from ..gateways import Failure, Pattern, Status, Text
from ..gateways.farazsms import FarazSms
from ..simulator.farazsms import FarazSmsService
from ..simulator.telecom import DELIVERED
from .contract import CannedService, GatewayContract

NUMBER = f"+98{DELIVERED}"


class TestFarazSms(GatewayContract, BaseCase):
    gateway_class = FarazSms
    service_class = FarazSmsService

    def answered(self, http, **envelope):
        """A gateway whose every call is answered with the ``envelope``."""
        address = self.serve(CannedService("canned", json.dumps(envelope), http))
        return self.gateway(address=f"{address}/canned")

    def refused(self, gateway):
        with self.assertRaises(Refused) as caught:
            gateway.send([self.text()])
        return caught.exception

    def test_each_recipient_of_a_call_is_reported_by_its_number(self):
        texts = [self.text(), self.text("0001"), self.text("0002")]
        gateway = self.gateway()
        receipts = gateway.send(texts)
        self.assertEqual(len({receipt.batch_id for receipt in receipts}), 1)
        self.service.clock.advance(minutes=5)
        first, second, third = map(self.sent, texts, receipts)
        told = {one.number: one.status for one in gateway.reports([first, second])}
        self.assertEqual(
            told,
            {first.number: Status.DELIVERED, second.number: Status.TELECOM_BLACKLIST},
        )
        (report,) = gateway.reports([third])
        self.assertEqual(report.status, Status.UNDELIVERED)
        self.assertEqual(report.parts, 1)

    def test_a_recipient_that_it_cannot_reach_refuses_the_call(self):
        texts = [self.text(), Text(2, "+447400123456", "سلام")]
        refused = self.refusal(self.gateway(), texts)
        self.assertEqual(refused, Failure.NUMBER)
        self.assertNothingTaken()

    def test_a_refusal_that_names_fields_is_told_by_the_first(self):
        gateway = self.answered(
            422, status="error", data=None, messages={"line_number": ["نامعتبر"]}
        )
        refused = self.refused(gateway)
        self.assertEqual(gateway.failure(refused.code), Failure.LINE)
        self.assertIn("نامعتبر", refused.words)

    def test_an_error_is_a_refusal_whatever_its_http_status(self):
        for http in (200, 201, 400):
            with self.subTest(http=http):
                gateway = self.answered(http, status="error", message="نشد")
                refused = self.refused(gateway)
                self.assertEqual(gateway.failure(refused.code), Failure.OTHER)
                self.assertEqual(refused.words, "نشد")

    def test_an_error_of_its_server_leaves_doubt(self):
        gateway = self.answered(500, status="error", messages="Server Error")
        with self.assertRaises(InDoubt):
            gateway.send([self.text()])

    def test_a_success_without_an_id_leaves_doubt(self):
        for data in (None, "", {}, {"id": None}, [], True, 0, -1, "a"):
            with self.subTest(data=data):
                gateway = self.answered(201, status="success", data=data)
                with self.assertRaises(InDoubt):
                    gateway.send([self.text()])

    def test_the_newest_texts_are_read_whatever_the_order_of_the_inbox(self):
        for index in range(105):
            self.telecom.reply(NUMBER, self.account.lines[0], f"پیام {index}")
            self.service.clock.advance(seconds=60)
        for newest_first, requests in ((True, 1), (False, 2)):
            with self.subTest(newest_first=newest_first):
                self.service.newest_first = newest_first
                before = len(self.service.requests)
                bodies = {one.body for one in self.gateway().inbox("")}
                self.assertLessEqual(
                    {f"پیام {index}" for index in range(5, 105)}, bodies
                )
                self.assertEqual(len(self.service.requests), before + requests)

    def test_the_moment_of_a_text_is_that_of_tehran_where_it_names_no_zone(self):
        for written, hour in (
            ("2026-05-01T10:20:30Z", 10),
            ("2026-05-01T10:20:30.1234567Z", 10),
            ("2026-05-01T13:50:30+03:30", 10),
            ("2026-05-01T13:50:30", 10),
        ):
            item = {"from": "09121110000", "to": "1", "text": "", "recievedAt": written}
            page = {"totalPages": 1, "items": [item]}
            gateway = self.answered(200, status="success", data=page)
            (text,) = gateway.inbox("")
            with self.subTest(written):
                self.assertEqual((text.moment.hour, text.moment.minute), (hour, 20))

    def test_a_text_without_a_moment_is_not_guessed_at(self):
        for written in (None, "", "دیروز", "1405/02/11 10:20"):
            item = {"from": "09121110000", "to": "1", "text": "", "recievedAt": written}
            page = {"totalPages": 1, "items": [item]}
            gateway = self.answered(200, status="success", data=page)
            with self.subTest(written), self.assertRaises(InDoubt):
                gateway.inbox("")

    def test_a_pattern_whose_values_do_not_fit_is_refused(self):
        gateway = self.gateway()
        with self.assertRaises(Refused) as caught:
            gateway.send_patterns([Pattern(5, NUMBER, "1001", {"other": "1"})])
        self.assertEqual(gateway.failure(caught.exception.code), Failure.PATTERN)
        self.assertNothingTaken()
