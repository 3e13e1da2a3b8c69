from decimal import Decimal

from odoo.tests import BaseCase

from odoo.addons.crm_ir_base.tools.http import InDoubt, Refused

from ..gateways import Failure, Pattern, Status, Text
from ..gateways.ippanel import IPPanel
from ..simulator.ippanel import IPPanelService
from .contract import GatewayContract


class TestIPPanel(GatewayContract, BaseCase):
    gateway_class = IPPanel
    service_class = IPPanelService

    def fate(self, sent):
        (report,) = self.gateway().reports([sent])
        return report.status

    def test_an_empty_account_is_refused_for_credit(self):
        # it is told of the message only, when it has been taken
        self.account.credit = Decimal(0)
        sent = self.send_one()
        self.assertNothingTaken()
        (report,) = self.gateway().reports([sent])
        self.assertEqual((report.status, report.code), (Status.FAILED, "state 8"))

    def test_the_same_text_within_forty_seconds_is_refused_as_repeated(self):
        self.send_one()
        self.assertEqual(self.refusal(self.gateway(), [self.text()]), Failure.REPEATED)
        self.assertEqual(len(self.telecom.messages), 1)
        self.service.clock.advance(seconds=41)
        self.send_one()
        self.assertEqual(len(self.telecom.messages), 2)

    def test_the_same_text_twice_in_one_call_is_sent_once(self):
        first, second, other = self.text(), self.text(), self.text("0009")
        receipts = self.gateway().send([first, second, other])
        self.assertEqual(
            [receipt.failure for receipt in receipts], [None, Failure.REPEATED, None]
        )
        self.assertEqual(
            [receipt.reference for receipt in receipts],
            [first.reference, second.reference, other.reference],
        )
        self.assertEqual(len(self.telecom.messages), 2)

    def test_the_id_of_a_message_is_that_of_its_call_with_its_number(self):
        first, second = self.gateway().send([self.text(), self.text("0009")])
        self.assertEqual(first.batch_id, second.batch_id)
        self.assertTrue(first.batch_id.isdecimal())
        self.assertEqual(first.external_id, f"{first.batch_id}/989121110000")
        self.assertEqual(second.external_id, f"{first.batch_id}/989121110009")

    def test_a_line_may_be_written_with_its_country(self):
        self.gateway(sender="+9830007777").send([self.text()])
        (sms,) = self.telecom.messages.values()
        self.assertEqual(sms.line, "30007777")

    def test_a_number_without_its_country_is_never_taken(self):
        text = Text(1, "09121110000", "سلام")
        self.assertEqual(self.refusal(self.gateway(), [text]), Failure.NUMBER)
        self.assertNothingTaken()

    def test_a_text_that_is_too_long_is_refused(self):
        text = self.text(body="a" * 1401)
        self.assertEqual(self.refusal(self.gateway(), [text]), Failure.TEXT)
        self.assertNothingTaken()

    def test_values_that_do_not_fit_the_pattern_are_refused(self):
        pattern = Pattern(1, "+989121110000", "1001", {"other": "1"})
        gateway = self.gateway()
        with self.assertRaises(Refused) as caught:
            gateway.send_patterns([pattern])
        self.assertEqual(gateway.failure(caught.exception.code), Failure.PATTERN)

    def test_what_those_who_watch_reject_is_rejected(self):
        states = {
            1: Status.QUEUED,
            3: Status.REJECTED,
            4: Status.INVALID_NUMBER,
            7: Status.CANCELLED,
            9: Status.FAILED,
        }
        for state, status in states.items():
            with self.subTest(state=state):
                self.service.stops_at = state
                self.assertEqual(self.fate(self.send_one()), status)

    def test_recipients_on_further_pages_are_read(self):
        self.service.most_per_page = 2
        texts = self.texts(5)
        gateway = self.gateway()
        receipts = gateway.send(texts)
        self.service.clock.advance(minutes=5)
        sent = [self.sent(*both) for both in zip(texts, receipts, strict=True)]
        self.assertEqual(
            [(one.number, one.status) for one in gateway.reports(sent)],
            [(text.number, Status.DELIVERED) for text in texts],
        )
        doubtful = self.sent(texts[4])
        self.assertEqual(gateway.find(doubtful).external_id, sent[4].external_id)

    def test_another_text_to_the_same_number_is_not_what_is_looked_for(self):
        self.send_one(body="کد شما ۱۲۳۴ است")
        self.assertIsNone(self.gateway().find(self.sent(self.text())))

    def test_the_same_text_to_another_number_is_not_what_is_looked_for(self):
        self.send_one(ending="0009")
        self.assertIsNone(self.gateway().find(self.sent(self.text())))

    def test_the_same_text_of_another_day_is_not_what_is_looked_for(self):
        self.send_one()
        self.service.clock.advance(days=1)
        self.assertIsNone(self.gateway().find(self.sent(self.text())))

    def test_a_text_is_found_however_its_letters_were_rewritten(self):
        sent = self.send_one(body="سلام علی\nخط دوم")
        looked_for = self.sent(self.text(body=" سلام علي\r\nخط دوم"))
        found = self.gateway().find(looked_for)
        self.assertEqual(found.external_id, sent.external_id)

    def test_a_pattern_is_found_where_its_text_is_ours(self):
        pattern = Pattern(1, "+989121110000", "1001", {"token": "12345"})
        (receipt,) = self.gateway().send_patterns([pattern])
        looked_for = self.sent(self.text(body="کد شما ۱۲۳۴۵ است"))
        found = self.gateway().find(looked_for)
        self.assertEqual(found.external_id, receipt.external_id)

    def test_a_pattern_whose_text_is_not_ours_leaves_doubt_for_its_number_only(self):
        pattern = Pattern(1, "+989121110000", "1001", {"token": "12345"})
        (receipt,) = self.gateway().send_patterns([pattern])
        gateway = self.gateway()
        with self.assertRaises(InDoubt):
            gateway.find(self.sent(self.text(body="کد: ۱۲۳۴۵")))
        known = {receipt.external_id}
        self.assertIsNone(gateway.find(self.sent(self.text(body="کد: ۱۲۳۴۵")), known))
        self.assertIsNone(gateway.find(self.sent(self.text("0009", "کد: ۱۲۳۴۵"))))

    def test_the_same_text_from_another_line_leaves_doubt(self):
        self.gateway(sender=self.account.lines[1]).send([self.text()])
        with self.assertRaises(InDoubt):
            self.gateway().find(self.sent(self.text()))

    def test_a_message_whose_recipients_are_not_all_listed_leaves_doubt(self):
        texts = self.texts(3)
        self.gateway().send(texts)
        self.service.listed = 2
        found = self.gateway().find(self.sent(texts[1]))
        self.assertTrue(found.external_id)
        with self.assertRaises(InDoubt):
            self.gateway().find(self.sent(texts[2]))

    def test_a_message_without_its_text_is_not_found_to_be_absent(self):
        with self.assertRaises(InDoubt):
            self.gateway().find(self.sent(self.text(body="")))

    def test_texts_that_came_in_on_further_pages_are_read(self):
        first = self.telecom.reply("+989121110000", "30007777", "0")
        for index in range(150):
            self.telecom.reply("+989121110000", "30007777", str(index + 1))
        came = self.gateway().inbox(str(first.id))
        self.assertCountEqual(
            [one.body for one in came], [str(index + 1) for index in range(150)]
        )

    def test_the_lines_of_the_account_are_told_as_they_are_sent_from(self):
        self.assertEqual(self.gateway().lines(), list(self.account.lines))
