import base64

from odoo.tests import BaseCase
from odoo.tools import mute_logger

from odoo.addons.crm_ir_base.tools.http import InDoubt, Refused

from ..gateways import Failure, Pattern
from ..gateways.payamak_soap import PayamakSoap
from ..simulator.payamak_soap import PayamakSoapService
from .contract import CannedService, GatewayContract
from .test_gateway_payamak import ID, PanelCases

ENVELOPE = (
    '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">'
    "<soap:Body>{}</soap:Body></soap:Envelope>"
)
FAULT = "<soap:Fault><faultcode>{}</faultcode><faultstring>?</faultstring></soap:Fault>"


def sent(result, ids=(), states=None):
    longs = "".join(f"<long>{one}</long>" for one in ids)
    status = ""
    if states is not None:
        status = f"<status>{base64.b64encode(bytes(states)).decode()}</status>"
    return ENVELOPE.format(
        '<SendSmsResponse xmlns="http://tempuri.org/">'
        f"<SendSmsResult>{result}</SendSmsResult><recId>{longs}</recId>{status}"
        "</SendSmsResponse>"
    )


class TestPayamakSoap(PanelCases, GatewayContract, BaseCase):
    gateway_class = PayamakSoap
    service_class = PayamakSoapService

    def canned(self, body, status=200):
        address = self.serve(CannedService("canned", body, status))
        return self.gateway(address=f"{address}/canned")

    def answered(self, body, status=200, count=1):
        """What is made of an answer to a text for ``count`` people."""
        return self.canned(body, status).send(self.texts(count))

    def test_only_the_account_says_where_the_panel_is(self):
        self.send_one()
        self.assertEqual(self.service.requests, ["POST /post/Send.asmx"])
        self.gateway().inbox("")
        self.assertEqual(self.service.requests[1:], ["POST /post/receive.asmx"])

    @mute_logger("zeep.xsd.types.simple")
    def test_a_result_of_success_proves_nothing(self):
        for answer in (
            sent(1),
            sent(1, ["0"]),
            sent(1, ["11"], [0]),
            sent(1, ["98765"], [0]),
            sent(1, [ID, ID], [0, 0]),
            sent(1, [ID], [0, 0]),
            sent("", [ID], [0]),
            sent("ok", [ID], [0]),
        ):
            with self.subTest(answer), self.assertRaises(InDoubt):
                self.answered(answer)

    def test_a_refusal_with_an_id_leaves_doubt(self):
        with self.assertRaises(InDoubt):
            self.answered(sent(11, [ID], [0]))

    def test_an_id_without_a_state_is_taken(self):
        (receipt,) = self.answered(sent(1, [ID]))
        self.assertEqual(receipt.external_id, ID)

    def test_one_person_of_several_may_be_refused(self):
        first, second = self.answered(sent(1, [ID, "0"], [0, 1]), count=2)
        self.assertEqual((first.external_id, first.failure), (ID, None))
        self.assertEqual((second.external_id, second.failure), ("", Failure.OTHER))

    def test_a_fault_of_ours_is_a_refusal_whatever_the_status(self):
        for code in ("soap:Client", "Client", "soap:VersionMismatch"):
            for status in (200, 500):
                with self.subTest(code), self.assertRaises(Refused):
                    self.answered(ENVELOPE.format(FAULT.format(code)), status)

    def test_a_fault_of_the_server_leaves_doubt(self):
        for code in ("soap:Server", "", "soap:Client.Timeout"):
            for status in (200, 500):
                with self.subTest(code), self.assertRaises(InDoubt):
                    self.answered(ENVELOPE.format(FAULT.format(code)), status)

    def test_a_code_that_is_no_number_is_told_as_a_fault(self):
        pattern = Pattern(5, "+989121110000", "welcome", {"token": "1"})
        gateway = self.gateway()
        with self.assertRaises(Refused) as caught:
            gateway.send_patterns([pattern])
        self.assertEqual(gateway.failure(caught.exception.code), Failure.REQUEST)
        self.assertNothingTaken()

    def test_xml_with_a_document_type_is_not_read(self):
        entity = '<!DOCTYPE a [<!ENTITY b "1">]>'
        for doctype in (entity, "<!DOCTYPE a>", '<!DOCTYPE a SYSTEM "http://x/y">'):
            with self.subTest(doctype), self.assertRaises(InDoubt):
                self.answered(doctype + sent(1, [ID], [0]))
        self.assertEqual(
            self.answered(sent(1, [ID], [0]))[0].external_id, ID, "without it, it is"
        )

    @mute_logger("zeep.xsd.types.simple")
    def test_xml_of_another_form_leaves_doubt(self):
        for body in (
            ENVELOPE.format(""),
            ENVELOPE.format("<SendSmsResponse/>"),
            ENVELOPE.format('<SendSmsResponse xmlns="http://tempuri.org/"/>'),
            ENVELOPE.format('<Other xmlns="http://tempuri.org/"><a/></Other>'),
            sent(1, [ID], [0]).replace("<recId>", "<recId><string>1</string>"),
            sent(1, [ID], [0]).replace("<status>", "<status>A"),
            sent(1, [ID], [0])[:-3],
            "<a>" * 10_000,
            '{"Value": "4810367826829480957", "RetStatus": 1}',
        ):
            with self.subTest(body[:200]), self.assertRaises(InDoubt):
                self.answered(body)

    def test_fields_that_nobody_published_change_nothing(self):
        message = (
            "<MessagesBL><UserID>1</UserID><SendDate>2026-06-05T15:42:58.68</SendDate>"
            "<MsgID>7</MsgID><Receiver>30007777</Receiver><Sender>9121110000</Sender>"
            "<Body>لغو ۱۱</Body><Extra><a/></Extra></MessagesBL>"
        )
        body = ENVELOPE.format(
            '<GetMessagesResponse xmlns="http://tempuri.org/"><GetMessagesResult>'
            f"{message}</GetMessagesResult></GetMessagesResponse>"
        )
        (incoming,) = self.canned(body).inbox("")
        self.assertEqual((incoming.body, incoming.external_id), ("لغو ۱۱", "7"))
        self.assertEqual(incoming.moment.isoformat(), "2026-06-05T12:12:58+00:00")
