from datetime import datetime, timedelta, timezone

from odoo.tests import tagged

from ..gateways import Failure, Incoming, Status
from ..simulator.telecom import Sms
from .common import SmsCase

NUMBER = "+989121110000"


@tagged("post_install", "-at_install")
class TestBlock(SmsCase):
    def setUp(self):
        super().setUp()
        self.line, self.other_line = self.telecom.account.lines
        always = {"line_kind": "promotional", "hour_from": 0, "hour_to": 0}
        self.account.write(always)
        self.second = self.make_account(
            name="Second", sequence=20, sender=self.other_line, **always
        )
        self.blocks = self.env["crm.ir.sms.block"]

    def advertise(self, number="09121110000", purpose="promotional"):
        text = self.env["sms.sms"].create(
            {"number": number, "body": "حراج", "l10n_ir_purpose": purpose}
        )
        text.send()
        return text, self.messages.search([("sms_uuid", "=", text.uuid)])

    def answer(self, body, line=None):
        self.telecom.reply(NUMBER, line or self.line, body)
        self.env["crm.ir.sms.incoming"]._poll_inboxes()
        self.env["crm.ir.sms.incoming"]._handle_all()

    def lines_of_messages(self):
        return [sms.line for sms in self.telecom.messages.values()]

    def test_eleven_blocks_the_line_and_twelve_lifts_it(self):
        self.answer("لغو ۱۱")
        block = self.blocks.search([])
        self.assertEqual(
            (block.line, block.number, block.company_id, block.reason),
            (self.line, NUMBER, self.company, "answer"),
        )
        self.answer("11")
        self.assertEqual(self.blocks.search([]), block)
        self.answer("۱۲")
        self.assertFalse(self.blocks.search([]))

    def test_the_last_wish_counts_in_whatever_order_they_come(self):
        self.answer("12")
        an_hour_ago = datetime.now(timezone.utc) - timedelta(hours=1)
        late = Incoming(NUMBER, self.line, "11", an_hour_ago)
        self.env["crm.ir.sms.incoming"]._store(self.account, [late])
        self.env["crm.ir.sms.incoming"]._handle_all()
        self.assertFalse(self.blocks.search([]))

    def test_the_wish_against_all_texts_is_left_alone(self):
        self.answer("11")
        self.assertFalse(self.env["phone.blacklist"].search([("number", "=", NUMBER)]))
        self.assertFalse(self.partner.phone_sanitized_blacklisted)

    def test_an_opt_out_calls_nobody_but_is_seen(self):
        self.partner.user_id = self.salesman
        self.answer("11")
        self.assertFalse(self.partner.activity_ids)
        self.assertIn("11", str(self.partner.message_ids[0].body))

    def test_advertising_goes_by_a_line_that_is_not_blocked(self):
        self.answer("11")
        _text, row = self.advertise()
        _text, of_another = self.advertise("09121110009")
        self.work("bulk")
        self.assertEqual((row.state, row.account_id), ("sent", self.second))
        self.assertEqual(of_another.account_id, self.account)

    def test_advertising_is_refused_where_every_line_is_blocked(self):
        self.answer("11")
        self.answer("11", self.other_line)
        text, row = self.advertise()
        self.assertEqual(
            (text.state, text.failure_type), ("error", "crm_ir_line_blocked")
        )
        self.assertEqual(
            (row.state, row.failure, row.blocked_count), ("refused", "line_blocked", 1)
        )
        text.write({"state": "outgoing"})
        text.send()
        self.assertEqual((text.state, row.state), ("error", "refused"))
        self.answer("12")
        text.write({"state": "outgoing"})
        text.send()
        self.work("bulk")
        self.assertEqual((row.state, row.account_id), ("sent", self.account))

    def test_a_block_that_comes_after_queueing_holds(self):
        text, row = self.advertise()
        self.answer("11")
        self.answer("11", self.other_line)
        self.work("bulk")
        self.assertFalse(self.telecom.messages)
        self.messages._outbox_upkeep()
        self.assertEqual((row.state, row.failure), ("refused", "line_blocked"))
        self.assertEqual(
            (text.state, text.failure_type), ("error", "crm_ir_line_blocked")
        )
        self.assertIn("11", row.advice)

    def test_what_one_line_may_send_waits_for_it(self):
        _text, row = self.advertise()
        self.answer("11")
        self.second.action_pause()
        self.work("bulk")
        self.messages._outbox_upkeep()
        self.assertEqual(row.state, "queued")
        self.second.action_resume()
        self.work("bulk")
        self.assertEqual(self.lines_of_messages(), [self.other_line])

    def test_service_texts_are_not_stopped(self):
        self.answer("11")
        self.answer("11", self.other_line)
        row = self.row_of(self.write_to())
        self.work()
        self.assertEqual((row.state, self.lines_of_messages()), ("sent", [self.line]))

    def test_a_block_of_one_company_does_not_bind_another(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.answer("11")
        self.second.company_id = other
        self.second.sender = self.line
        self.env["sms.sms"].with_company(other).create(
            {"number": NUMBER, "body": "حراج", "l10n_ir_purpose": "promotional"}
        ).send()
        self.work("bulk")
        self.assertEqual(self.lines_of_messages(), [self.line])
        self.assertFalse(
            self.blocks.with_user(self.salesman).search([("company_id", "=", other.id)])
        )

    def test_a_delivery_report_tells_of_a_block(self):
        _text, row = self.advertise("09121110000")
        self.work("bulk")
        gateway = type(self.account._gateway())
        told = {**gateway.statuses, "14": Status.LINE_BLOCKED}
        self.patch(gateway, "statuses", told)
        self.patch(Sms, "fate", Status.LINE_BLOCKED)
        self.service.clock.advance(minutes=1)
        row.report_due = self.env.cr.now()
        self.messages._outbox_upkeep()
        self.assertEqual((row.state, row.failure), ("refused", "line_blocked"))
        block = self.blocks.search([])
        self.assertEqual(
            (block.line, block.number, block.reason), (self.line, NUMBER, "report")
        )

    def test_a_refusal_at_sending_tells_of_a_block(self):
        gateway = type(self.account._gateway())
        self.patch(gateway, "codes", {**gateway.codes, "411": Failure.LINE_BLOCKED})
        _text, row = self.advertise()
        self.service.forced = 411
        self.work("bulk")
        self.assertEqual((row.state, row.failure), ("refused", "line_blocked"))
        self.assertEqual(self.blocks.search([]).line, self.line)

    def test_the_telecom_blacklist_is_no_block_of_a_line(self):
        _text, row = self.advertise("09121110001")
        self.work("bulk")
        self.service.clock.advance(minutes=1)
        row.report_due = self.env.cr.now()
        self.messages._outbox_upkeep()
        self.assertEqual(row.failure, "telecom_blacklist")
        self.assertFalse(self.blocks.search([]))

    def test_only_a_manager_lifts_a_block_by_hand(self):
        self.answer("11")
        block = self.blocks.search([])
        self.assertEqual(block.with_user(self.salesman).number, NUMBER)
        for user in (self.salesman, self.manager):
            for operation in ("write", "create"):
                self.assertFalse(block.with_user(user).has_access(operation))
        self.assertFalse(block.with_user(self.salesman).has_access("unlink"))
        block.with_user(self.manager).unlink()
        _text, row = self.advertise()
        self.work("bulk")
        self.assertEqual(row.account_id, self.account)
