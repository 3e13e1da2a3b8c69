from odoo.tests import BaseCase

from ..gateways import Status
from ..gateways.kavenegar import Kavenegar
from ..simulator.kavenegar import KavenegarService
from .contract import GatewayContract


class TestKavenegar(GatewayContract, BaseCase):
    gateway_class = Kavenegar
    service_class = KavenegarService

    def test_a_value_keeps_to_the_blanks_of_its_name(self):
        check = self.gateway().check_values
        self.assertFalse(check({"token": "12345", "token20": "سه واژهٔ فارسی"}))
        self.assertEqual(check({"token": "دو واژه"}), ["token"])
        self.assertEqual(check({"token": "a_b", "token2": "a\nb"}), ["token", "token2"])
        self.assertEqual(check({"token10": "1 2 3 4 5 6 7"}), ["token10"])
        self.assertEqual(check({"name": "1"}), ["name"])

    def test_a_pushed_report_is_read_from_either_spelling_of_numbers(self):
        (report,) = self.gateway().read_reports({"messageid": "12", "status": "10"})
        self.assertEqual((report.external_id, report.status), ("12", Status.DELIVERED))

    def test_a_pushed_text_is_read(self):
        form = {
            "messageid": "7",
            "from": "09121110000",
            "to": "30007777",
            "message": "۱۱",
        }
        incoming = self.gateway().read_incoming(form)
        self.assertEqual(incoming.number, "+989121110000")
        self.assertEqual(
            (incoming.line, incoming.body, incoming.external_id),
            ("30007777", "۱۱", "7"),
        )
