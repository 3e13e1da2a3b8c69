import json
from decimal import Decimal

from odoo.tests import BaseCase

from odoo.addons.crm_ir_base.simulator import faults
from odoo.addons.crm_ir_base.tools.http import InDoubt, Refused

from ..gateways import Failure, Status
from ..gateways.generic import Generic
from ..gateways.generic_options import (
    BadOptions,
    Finding,
    Problem,
    check_options,
    read_options,
    text_at,
)
from ..simulator.generic import GenericService
from ..simulator.limosms import LimoSmsService
from ..simulator.msgway import MsgWayService
from ..simulator.payamresan import PayamResanService
from .contract import EMOJI, PERSIAN, CannedService, GatewayContract, GatewayMixin

PLAIN = {
    "headers": {"X-Key": "{api_key}"},
    "success_path": "done",
    "success_value": True,
    "code_path": "error.code",
    "words_path": "error.text",
    "failures": {"1": "login", "2": "credit", "3": "line", "4": "number", "5": "text"},
    "statuses": {status.value: status.value for status in Status},
    "send": {
        "path": "/send",
        "form": {
            "from": "{sender}",
            "to": "{local_number}",
            "text": "{text}",
            "ref": "{reference}",
        },
        "result": "message.id",
    },
    "status": {"method": "GET", "path": "/status/{id}", "result": "message.state"},
    "credit": {"method": "GET", "path": "/credit", "result": "credit"},
}
LIMOSMS = {
    "headers": {"ApiKey": "{api_key}"},
    "success_path": "success",
    "success_value": True,
    "words_path": "message",
    "send": {
        "path": "/api/sendsms",
        "json": {
            "SenderNumber": "{sender}",
            "Message": "{text}",
            "MobileNumber": ["{local_number}"],
            "SendToBlocksNumber": False,
        },
        "result": "messageId.0",
    },
}
PAYAMRESAN = {
    "success_path": "Success",
    "success_value": True,
    "code_path": "ErrorCode",
    "words_path": "Error",
    "failures": {"1": "login", "13": "number"},
    "statuses": {"0": "queued", "4": "delivered", "7": "telecom_blacklist"},
    "send": {
        "path": "/api/V3/SendBulk",
        "json": {
            "ApiKey": "{api_key}",
            "Text": "{text}",
            "Sender": "{sender:int}",
            "Recipients": [
                {"Destination": "{digits_number:int}", "UserTraceId": "{reference:int}"}
            ],
        },
        "result": "Result.0.Id",
    },
    "status": {
        "path": "/api/V3/StatusById",
        "json": {"ApiKey": "{api_key}", "Ids": ["{id:int}"]},
        "result": "Result.0.StatusCode",
    },
    "credit": {
        "path": "/api/V3/AccountInfo",
        "json": {"ApiKey": "{api_key}"},
        "result": "Result.Credit",
    },
}
MSGWAY = {
    "headers": {"apiKey": "{api_key}"},
    "success_path": "status",
    "success_value": "success",
    "words_path": "error.message",
    "send": {
        "path": "/send",
        "json": {
            "mobile": "{number}",
            "method": "sms",
            "templateID": 1001,
            "params": ["{text}"],
        },
        "result": "referenceID",
    },
}
MEDIANA = {
    "headers": {"Authorization": "{api_key}"},
    "success_path": "data.succeed",
    "success_value": True,
    "code_path": "meta.errors.0.errorCode",
    "words_path": "meta.errorMessage",
    "send": {
        "path": "/sms/v1/send/sms",
        "json": {
            "recipients": ["{number}"],
            "messageText": "{text}",
            "sendingNumber": "{sender}",
        },
    },
}
PROVIDERS = {
    "plain": PLAIN,
    "limosms": LIMOSMS,
    "payamresan": PAYAMRESAN,
    "msgway": MSGWAY,
    "mediana": MEDIANA,
}


class TestGeneric(GatewayContract, BaseCase):
    gateway_class = Generic
    service_class = GenericService
    options = PLAIN

    def proof(self):
        return {
            "sender": self.account.lines[0],
            "api_key": self.account.api_key,
            "options": self.options,
        }

    def _check(self, recorded):
        self.options = PROVIDERS[recorded["provider"]]
        return super()._check(recorded)

    def told(self, body, status=200, **changes):
        """What the gateway makes of an answer to a text."""
        address = self.serve(CannedService("canned", json.dumps(body), status))
        options = {**PLAIN, **changes}
        gateway = self.gateway(address=f"{address}/canned", options=options)
        (receipt,) = gateway.send([self.text()])
        return receipt.external_id

    def test_a_wrong_key_is_refused_as_a_login(self):
        failure = self.refusal(self.gateway(api_key="wrong"), [self.text()])
        self.assertEqual(failure, Failure.LOGIN)
        self.assertNothingTaken()

    def test_every_published_code_is_told_as_in_the_table(self):
        for code, failure in PLAIN["failures"].items():
            with self.subTest(code=code):
                self.service.forced = code
                self.assertEqual(
                    self.refusal(self.gateway(), [self.text()]), Failure(failure)
                )
        self.assertNothingTaken()

    def test_a_text_is_never_taken_for_a_placeholder(self):
        body = "{api_key} {password} {text} {number:int} {0} {{sender}} \\u0041"
        self.send_one(body=body)
        (sms,) = self.telecom.messages.values()
        self.assertEqual(sms.body, body)

    def test_a_reference_may_be_sent_in_a_form(self):
        text = self.text()
        self.gateway().send([text])
        (sms,) = self.telecom.messages.values()
        self.assertEqual(sms.reference, str(text.reference))

    def test_a_yes_without_an_id_leaves_doubt_where_there_should_be_one(self):
        for none in (None, "", 0, "0", -1):
            with self.subTest(none=none), self.assertRaises(InDoubt):
                self.told({"done": True, "message": {"id": none}})

    def test_a_no_with_an_id_leaves_doubt(self):
        with self.assertRaises(InDoubt):
            self.told({"done": False, "message": {"id": 5}})

    def test_an_answer_that_says_neither_leaves_doubt(self):
        for body in ({"done": None}, {"done": ""}, {"done": {"a": 1}}, {"don": True}):
            with self.subTest(body=body), self.assertRaises(InDoubt):
                self.told(body)

    def test_a_service_that_failed_cannot_refuse(self):
        with self.assertRaises(InDoubt):
            self.told({"done": False, "error": {"code": 2}}, status=500)

    def test_a_refusal_without_a_code_has_that_of_http(self):
        body = {"done": False, "error": {"text": "no"}}
        for status, code in ((200, "false"), (401, "HTTP 401"), (429, "HTTP 429")):
            with self.subTest(status=status), self.assertRaises(Refused) as caught:
                self.told(body, status=status)
            self.assertEqual(
                (caught.exception.code, caught.exception.words), (code, "no")
            )

    def test_letter_case_does_not_matter_in_what_an_answer_says(self):
        body = {"Done": "TRUE", "MESSAGE": {"Id": 5}}
        self.assertEqual(self.told(body), "5")
        self.assertEqual(self.told(body, success_value="True"), "5")

    def test_a_long_id_keeps_all_its_digits(self):
        number = 9_223_372_036_854_775_807
        self.assertEqual(
            self.told({"done": True, "message": {"id": number}}), str(number)
        )

    def test_what_is_not_described_cannot_be_asked(self):
        gateway = self.gateway(options=LIMOSMS)
        with self.assertRaises(NotImplementedError):
            gateway.credit()
        self.assertEqual(gateway.reports([self.sent(self.text())]), [])
        self.assertFalse(self.service.requests)

    def test_a_line_that_is_no_number_is_sent_as_it_is(self):
        service = PayamResanService()
        address = self.serve(service)
        gateway = self.gateway(
            address=f"{address}/{service.name}", sender="Brand", options=PAYAMRESAN
        )
        self.assertEqual(self.refusal(gateway, [self.text()]), Failure.OTHER)

    def test_bad_options_make_no_gateway(self):
        with self.assertRaises(BadOptions) as caught:
            self.gateway(options={**PLAIN, "send": {}})
        self.assertEqual(
            caught.exception.findings, [Finding("send.path", Problem.MISSING)]
        )


class TestGenericProviders(GatewayMixin, BaseCase):
    """Services of which only some answers are known."""

    gateway_class = Generic
    service_class = GenericService

    def at(self, service, options, **changes):
        self.service, self.telecom = service, service.telecom
        self.account = self.telecom.account
        self.address = self.serve(service)
        return self.gateway(
            sender=self.account.lines[0],
            api_key=changes.get("api_key", self.account.api_key),
            options=options,
        )

    def proof(self):
        return {}

    def assertArrives(self, gateway, template="%s"):
        for body in (PERSIAN, EMOJI):
            with self.subTest(body=body):
                self.telecom.messages.clear()
                (receipt,) = gateway.send([self.text(body=body)])
                (sms,) = self.telecom.messages.values()
                self.assertEqual(sms.body, template % body)
                self.assertEqual(sms.number, "+989121110000")
                self.assertEqual(sms.line, self.account.lines[0])
                self.assertEqual(receipt.external_id, str(sms.id))

    def test_limosms_takes_a_text_in_either_letter_case_of_its_answers(self):
        gateway = self.at(LimoSmsService(), LIMOSMS)
        self.assertArrives(gateway)

    def test_limosms_refuses_with_words(self):
        gateway = self.at(LimoSmsService(), LIMOSMS, api_key="wrong")
        with self.assertRaises(Refused) as caught:
            gateway.send([self.text()])
        self.assertEqual(gateway.failure(caught.exception.code), Failure.OTHER)
        self.assertEqual(caught.exception.words, "کلید وب سرویس معتبر نیست")
        self.assertNothingTaken()

    def test_payamresan_takes_a_text_and_tells_what_became_of_it(self):
        gateway = self.at(PayamResanService(), PAYAMRESAN)
        self.assertArrives(gateway)
        for ending, status in (
            ("0000", Status.DELIVERED),
            ("0001", Status.TELECOM_BLACKLIST),
            ("0002", Status.UNKNOWN),
        ):
            text = self.text(ending)
            (receipt,) = gateway.send([text])
            sent = self.sent(text, receipt)
            (report,) = gateway.reports([sent])
            self.assertEqual((report.status, report.code), (Status.QUEUED, "0"))
            self.service.clock.advance(minutes=5)
            (report,) = gateway.reports([sent])
            self.assertEqual(report.status, status)

    def test_payamresan_tells_the_credit(self):
        gateway = self.at(PayamResanService(), PAYAMRESAN)
        self.account.credit = Decimal(12_345_600)
        self.assertEqual(gateway.credit(), Decimal(12_345_600))

    def test_payamresan_refuses_by_its_code_with_http_200(self):
        gateway = self.at(PayamResanService(), PAYAMRESAN, api_key="wrong")
        self.assertEqual(self.refusal(gateway, [self.text()]), Failure.LOGIN)
        with self.assertRaises(Refused) as caught:
            gateway.credit()
        self.assertEqual(gateway.failure(caught.exception.code), Failure.LOGIN)
        self.assertNothingTaken()

    def test_payamresan_gets_the_reference_as_a_number(self):
        gateway = self.at(PayamResanService(), PAYAMRESAN)
        text = self.text()
        gateway.send([text])
        (sms,) = self.telecom.messages.values()
        self.assertEqual(sms.reference, str(text.reference))

    def test_msgway_puts_the_text_into_its_template(self):
        gateway = self.at(MsgWayService(), MSGWAY)
        self.assertArrives(gateway, "کد شما %s است")

    def test_msgway_refuses_with_words(self):
        gateway = self.at(MsgWayService(), MSGWAY, api_key="wrong")
        with self.assertRaises(Refused) as caught:
            gateway.send([self.text()])
        self.assertEqual(caught.exception.code, "error")
        self.assertEqual(caught.exception.words, "apiKey is invalid")
        self.assertNothingTaken()

    def test_half_an_answer_leaves_doubt_at_every_provider(self):
        for service, options in (
            (LimoSmsService(), LIMOSMS),
            (PayamResanService(), PAYAMRESAN),
            (MsgWayService(), MSGWAY),
        ):
            with self.subTest(service=service.name):
                gateway = self.at(service, options)
                service.faults.plan(faults.truncated)
                with self.assertRaises(InDoubt):
                    gateway.send([self.text()])
                self.assertEqual(len(self.telecom.messages), 1)


class TestGenericOptions(BaseCase):
    def test_the_options_of_known_providers_are_good(self):
        for name, options in PROVIDERS.items():
            with self.subTest(provider=name):
                self.assertEqual(check_options(options), [])

    def test_what_is_missing_is_named(self):
        missing = {
            "send": {},
            "success_path": {},
            "success_value": {},
            "send.path": {"send": {}},
            "status.path": {"status": {"result": "a"}},
            "status.result": {"status": {"path": "/a"}},
            "credit.result": {"credit": {"path": "/a"}},
        }
        for key, changes in missing.items():
            options = {**MSGWAY, **changes}
            if not changes:
                del options[key]
            with self.subTest(key=key):
                self.assertEqual(
                    check_options(options), [Finding(key, Problem.MISSING)]
                )

    def test_a_bad_option_is_named_with_its_problem(self):
        bad = (
            ("sends", {}, "sends", Problem.UNKNOWN_KEY, ""),
            ("headers", [], "headers", Problem.FORM, ""),
            ("headers", {"A": 1}, "headers.A", Problem.FORM, ""),
            (
                "headers",
                {"A": "{number}"},
                "headers.A",
                Problem.PLACEHOLDER,
                "{number}",
            ),
            ("success_path", 1, "success_path", Problem.FORM, ""),
            ("success_value", [], "success_value", Problem.FORM, ""),
            ("failures", {"1": "password"}, "failures.1", Problem.VALUE, "password"),
            ("failures", {"1": ["login"]}, "failures.1", Problem.VALUE, "['login']"),
            ("failures", ["login"], "failures", Problem.FORM, ""),
            ("statuses", {"4": "seen"}, "statuses.4", Problem.VALUE, "seen"),
            ("send", "POST", "send", Problem.FORM, ""),
        )
        for key, value, *finding in bad:
            with self.subTest(key=key, value=value):
                found = check_options({**PLAIN, key: value})
                self.assertIn(Finding(*finding), found)

    def test_a_bad_part_of_a_call_is_named_with_its_problem(self):
        bad = (
            ("send", "url", "/", "url", Problem.UNKNOWN_KEY, ""),
            ("send", "method", "PATCH", "method", Problem.VALUE, "PATCH"),
            ("send", "path", 1, "path", Problem.FORM, ""),
            ("send", "path", "send", "path", Problem.VALUE, "send"),
            ("send", "path", "/send?a=1", "path", Problem.VALUE, "/send?a=1"),
            ("send", "path", "@other.ir/", "path", Problem.VALUE, "@other.ir/"),
            ("send", "path", "/{key}", "path", Problem.PLACEHOLDER, "{key}"),
            ("send", "result", 0, "result", Problem.FORM, ""),
            ("send", "form", [], "form", Problem.FORM, ""),
            ("send", "form", {"a": False}, "form.a", Problem.FORM, ""),
            ("send", "form", {"a": {"b": ""}}, "form.a", Problem.FORM, ""),
            ("send", "form", {"a": "{id}"}, "form.a", Problem.PLACEHOLDER, "{id}"),
            (
                *("send", "form", {"a": "{number:int}"}, "form.a"),
                *(Problem.PLACEHOLDER, "{number:int}"),
            ),
            ("send", "query", {"a": ["{b}"]}, "query.a", Problem.PLACEHOLDER, "{b}"),
            ("send", "json", {}, "json", Problem.CONFLICT, ""),
            ("status", "form", {}, "form", Problem.CONFLICT, ""),
            (
                "status",
                "query",
                {"a": "{text}"},
                "query.a",
                Problem.PLACEHOLDER,
                "{text}",
            ),
            ("credit", "query", {"a": "{id}"}, "query.a", Problem.PLACEHOLDER, "{id}"),
        )
        for call, part, value, key, problem, detail in bad:
            with self.subTest(call=call, part=part, value=value):
                changed = {**PLAIN, call: {**PLAIN[call], part: value}}
                self.assertEqual(
                    check_options(changed), [Finding(f"{call}.{key}", problem, detail)]
                )

    def test_a_placeholder_anywhere_in_json_is_checked(self):
        body = {"a": [{"b": "{c}"}, "x{reference:int}", "{ not one }", 1, None]}
        options = {**MSGWAY, "send": {"path": "", "json": body}}
        self.assertEqual(
            check_options(options),
            [
                Finding("send.json.a.0.b", Problem.PLACEHOLDER, "{c}"),
                Finding("send.json.a.1", Problem.PLACEHOLDER, "{reference:int}"),
            ],
        )

    def test_options_that_are_no_object_are_named(self):
        for options in (None, [], "send", 1):
            with self.subTest(options=options):
                self.assertIn(Finding("options", Problem.FORM), check_options(options))

    def test_an_error_names_every_option_that_is_wrong(self):
        error = BadOptions(check_options({}))
        self.assertIsInstance(error, ValueError)
        for key in ("send", "success_path", "success_value"):
            self.assertIn(f"{key}: this is required.", str(error))
            self.assertIn(f"{key}: this is required.", Generic.check_options({}))

    def test_every_problem_is_told_in_a_sentence(self):
        for problem in Problem:
            with self.subTest(problem=problem):
                sentence = str(Finding("send.path", problem, "/{x}"))
                self.assertRegex(sentence, r"^send\.path: .+\.$")

    def test_a_value_stays_in_its_part_of_the_path(self):
        send = {**PLAIN["send"], "path": "/{api_key}/{sender}.json"}
        call = read_options({**PLAIN, "send": send}).send
        values = dict.fromkeys(("number", "local_number", "text", "reference"), "")
        method, path, _options = call.fill(
            {**values, "api_key": "a/b?c=#%&é", "sender": "{api_key}"}
        )
        self.assertEqual(method, "POST")
        self.assertEqual(path, "/a%2Fb%3Fc%3D%23%25%26%C3%A9/%7Bapi_key%7D.json")

    def test_only_digits_become_a_number_of_json(self):
        body = {"a": "{sender:int}", "b": ["{reference:int}"], "c": "{sender}", "d": 1}
        send = {"path": "", "json": body}
        call = read_options({**MSGWAY, "send": send}).send
        for sender, number in (("3000", 3000), ("+983000", "+983000"), ("", "")):
            with self.subTest(sender=sender):
                _method, _path, options = call.fill(
                    {"sender": sender, "reference": 2**62, "api_key": ""}
                )
                self.assertEqual(
                    options["json"], {"a": number, "b": [2**62], "c": sender, "d": 1}
                )

    def test_a_place_in_an_answer_is_found(self):
        data = {
            "A": [{"b": 1}, {"B": "two", "c": None, "d": True, "e": Decimal("1.5")}]
        }
        for path, text in (
            ("a.0.b", "1"),
            ("A.1.b", "two"),
            ("A.1.c", ""),
            ("A.1.d", "true"),
            ("A.1.e", "1.5"),
            ("A.2.b", ""),
            ("A.b", ""),
            ("A.0.b.x", ""),
            ("", ""),
        ):
            with self.subTest(path=path):
                self.assertEqual(text_at(data, path), text)
        with self.assertRaises(ValueError):
            text_at(data, "A.0")
