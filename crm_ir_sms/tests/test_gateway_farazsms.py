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

    def test_a_pattern_whose_values_do_not_fit_is_refused(self):
        gateway = self.gateway()
        with self.assertRaises(Refused) as caught:
            gateway.send_patterns([Pattern(5, NUMBER, "1001", {"other": "1"})])
        self.assertEqual(gateway.failure(caught.exception.code), Failure.PATTERN)
        self.assertNothingTaken()
