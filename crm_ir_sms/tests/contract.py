"""What every gateway must do, against its own simulator and its recorded answers.

A subclass names the gateway and its service. Odoo's runner runs inherited tests only
where the class says so; test_registry makes sure that no gateway escapes.
"""

import datetime
import json
import logging
import random
from decimal import Decimal
from pathlib import Path

from werkzeug import Response

from odoo.addons.crm_ir_base.simulator import faults
from odoo.addons.crm_ir_base.simulator.service import Service
from odoo.addons.crm_ir_base.tests.door_common import DoorMixin
from odoo.addons.crm_ir_base.tools.http import Door, InDoubt, NotSent, Refused

from ..gateways import Failure, Gateway, Pattern, Sent, Setup, Status, Text
from ..simulator.telecom import DELIVERED
from ..tools.line import plain_line

RESPONSES = Path(__file__).parent / "responses"
PERSIAN = "سلام «می‌خواهیم» ۱۰۰٪\nخط دوم & a=b+c;#/?% \\ \"'<>"
EMOJI = "سفارش شما رسید 🎉👍🏽"
# what may stand for a status where the gateway does not tell it apart
SAME = {
    Status.LINE_BLOCKED: {
        Status.LINE_BLOCKED,
        Status.TELECOM_BLACKLIST,
        Status.UNDELIVERED,
        Status.FAILED,
    },
    Status.FAILED: {Status.FAILED, Status.UNDELIVERED},
}


class CannedService(Service):
    """Answers everything with one recorded answer."""

    title = "Canned"
    routes = (("/", "say"), ("/<path:path>", "say"))

    def __init__(self, name, body, status=200, headers=None):
        super().__init__()
        self.name = name
        self._canned = body, status, headers

    def say(self, _request, path=""):
        body, status, headers = self._canned
        return Response(body, status, headers, mimetype="application/json")


class GatewayMixin(DoorMixin):
    """A gateway before its simulator, and what its tests speak with."""

    gateway_class = None
    service_class = None

    def setUp(self):
        super().setUp()
        self.service = self.service_class()
        self.telecom = self.service.telecom
        self.account = self.telecom.account
        self.address = self.serve(self.service)
        self.random = random.Random(1404)

    # what the cases speak with

    def gateway(self, *, timeout=5, address=None, **changes):
        """The gateway of the simulator's customer; ``changes`` are those of `Setup`."""
        setup = Setup(**{**self.proof(), **changes})
        base_url = address or f"{self.address}/{self.service.name}"
        secrets = (setup.api_key, setup.password)
        door = self.enterContext(
            Door(base_url, secrets, timeout=timeout, deadline=2 * timeout)
        )
        return self.gateway_class(door, setup)

    def proof(self):
        """The customer's line and credentials, as far as the gateway asks for them."""
        credentials = {
            name: getattr(self.account, name) for name in self.gateway_class.credentials
        }
        return {"sender": self.account.lines[0], **credentials}

    def text(self, ending="", body="سلام"):
        number = f"+98{DELIVERED}"
        number = number[: len(number) - len(ending)] + ending
        return Text(self.random.getrandbits(62), number, body)

    def texts(self, count):
        """Texts for different people, different where the gateway can."""
        mixes = self.gateway_class.mixes_bodies
        return [
            self.text(f"{7_000_000 + index * 7}", f"پیام {index}" if mixes else "سلام")
            for index in range(count)
        ]

    def sent(self, text, receipt=None):
        return Sent(
            reference=text.reference,
            number=text.number,
            body=getattr(text, "body", ""),
            sent_at=self.service.clock.now(),
            external_id=receipt.external_id if receipt else "",
            batch_id=receipt.batch_id if receipt else "",
        )

    def send_one(self, ending="", body="سلام"):
        text = self.text(ending, body)
        (receipt,) = self.gateway().send([text])
        self.assertIsNone(receipt.failure)
        return self.sent(text, receipt)

    def refusal(self, gateway, texts):
        """The failure of a text that is certainly not sent, however it is told."""
        try:
            receipts = gateway.send(texts)
        except Refused as refused:
            return gateway.failure(refused.code)
        (failure,) = {receipt.failure for receipt in receipts}
        return failure

    def assertNothingTaken(self):
        self.assertFalse(self.telecom.messages)

    def assertToldAs(self, failure, expected):
        """A gateway without a published code for ``expected`` only refuses."""
        if expected in self.gateway_class.codes.values():
            self.assertEqual(failure, expected)
        else:
            self.assertIsNotNone(failure)


class GatewayContract(GatewayMixin):
    allow_inherited_tests_method = True

    # answers that no gateway gives, but for one that says which of them is its own
    other_forms = (
        *("", "null", "[]", "{}", "12", '"ok"', '{"data": null}', "[" * 100_000),
        *('{"status": 1}', '{"return": []}', "\0", "<a/>"),
    )

    # a text and its receipt

    def test_a_text_arrives_once_and_as_it_was_written(self):
        for body in (PERSIAN, EMOJI, "Hello ^{}[~]|€", "a" * 300):
            with self.subTest(body=body):
                self.telecom.messages.clear()
                self.send_one(body=body)
                (sms,) = self.telecom.messages.values()
                self.assertEqual(sms.body, body)
                self.assertEqual(sms.number, f"+98{DELIVERED}")
                self.assertEqual(sms.line, self.account.lines[0])

    def test_a_full_call_is_one_request_with_a_receipt_for_each(self):
        texts = self.texts(self.gateway_class.texts_per_call)
        before = len(self.service.requests)
        receipts = self.gateway().send(texts)
        self.assertEqual(len(self.service.requests), before + 1)
        self.assertEqual(
            [receipt.reference for receipt in receipts],
            [text.reference for text in texts],
        )
        taken = list(self.telecom.messages.values())
        self.assertEqual(
            [(sms.number, sms.body) for sms in taken],
            [(text.number, text.body) for text in texts],
        )
        self.assertEqual(
            len({(one.external_id, one.batch_id) for one in receipts}), len(texts)
        )

    def test_each_receipt_names_its_own_message(self):
        count = min(5, self.gateway_class.texts_per_call)
        texts = self.texts(count)
        gateway = self.gateway()
        sent = [
            self.sent(text, receipt)
            for text, receipt in zip(texts, gateway.send(texts), strict=True)
        ]
        self.service.clock.advance(minutes=5)
        for one in sent:
            (report,) = gateway.reports([one])
            self.assertEqual(report.external_id, one.external_id)
            self.assertEqual(report.status, Status.DELIVERED)

    def test_the_cost_is_what_the_gateway_took(self):
        unit = self.gateway_class.rial_per_unit
        (receipt,) = self.gateway().send([self.text(body="س" * 200)])
        (sms,) = self.telecom.messages.values()
        self.assertEqual(sms.parts, 3)
        if receipt.cost is not None and unit:
            self.assertEqual(receipt.cost * unit, sms.cost)
        if receipt.parts is not None:
            self.assertEqual(receipt.parts, 3)

    def test_a_reference_is_sent_as_it_is(self):
        if not self.gateway_class.carries_reference:
            return self.assertFalse(self.gateway_class.is_idempotent)
        text = Text(2**62 - 1, f"+98{DELIVERED}", "سلام")
        self.gateway().send([text])
        (sms,) = self.telecom.messages.values()
        self.assertEqual(sms.reference, str(2**62 - 1))

    # refusals

    def test_a_wrong_key_is_refused_as_a_login(self):
        wrong = dict.fromkeys(self.gateway_class.credentials, "wrong")
        failure = self.refusal(self.gateway(**wrong), [self.text()])
        self.assertEqual(failure, Failure.LOGIN)
        self.assertNothingTaken()

    def test_a_closed_account_is_refused_as_a_login(self):
        self.account.is_active = False
        failure = self.refusal(self.gateway(), [self.text()])
        self.assertEqual(failure, Failure.LOGIN)
        self.assertNothingTaken()

    def test_an_empty_account_is_refused_for_credit(self):
        self.account.credit = Decimal(0)
        failure = self.refusal(self.gateway(), [self.text()])
        self.assertToldAs(failure, Failure.CREDIT)
        self.assertNothingTaken()

    def test_a_foreign_line_is_refused(self):
        failure = self.refusal(self.gateway(sender="20001111"), [self.text()])
        self.assertToldAs(failure, Failure.LINE)
        self.assertNothingTaken()

    def test_a_link_is_refused_where_the_line_takes_none(self):
        if Failure.LINK not in self.gateway_class.codes.values():
            return self.assertNotIn(Failure.LINK, self.gateway_class.codes.values())
        self.account.accepts_links = False
        text = self.text(body="https://example.ir/a")
        self.assertEqual(self.refusal(self.gateway(), [text]), Failure.LINK)
        self.assertNothingTaken()

    def test_advertising_outside_its_hours_is_refused(self):
        if Failure.HOURS not in self.gateway_class.codes.values():
            return self.assertNotIn(Failure.HOURS, self.gateway_class.codes.values())
        self.account.in_hours = False
        self.assertEqual(self.refusal(self.gateway(), [self.text()]), Failure.HOURS)
        self.assertNothingTaken()

    def test_our_server_is_refused_by_its_address(self):
        if Failure.ADDRESS not in self.gateway_class.codes.values():
            return self.assertNotIn(Failure.ADDRESS, self.gateway_class.codes.values())
        self.account.accepts_address = False
        self.assertEqual(self.refusal(self.gateway(), [self.text()]), Failure.ADDRESS)
        self.assertNothingTaken()

    def test_a_text_that_is_empty_is_never_taken(self):
        failure = self.refusal(self.gateway(), [self.text(body="")])
        self.assertIsNotNone(failure)
        self.assertNothingTaken()

    def test_a_number_that_is_none_is_never_taken(self):
        text = Text(1, "+9812", "سلام")
        self.assertIsNotNone(self.refusal(self.gateway(), [text]))
        self.assertNothingTaken()

    def test_every_published_code_is_told_as_in_the_table(self):
        for code, failure in self.gateway_class.codes.items():
            with self.subTest(code=code):
                self.service.forced = code
                self.assertEqual(self.refusal(self.gateway(), [self.text()]), failure)
        self.assertNothingTaken()

    def test_a_code_that_is_not_in_the_table_is_a_refusal_of_its_own_kind(self):
        self.service.forced = "98765"
        self.assertEqual(self.refusal(self.gateway(), [self.text()]), Failure.OTHER)
        self.assertNothingTaken()

    def test_a_busy_gateway_asks_to_wait(self):
        self.service.faults.plan(faults.busy)
        gateway = self.gateway()
        with self.assertRaises(Refused) as caught:
            gateway.send([self.text()])
        self.assertEqual(gateway.failure(caught.exception.code), Failure.BUSY)
        self.assertEqual(caught.exception.answer.retry_after, 7)
        self.assertNothingTaken()

    # doubt

    def assertInDoubt(self, fault, *, taken, timeout=5):
        self.service.faults.plan(fault)
        gateway = self.gateway(timeout=timeout)
        with self.assertRaises(InDoubt):
            gateway.send([self.text()])
        self.assertEqual(len(self.telecom.messages), taken)

    def test_an_answer_that_is_late_leaves_doubt(self):
        self.assertInDoubt(faults.Late(1), taken=1, timeout=0.3)

    def test_a_connection_that_breaks_after_taking_leaves_doubt(self):
        self.assertInDoubt(faults.dropped, taken=1)

    def test_a_connection_that_breaks_before_taking_leaves_doubt(self):
        self.assertInDoubt(faults.lost, taken=0)

    def test_half_an_answer_leaves_doubt(self):
        self.assertInDoubt(faults.truncated, taken=1)

    def test_a_page_instead_of_an_answer_leaves_doubt(self):
        self.assertInDoubt(faults.garbled, taken=1)

    def test_a_bad_gateway_leaves_doubt(self):
        self.assertInDoubt(faults.bad_gateway, taken=0)

    def test_a_gateway_timeout_leaves_doubt(self):
        self.assertInDoubt(faults.gateway_timeout, taken=1)

    def test_an_answer_of_another_form_leaves_doubt(self):
        for body in self.other_forms:
            with self.subTest(body=body[:20]):
                address = self.serve(CannedService("canned", body))
                gateway = self.gateway(address=f"{address}/canned")
                with self.assertRaises((InDoubt, Refused)) as caught:
                    gateway.send([self.text()])
                if isinstance(caught.exception, Refused):
                    code = caught.exception.code
                    self.assertEqual(gateway.failure(code), Failure.OTHER)

    def test_an_answer_without_end_leaves_doubt(self):
        address = self.serve(CannedService("canned", b" " * 5_000_000))
        with self.assertRaises(InDoubt):
            self.gateway(address=f"{address}/canned").send([self.text()])

    def test_a_gateway_that_is_away_has_certainly_nothing(self):
        self.allow("127.0.0.1:9")
        with self.assertRaises(NotSent):
            self.gateway(address="http://127.0.0.1:9").send([self.text()])

    def test_a_byte_order_mark_changes_nothing(self):
        self.service.faults.plan(faults.marked)
        self.send_one()
        self.assertEqual(len(self.telecom.messages), 1)

    # asking again

    def test_what_was_taken_in_doubt_is_found(self):
        text = self.text()
        self.service.faults.plan(faults.dropped)
        gateway = self.gateway()
        with self.assertRaises(InDoubt):
            gateway.send([text])
        if self.gateway_class.find_window is None:
            with self.assertRaises(InDoubt):
                gateway.find(self.sent(text))
            return
        receipt = gateway.find(self.sent(text))
        self.assertEqual(receipt.reference, text.reference)
        self.service.clock.advance(minutes=5)
        (report,) = gateway.reports([self.sent(text, receipt)])
        self.assertEqual(report.status, Status.DELIVERED)

    def test_what_was_lost_is_found_to_be_absent(self):
        text = self.text()
        same = self.send_one()
        gateway = self.gateway()
        if self.gateway_class.find_window is None:
            with self.assertRaises(InDoubt):
                gateway.find(self.sent(text))
        else:
            self.assertIsNone(gateway.find(self.sent(text), {same.external_id}))

    def test_a_question_that_fails_is_no_answer(self):
        if self.gateway_class.find_window is None:
            return self.assertFalse(self.gateway_class.is_idempotent)
        text = self.text()
        gateway = self.gateway()
        for fault in (faults.lost, faults.garbled, faults.bad_gateway):
            self.service.faults.plan(fault)
            with self.assertRaises(InDoubt):
                gateway.find(self.sent(text))

    def test_the_same_reference_is_not_sent_twice_where_the_gateway_promises_so(self):
        text = self.text()
        gateway = self.gateway()
        (first,) = gateway.send([text])
        if self.gateway_class.is_idempotent:
            (second,) = gateway.send([text])
            self.assertEqual(second.external_id, first.external_id)
        self.assertEqual(len(self.telecom.messages), 1)

    # delivery

    def test_the_fate_of_a_message_is_told_when_it_is_known(self):
        endings = {
            "0000": Status.DELIVERED,
            "0001": Status.TELECOM_BLACKLIST,
            "0002": Status.UNDELIVERED,
            "0004": Status.LINE_BLOCKED,
            "0005": Status.FAILED,
        }
        for ending, status in endings.items():
            with self.subTest(status=status):
                text = self.text(ending)
                gateway = self.gateway()
                try:
                    (receipt,) = gateway.send([text])
                except Refused as refused:  # told at once
                    self.assertEqual(gateway.failure(refused.code).value, status.value)
                    continue
                if receipt.failure:
                    self.assertEqual(receipt.failure.value, status.value)
                    continue
                sent = self.sent(text, receipt)
                (report,) = gateway.reports([sent])
                self.assertIn(report.status, (Status.QUEUED, Status.HANDED))
                self.service.clock.advance(minutes=5)
                (report,) = gateway.reports([sent])
                told = SAME.get(status, {status})
                if told.isdisjoint(gateway.statuses.values()):
                    told = {Status.UNKNOWN}  # none of its published codes says so
                self.assertIn(report.status, told)

    def test_many_are_asked_for_in_one_request(self):
        gateway = self.gateway()
        texts = self.texts(min(gateway.texts_per_call, gateway.reports_per_call))
        receipts = gateway.send(texts)
        sent = [self.sent(*both) for both in zip(texts, receipts, strict=True)]
        self.service.clock.advance(minutes=5)
        before = len(self.service.requests)
        reports = gateway.reports(sent)
        self.assertEqual(len(self.service.requests), before + 1)
        self.assertEqual({one.status for one in reports}, {Status.DELIVERED})
        self.assertEqual(len(reports), len(sent))

    def test_a_message_that_the_gateway_does_not_know_has_no_fate(self):
        stranger = Sent(1, f"+98{DELIVERED}", "", self.service.clock.now(), "7", "7")
        try:
            reports = self.gateway().reports([stranger])
        except Refused:
            return
        self.assertFalse({one.status for one in reports} - {Status.UNKNOWN})

    def test_a_message_that_is_too_old_has_no_fate(self):
        sent = self.send_one()
        window = self.gateway_class.report_window
        self.service.clock.advance(seconds=window.total_seconds() + 3600)
        reports = self.gateway().reports([sent])
        self.assertLessEqual(
            {one.status for one in reports}, {Status.UNKNOWN, Status.DELIVERED}
        )

    def test_every_published_status_is_in_the_vocabulary(self):
        gateway = self.gateway()
        self.assertIn(Status.DELIVERED, gateway.statuses.values())
        for code, status in gateway.statuses.items():
            self.assertEqual(gateway.status(code), status)
        self.assertEqual(gateway.status("98765"), Status.UNKNOWN)

    # the rest of an account

    def test_the_credit_is_that_of_the_account(self):
        self.account.credit = Decimal(12_345_600)
        credit = self.gateway().credit()
        self.assertIsInstance(credit, Decimal)
        unit = self.gateway_class.rial_per_unit
        if unit:
            self.assertEqual(credit * unit, Decimal(12_345_600))

    def test_what_came_in_is_read_once(self):
        gateway = self.gateway()
        if not gateway.reads_inbox:
            with self.assertRaises(NotImplementedError):
                gateway.inbox("")
            return
        line = self.account.lines[0]
        sent = [
            self.telecom.reply("+989121110000", line, "لغو ۱۱"),
            self.telecom.reply("+989121110009", line, PERSIAN),
        ]
        came = gateway.inbox("")
        self.assertCountEqual(
            [(one.number, one.line, one.body) for one in came],
            [(one.number, one.line, one.body) for one in sent],
        )
        for one in came:
            age = self.service.clock.now() - one.moment
            self.assertLess(abs(age), datetime.timedelta(minutes=1))
        newest = max((one.external_id for one in came), default="", key=str)
        again = gateway.inbox(newest)
        if gateway.repeats_inbox:
            self.assertFalse(newest)
            self.assertEqual(again, came)
        else:
            self.assertFalse(again)

    def test_the_lines_are_those_of_the_account(self):
        lines = self.gateway().lines()
        if lines:
            self.assertEqual(tuple(map(plain_line, lines)), self.account.lines)
        else:
            self.assertIs(type(self.gateway()).lines, Gateway.lines)

    def test_a_pattern_arrives_with_its_values(self):
        gateway = self.gateway()
        if not gateway.patterns_per_call:
            with self.assertRaises(NotImplementedError):
                gateway.send_patterns([])
            return
        name = self.account.templates["1001"].names[0]
        pattern = Pattern(5, f"+98{DELIVERED}", "1001", {name: "12345"})
        (receipt,) = gateway.send_patterns([pattern])
        self.assertIsNone(receipt.failure)
        (sms,) = self.telecom.messages.values()
        self.assertIn("12345", sms.body)
        self.service.clock.advance(minutes=5)
        (report,) = gateway.reports([self.sent(pattern, receipt)])
        self.assertEqual(report.status, Status.DELIVERED)

    def test_a_pattern_that_is_not_approved_is_refused(self):
        gateway = self.gateway()
        if not gateway.patterns_per_call:
            return self.assertFalse(gateway.check_values({"token": "1"}))
        for code in ("9999", "1001"):
            self.account.templates["1001"].is_approved = False
            pattern = Pattern(5, f"+98{DELIVERED}", code, {"token": "1"})
            with self.assertRaises(Refused) as caught:
                gateway.send_patterns([pattern])
            failure = gateway.failure(caught.exception.code)
            self.assertToldAs(failure, Failure.PATTERN)
        self.assertNothingTaken()

    def test_values_that_a_pattern_cannot_hold_are_named(self):
        gateway = self.gateway()
        if not gateway.patterns_per_call:
            return self.assertIsNone(gateway.max_value_length)
        name = self.account.templates["1001"].names[0]
        self.assertFalse(gateway.check_values({name: "12345"}))
        self.assertEqual(gateway.check_values({name: " "}), [name])
        if gateway.max_value_length:
            long = "1" * (gateway.max_value_length + 1)
            self.assertEqual(gateway.check_values({name: long}), [name])

    def test_a_pattern_is_read_as_the_gateway_has_it(self):
        gateway = self.gateway()
        if not gateway.reads_patterns:
            with self.assertRaises(NotImplementedError):
                gateway.pattern("1002")
            return
        template = self.account.templates["1002"]
        read = gateway.pattern("1002")
        self.assertEqual((read.text, read.names), (template.text, template.names))
        self.assertTrue(read.is_active)
        template.is_approved = False
        read = gateway.pattern("1002")
        self.assertFalse(read and read.is_active)
        for code in ("9999", "../1001", "کد؟&#%", " "):
            with self.subTest(code=code):
                self.assertIsNone(gateway.pattern(code))
        with self.assertRaises(Refused) as caught:
            self.gateway(api_key="wrong").pattern("1001")
        self.assertEqual(gateway.failure(caught.exception.code), Failure.LOGIN)

    # secrets

    def test_no_secret_is_in_a_message_or_a_log(self):
        secrets = {
            value
            for name, value in self.proof().items()
            if name in ("api_key", "password")
        }
        self.assertTrue(secrets)
        heard = []
        with self.assertLogs(level=logging.DEBUG) as logs:
            logging.getLogger("crm_ir").debug("something to hear")
            for fault in (None, faults.dropped, faults.bad_gateway, faults.busy):
                self.service.faults.plan(fault)
                gateway = self.gateway()
                heard.append(repr(gateway.door))
                try:
                    gateway.send([self.text()])
                except (InDoubt, Refused) as error:
                    heard += [str(error), repr(error)]
        for secret in secrets:
            self.assertNotIn(secret, "\n".join(heard + logs.output))

    # what gateways were recorded or are documented to answer

    def test_recorded_answers_are_understood(self):
        files = sorted((RESPONSES / self.gateway_class.key).glob("*.json"))
        self.assertTrue(files)
        for file in files:
            with self.subTest(file.name):
                recorded = json.loads(file.read_text("utf-8"))
                self.assertIn(recorded["certainty"], ("documented", "assumed"))
                self.assertTrue(recorded["source"])
                self._check(recorded)

    def _check(self, recorded):
        body = recorded["body"]
        if not isinstance(body, str):
            body = json.dumps(body, ensure_ascii=False)
        address = self.serve(
            CannedService(
                "canned", body, recorded.get("status", 200), recorded.get("headers")
            )
        )
        gateway = self.gateway(address=f"{address}/canned")
        asked = [
            Sent(index, one["number"], "", datetime.datetime(2026, 1, 1), *one["ids"])
            for index, one in enumerate(recorded.get("sent", ()))
        ]
        texts = [
            Text(index, number, "سلام")
            for index, number in enumerate(recorded.get("numbers", ()))
        ]
        calls = {
            "send": lambda: [_told(one) for one in gateway.send(texts)],
            "send_patterns": lambda: [
                _told(one)
                for one in gateway.send_patterns(
                    [Pattern(0, recorded["numbers"][0], "1001", {"token": "1"})]
                )
            ],
            "reports": lambda: {
                one.number or one.external_id: one.status.value
                for one in gateway.reports(asked)
            },
            "find": lambda: _told(gateway.find(asked[0])),
            "credit": lambda: str(gateway.credit()),
            "lines": gateway.lines,
            "pattern": lambda: _read(gateway.pattern("1001")),
            "inbox": lambda: [[one.number, one.body] for one in gateway.inbox("")],
        }
        try:
            told = calls[recorded["call"]]()
        except Refused as refused:
            told = gateway.failure(refused.code).value
        except InDoubt:
            told = "in doubt"
        self.assertEqual(told, recorded["expected"])


def _read(approved):
    """A pattern as answer files write it: its text, its names, whether it is active."""
    if approved is None:
        return "absent"
    return [approved.text, list(approved.names), approved.is_active]


def _told(receipt):
    """A receipt as answer files write it: the failure or the gateway's id."""
    if receipt is None:
        return "absent"
    return receipt.failure.value if receipt.failure else receipt.external_id
