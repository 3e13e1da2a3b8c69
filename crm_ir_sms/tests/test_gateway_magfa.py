import base64
import json

from odoo.tests import BaseCase

from odoo.addons.crm_ir_base.tools.http import InDoubt, Refused

from ..gateways import Failure, Sent, Status, Text
from ..gateways.magfa import Magfa
from ..simulator.magfa import MagfaService
from .contract import CannedService, GatewayContract


class MagfaRules:
    """What Magfa's protocols have in common."""

    # a whole answer of Magfa: its code 1
    other_forms = tuple(
        body for body in GatewayContract.other_forms if body != '{"status": 1}'
    )

    def test_messages_of_one_call_are_refused_each_on_its_own(self):
        endings = ("0000", "0001", "0004", "0003")
        texts = [self.text(ending) for ending in endings]
        receipts = self.gateway().send(texts)
        self.assertEqual(
            [(one.failure, one.code) for one in receipts],
            [
                (None, ""),
                (Failure.TELECOM_BLACKLIST, "27"),
                (Failure.LINE_BLOCKED, "33"),
                (Failure.NUMBER, "1"),
            ],
        )
        self.assertEqual(
            [one.reference for one in receipts], [text.reference for text in texts]
        )
        self.assertEqual(len(self.telecom.messages), 1)

    def test_what_was_refused_in_doubt_is_absent(self):
        text = self.text("0001")
        gateway = self.gateway()
        (receipt,) = gateway.send([text])
        self.assertEqual(receipt.failure, Failure.TELECOM_BLACKLIST)
        self.assertIsNone(gateway.find(self.sent(text)))

    def test_the_cost_is_the_tariff_of_each_part(self):
        (receipt,) = self.gateway().send([self.text(body="س" * 200)])
        self.assertEqual((receipt.parts, receipt.cost), (3, 360))

    def test_a_reference_is_no_promise_to_send_once(self):
        text = self.text()
        gateway = self.gateway()
        first, second = gateway.send([text]), gateway.send([text])
        self.assertNotEqual(first[0].external_id, second[0].external_id)
        self.assertFalse(self.gateway_class.is_idempotent)

    def test_a_domain_is_that_of_the_account(self):
        gateway = self.gateway(options={"domain": "elsewhere"})
        with self.assertRaises(Refused) as caught:
            gateway.credit()
        self.assertEqual(caught.exception.code, "19")
        self.assertEqual(gateway.failure("19"), Failure.LOGIN)

    def test_a_line_is_written_as_the_account_has_it(self):
        form = {"from": "989121110000", "to": "9830007777", "text": "۱۱", "udh": ""}
        incoming = self.gateway().read_incoming(form)
        self.assertEqual(
            (incoming.number, incoming.line, incoming.body),
            ("+989121110000", "30007777", "۱۱"),
        )

    def test_a_pushed_text_without_its_sender_is_none(self):
        with self.assertRaises(InDoubt):
            self.gateway().read_incoming({"text": "سلام"})


class TestMagfa(MagfaRules, GatewayContract, BaseCase):
    gateway_class = Magfa
    service_class = MagfaService

    def canned(self, body, status=200):
        address = self.serve(CannedService("canned", json.dumps(body), status))
        return self.gateway(address=f"{address}/canned")

    def test_receipts_go_by_the_reference_and_not_by_the_order(self):
        texts = [Text(5, "+989121110000", "الف"), Text(6, "+989121110007", "ب")]
        accepted = {
            "status": 0,
            "id": 111111111,
            "userId": 6,
            "parts": 1,
            "tariff": 160.0,
            "alphabet": "UCS2",
            "recipient": "989121110007",
        }
        refused = {"status": 13, "userId": "5", "recipient": "989121110000"}
        gateway = self.canned({"status": 0, "messages": [accepted, refused]})
        first, second = gateway.send(texts)
        self.assertEqual((first.reference, first.failure), (5, Failure.TEXT))
        self.assertEqual((second.reference, second.external_id), (6, "111111111"))

    def test_a_message_that_the_answer_leaves_out_is_in_doubt(self):
        with self.assertRaises(InDoubt):
            self.canned({"status": 0, "messages": []}).send([self.text()])

    def test_an_error_page_of_a_web_server_is_no_refusal(self):
        page = {"status": 500, "error": "Internal Server Error", "path": "/send"}
        with self.assertRaises(InDoubt):
            self.canned(page, 500).send([self.text()])

    def test_only_the_documented_id_tells_that_a_message_is_absent(self):
        sent = self.sent(self.text())
        self.assertIsNone(self.canned({"status": 0, "mid": -1}).find(sent))
        for mid in (0, None, "", -2):
            with self.subTest(mid=mid), self.assertRaises(InDoubt):
                self.canned({"status": 0, "mid": mid}).find(sent)

    def test_an_id_that_is_too_old_to_find_is_no_proof_of_absence(self):
        with self.assertRaises(Refused):
            self.canned({"status": 24}).find(self.sent(self.text()))

    def test_a_moment_is_that_of_tehran(self):
        message = {
            "body": "سلام",
            "senderNumber": "989121110000",
            "recipientNumber": "9830007777",
            "date": "2026-06-29 09:00:00",
        }
        (incoming,) = self.canned({"status": 0, "messages": [message]}).inbox("")
        self.assertEqual(incoming.moment.isoformat(), "2026-06-29T05:30:00+00:00")

    def test_a_password_may_have_any_letters(self):
        self.account.password = "رمز:é&%"
        self.account.username = "کاربر"
        self.send_one()
        self.assertEqual(len(self.telecom.messages), 1)

    def test_arrays_of_a_call_have_one_length(self):
        heard = []
        take = self.service.take
        self.service.take = lambda **form: heard.append(form) or take(**form)
        self.gateway().send(self.texts(3))
        (form,) = heard
        self.assertEqual({len(column) for column in form.values()}, {3})
        self.assertTrue(all(type(uid) is int for uid in form["uids"]))
        self.assertTrue(all(one.startswith("989") for one in form["recipients"]))

    def test_a_login_is_the_user_slash_the_domain(self):
        heard = []
        balance = self.service.balance
        self.service.balance = lambda request: (
            heard.append(request.headers["Authorization"]) or balance(request)
        )
        self.gateway().credit()
        expected = base64.b64encode(b"demo/magfa:demo-pass&%+2").decode()
        self.assertEqual(heard, [f"Basic {expected}"])

    def test_a_report_tells_the_code_of_the_gateway(self):
        dlrs = [{"mid": 7, "status": -1, "date": "2020-01-01 10:10:00"}]
        stranger = Sent(1, "+989121110000", "", self.service.clock.now(), "7")
        (report,) = self.canned({"status": 0, "dlrs": dlrs}).reports([stranger])
        self.assertEqual(
            (report.external_id, report.status, report.code),
            ("7", Status.UNKNOWN, "-1"),
        )
