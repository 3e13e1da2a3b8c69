import json

from odoo.tests import BaseCase, tagged

from odoo.addons.crm_ir_base.tools.http import InDoubt, Refused

from ..gateways import Failure, Pattern, Status, Text
from ..gateways.asanak import Asanak
from ..simulator.asanak import AsanakService
from .common import SmsCase
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

    def test_only_a_service_line_sends_to_those_who_refuse_advertising(self):
        for is_promotional in (False, True):
            with self.subTest(is_promotional=is_promotional):
                self.telecom.messages.clear()
                self.service.to_blacklist.clear()
                gateway = self.gateway(is_promotional=is_promotional)
                gateway.send(self.texts(2))
                taken = set() if is_promotional else set(self.telecom.messages)
                self.assertEqual(self.service.to_blacklist, taken)

    def test_a_pattern_reaches_those_who_refuse_advertising_from_any_line(self):
        for is_promotional in (False, True):
            with self.subTest(is_promotional=is_promotional):
                gateway = self.gateway(is_promotional=is_promotional)
                (receipt,) = gateway.send_patterns(
                    [Pattern(5, "+989121110000", "1001", {"token": "12345"})]
                )
                self.assertIn(int(receipt.external_id), self.service.to_blacklist)

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


@tagged("post_install", "-at_install")
class TestAsanakLine(SmsCase):
    service_class = AsanakService

    def test_the_kind_of_the_line_decides_who_gets_its_texts(self):
        self.account.write({"hour_from": 0, "hour_to": 0})
        for kind, reached in (("service", 1), ("promotional", 0)):
            with self.subTest(kind):
                self.service.to_blacklist.clear()
                self.account.line_kind = kind
                row = self.row_of(self.write_to())
                self.work()
                self.assertEqual(row.state, "sent")
                self.assertEqual(len(self.service.to_blacklist), reached)
