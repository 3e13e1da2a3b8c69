import json

from odoo.tests import BaseCase

from odoo.addons.crm_ir_base.tools.http import InDoubt, Refused

from ..gateways import Failure, Pattern, Status, Text
from ..gateways.asanak import Asanak
from ..simulator.asanak import AsanakService
from .contract import CannedService, GatewayContract


class TestAsanak(GatewayContract, BaseCase):
    gateway_class = Asanak
    service_class = AsanakService

    def answered(self, data, code=200, status=200):
        body = json.dumps({"meta": {"status": code, "message": ""}, "data": data})
        canned = CannedService("canned", body, status)
        return self.gateway(address=f"{self.serve(canned)}/canned")

    def test_numbers_are_written_without_plus(self):
        # the service refuses +98…
        self.gateway().send(self.texts(3))
        self.assertEqual(len(self.telecom.messages), 3)

    def test_http_success_is_no_success(self):
        with self.assertRaises(Refused) as caught:
            self.answered([], 1014).send([self.text()])
        self.assertEqual(caught.exception.code, "1014")

    def test_a_code_may_be_written_as_text(self):
        (receipt,) = self.answered(["5316257402"], "200").send([self.text()])
        self.assertEqual(receipt.external_id, "5316257402")

    def test_a_wrong_password_is_told_from_a_wrong_value_by_http(self):
        for status, failure in ((401, Failure.LOGIN), (422, Failure.REQUEST)):
            gateway = self.answered([], 1008, status)
            with self.subTest(status=status):
                self.assertEqual(self.refusal(gateway, [self.text()]), failure)

    def test_a_page_of_the_wall_before_it_names_our_address(self):
        self.account.accepts_address = False
        self.assertEqual(self.refusal(self.gateway(), [self.text()]), Failure.ADDRESS)
        self.assertNothingTaken()

    def test_a_failure_within_the_gateway_leaves_doubt(self):
        for status in (200, 500):
            with self.subTest(status=status), self.assertRaises(InDoubt):
                self.answered([], 1004, status).send([self.text()])

    def test_another_count_of_ids_than_of_texts_leaves_doubt(self):
        for data in ([], [1], [1, 2, 3], [1, 0], [1, -1], [1, None], None):
            gateway = self.answered(data)
            with self.subTest(data=data), self.assertRaises(InDoubt):
                gateway.send(self.texts(2))

    def test_a_pattern_has_a_number_for_its_name(self):
        gateway = self.gateway()
        for code in ("1001", "خوش‌آمد"):
            pattern = Pattern(5, "+989121110000", code, {"token": "12345"})
            with self.subTest(code):
                if code.isdecimal():
                    (receipt,) = gateway.send_patterns([pattern])
                    self.assertIsNone(receipt.failure)
                else:
                    with self.assertRaises(Refused):
                        gateway.send_patterns([pattern])

    def test_a_text_that_is_held_stays_queued(self):
        sent = self.send_one("0006")
        self.service.clock.advance(hours=40)
        (report,) = self.gateway().reports([sent])
        self.assertEqual((report.status, report.code), (Status.QUEUED, "20"))

    def test_a_status_without_published_meaning_is_unknown(self):
        sent = self.sent(Text(1, "+989121110000", "سلام"))
        for code in (-1, 1, 2, 4, 5, 7, 8, 9, 10, 11, 12, 13):
            (report,) = self.answered([{"Status": code}]).reports([sent])
            with self.subTest(code=code):
                self.assertEqual(report.status, Status.UNKNOWN)
                self.assertEqual(report.code, str(code))
