from odoo.tests import BaseCase

from odoo.addons.crm_ir_base.tools.http import InDoubt, Refused

from ..gateways import Failure
from ..gateways.magfa_soap import MagfaSoap
from ..simulator.magfa_soap import MagfaSoapService
from .contract import CannedService, GatewayContract
from .test_gateway_magfa import MagfaRules

ENVELOPE = (
    '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/">'
    "<S:Body>{}</S:Body></S:Envelope>"
)
FAULT = "<S:Fault><faultcode>S:{}</faultcode><faultstring>no</faultstring></S:Fault>"
BALANCE = (
    '<w:balanceResponse xmlns:w="webservice.magfa.com">'
    "<return><status>0</status><balance>{}</balance></return></w:balanceResponse>"
)


class TestMagfaSoap(MagfaRules, GatewayContract, BaseCase):
    gateway_class = MagfaSoap
    service_class = MagfaSoapService

    def canned(self, content, status=200, prologue=""):
        body = prologue + ENVELOPE.format(content)
        address = self.serve(CannedService("canned", body, status))
        return self.gateway(address=f"{address}/canned")

    def test_a_fault_before_anything_is_done_is_a_refusal(self):
        for code in ("Client", "VersionMismatch", "MustUnderstand"):
            with self.subTest(code=code):
                gateway = self.canned(FAULT.format(code), 500)
                with self.assertRaises(Refused) as caught:
                    gateway.send([self.text()])
                self.assertEqual(caught.exception.code, code)
        self.assertEqual(gateway.failure("Client"), Failure.REQUEST)
        self.assertEqual(gateway.failure("MustUnderstand"), Failure.OTHER)

    def test_a_fault_of_the_server_leaves_doubt(self):
        for status in (200, 500):
            gateway = self.canned(FAULT.format("Server"), status)
            with self.subTest(status=status), self.assertRaises(InDoubt):
                gateway.send([self.text()])

    def test_an_answer_with_entities_is_not_read(self):
        kinds = ('<!DOCTYPE a [<!ENTITY b "12">]>', "<!DOCTYPE a>")
        for prologue in kinds:
            value = "&b;" if "ENTITY" in prologue else "12"
            gateway = self.canned(BALANCE.format(value), prologue=prologue)
            with self.subTest(prologue=prologue), self.assertRaises(InDoubt):
                gateway.credit()

    def test_an_answer_to_another_operation_leaves_doubt(self):
        with self.assertRaises(InDoubt):
            self.canned(BALANCE.format("12")).send([self.text()])

    def test_a_number_that_is_none_leaves_doubt(self):
        with self.assertRaises(InDoubt):
            self.canned(BALANCE.format("many")).credit()

    def test_the_account_names_the_address_and_nothing_else_is_called(self):
        self.gateway().credit()
        self.assertEqual(self.service.requests, ["POST /"])
