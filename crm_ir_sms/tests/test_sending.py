import datetime
import logging

from psycopg2 import IntegrityError

from odoo.fields import Domain
from odoo.tests import tagged

from odoo.addons.crm_ir_base.simulator import faults

from ..gateways.kavenegar import Kavenegar
from ..simulator.kavenegar import KavenegarService
from .common import SmsCase


@tagged("post_install", "-at_install")
class TestSending(SmsCase):
    def test_a_text_waits_in_the_ledger_until_a_worker_sends_it(self):
        message = self.write_to(body="سلام «می‌خواهیم» ۱۰۰٪")
        row = self.row_of(message)
        self.assertEqual((row.state, row.number), ("queued", "+989121110000"))
        self.assertEqual(self.status_of(message), ("process", None))
        self.assertFalse(self.telecom.messages)
        self.work()
        (sms,) = self.telecom.messages.values()
        self.assertEqual(sms.body, "سلام «می‌خواهیم» ۱۰۰٪")
        self.assertEqual((row.state, row.external_id), ("sent", str(sms.id)))
        self.assertEqual(row.cost, 120)
        self.assertEqual(self.status_of(message), ("pending", None))

    def test_a_delivery_report_reaches_the_chatter_and_is_final(self):
        message = self.write_to()
        self.work()
        row = self.row_of(message)
        self.service.clock.advance(minutes=1)
        row.report_due = self.env.cr.now()
        self.messages._outbox_upkeep()
        self.assertEqual((row.state, row.status), ("confirmed", "delivered"))
        self.assertEqual(self.status_of(message), ("sent", None))
        self.assertFalse(row.report_due)

    def test_a_refused_number_says_what_to_do(self):
        self.partner.phone = "09121110001"
        message = self.write_to()
        self.work()
        row = self.row_of(message)
        self.service.clock.advance(minutes=1)
        row.report_due = self.env.cr.now()
        self.messages._outbox_upkeep()
        self.assertEqual((row.state, row.failure), ("refused", "telecom_blacklist"))
        self.assertEqual(
            self.status_of(message), ("exception", "crm_ir_telecom_blacklist")
        )
        self.assertIn("operator", message.sudo().notification_ids.failure_reason)

    def test_the_ledger_outlives_the_clean_up_of_stock(self):
        message = self.write_to()
        self.work()
        row = self.row_of(message)
        self.env["sms.sms"].sudo()._gc_device()
        self.assertFalse(self.env["sms.sms"].search([("uuid", "=", row.sms_uuid)]))
        self.service.clock.advance(minutes=1)
        row.report_due = self.env.cr.now()
        self.messages._outbox_upkeep()
        self.assertEqual(self.status_of(message), ("sent", None))

    def test_the_queue_of_stock_serves_two_companies_at_once(self):
        other_service = KavenegarService()
        other_service.name = "kavenegar"
        other = self.env["res.company"].create({"name": "Other"})
        second = self.make_account(company_id=other.id, name="Second")
        second.sender = self.telecom.account.lines[1]
        for company in (self.company, other):
            self.env["sms.sms"].with_company(company).create(
                {"number": "09121110000", "body": company.name}
            )
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 1)
        self.env["sms.sms"]._process_queue()
        self.work()
        self.assertCountEqual(
            [(sms.line, sms.body) for sms in self.telecom.messages.values()],
            [
                (self.telecom.account.lines[0], self.company.name),
                (self.telecom.account.lines[1], "Other"),
            ],
        )

    def test_a_typed_number_goes_through_the_ledger(self):
        composer = (
            self.env["sms.composer"]
            .with_user(self.salesman)
            .create(
                {
                    "composition_mode": "numbers",
                    "numbers": "۰۹۱۲۱۱۱۰۰۰۰",
                    "body": "سلام",
                }
            )
        )
        composer.action_send_sms()
        self.work()
        (sms,) = self.telecom.messages.values()
        self.assertEqual(sms.number, "+989121110000")

    def test_many_rows_of_one_body_are_one_call(self):
        texts = self.env["sms.sms"].create(
            [{"number": f"0912111{index:04}", "body": "سلام"} for index in range(30)]
        )
        texts.send()
        before = len(self.service.requests)
        self.work("bulk")
        self.assertEqual(len(self.service.requests), before + 1)
        self.assertEqual(len(self.telecom.messages), 30)
        self.assertEqual(set(texts.mapped("state")), {"pending"})

    def test_two_codes_are_two_calls_where_a_gateway_takes_one_body_each(self):
        self.patch(Kavenegar, "mixes_bodies", False)
        for number, code in (("+989121110000", "12345"), ("+989121110009", "67890")):
            self.messages.create(
                {
                    "company_id": self.company.id,
                    "number": number,
                    "body": "•••",
                    "secret_body": code,
                    "lane": "now",
                }
            )
        before = len(self.service.requests)
        self.work()
        self.assertEqual(len(self.service.requests), before + 2)
        self.assertEqual(
            {sms.number: sms.body for sms in self.telecom.messages.values()},
            {"+989121110000": "12345", "+989121110009": "67890"},
        )

    def test_a_company_without_an_account_sends_as_stock_does(self):
        other = self.env["res.company"].create({"name": "Other"})
        text = (
            self.env["sms.sms"]
            .with_company(other)
            .create({"number": "09121110000", "body": "سلام"})
        )
        ((sms_api, texts),) = text._split_by_api()
        self.assertEqual(type(sms_api).__name__, "SmsApi")
        self.assertEqual(texts, text)

    def test_an_invalid_number_is_told_at_once(self):
        text = self.env["sms.sms"].create({"number": "12", "body": "سلام"})
        text.send()
        self.assertEqual((text.state, text.failure_type), ("error", "crm_ir_number"))

    def test_a_text_without_words_or_of_5000_characters_is_told_at_once(self):
        for body in ("", " \u200f\0 "[:2], "س" * 5000):
            text = self.env["sms.sms"].create({"number": "09121110000", "body": body})
            text.send()
            self.assertEqual((text.state, text.failure_type), ("error", "crm_ir_text"))


@tagged("post_install", "-at_install")
class TestDoubt(SmsCase):
    def test_timeout_leaves_message_in_doubt_and_stock_in_process(self):
        self.service.faults.plan(faults.dropped)
        message = self.write_to()
        self.work()
        row = self.row_of(message)
        self.assertEqual(row.state, "in_doubt")
        self.assertEqual(self.status_of(message), ("process", None))
        self.assertEqual(len(self.telecom.messages), 1)

    def test_what_is_in_doubt_is_not_sent_again_by_any_retry_of_stock(self):
        self.service.faults.plan(faults.dropped)
        message = self.write_to()
        self.work()
        row = self.row_of(message)
        text = self.env["sms.sms"].search([("uuid", "=", row.sms_uuid)])
        text.action_set_outgoing()
        text.send()
        text.write({"state": "error", "to_delete": False})
        told = text.resend_failed()["params"]["message"]
        self.assertIn("not sent again", told)
        self.work()
        self.assertEqual(row.state, "in_doubt")
        self.assertEqual(len(self.telecom.messages), 1)
        self.assertEqual(text.state, "process")

    def test_what_was_taken_is_found_by_asking(self):
        self.service.faults.plan(faults.dropped)
        message = self.write_to()
        self.work()
        row = self.row_of(message)
        row.due = self.env.cr.now()
        self.messages._outbox_reconcile()
        (sms,) = self.telecom.messages.values()
        self.assertEqual((row.state, row.external_id), ("sent", str(sms.id)))

    def test_what_was_lost_is_sent_again_only_when_it_cannot_be_on_its_way(self):
        self.service.faults.plan(faults.lost)
        row = self.row_of(self.write_to())
        self.work()
        row.due = self.env.cr.now()
        self.messages._outbox_reconcile()
        self.assertEqual(row.state, "in_doubt")
        row.sent_at -= datetime.timedelta(minutes=6)
        row.due = self.env.cr.now()
        self.messages._outbox_reconcile()
        self.assertEqual(row.state, "queued")
        self.work()
        self.assertEqual(row.state, "sent")
        self.assertEqual(len(self.telecom.messages), 1)

    def test_an_answer_about_an_earlier_attempt_decides_nothing(self):
        self.service.faults.plan(faults.lost)
        row = self.row_of(self.write_to())
        self.work()
        row.sent_at -= datetime.timedelta(minutes=6)
        ask = type(self.messages)._outbox_ask

        def slow_ask(row, account):
            outcome = ask(row, account)  # the gateway does not have it
            self.service.faults.plan(faults.dropped)
            row.with_user(self.manager).action_settle_absent()
            self.work()
            return outcome

        self.patch(type(self.messages), "_outbox_ask", slow_ask)
        row._outbox_reconcile_one()
        self.assertEqual((row.state, len(self.telecom.messages)), ("in_doubt", 1))

    def test_what_becomes_too_old_during_the_question_is_not_sent_again(self):
        self.service.faults.plan(faults.lost)
        row = self.row_of(self.write_to())
        self.work()
        row.sent_at -= datetime.timedelta(seconds=290)
        ask, now = type(self.messages)._outbox_ask, self.env.cr.now()

        def slow_ask(row, account):
            outcome = ask(row, account)
            self.patch(
                type(self.env.cr), "now", lambda cr: now + datetime.timedelta(minutes=1)
            )
            return outcome

        self.patch(type(self.messages), "_outbox_ask", slow_ask)
        row._outbox_reconcile_one()
        self.assertEqual(row.state, "in_doubt")

    def test_what_nobody_tries_again_is_shown_as_not_sent(self):
        self.allow("127.0.0.1:1")
        self.account.base_url = "http://127.0.0.1:1"  # nothing listens there
        message = self.write_to()
        row = self.row_of(message)
        for _attempt in range(10):
            self.account.action_resume()
            row.due = self.env.cr.now()
            self.work()
        self.assertEqual((row.state, row.attempts), ("refused", 9))
        self.assertEqual(self.status_of(message), ("exception", "crm_ir_expired"))

    def test_an_expired_lease_is_doubt_and_a_running_one_is_left_alone(self):
        row = self.row_of(self.write_to())
        domain = Domain("lane", "=", "now")
        self.messages._outbox_claim(self.account, domain)
        self.messages._outbox_recover()
        self.assertEqual(row.state, "sending")
        row.lease_until = self.env.cr.now() - datetime.timedelta(seconds=1)
        self.messages._outbox_recover()
        self.assertEqual(row.state, "in_doubt")

    def test_a_late_worker_writes_nothing_over_a_recovery(self):
        row = self.row_of(self.write_to())
        claimed = self.messages._outbox_claim(self.account, Domain("lane", "=", "now"))
        rows, token, call, began = claimed
        row.lease_until = self.env.cr.now() - datetime.timedelta(seconds=1)
        self.messages._outbox_recover()
        outcomes = self.messages._outbox_call(rows.ids, call, began)
        self.messages._outbox_record(self.account, rows, token, outcomes)
        self.assertEqual(row.state, "in_doubt")
        self.assertFalse(row.external_id)

    def test_a_worker_that_was_halted_does_not_begin_its_call(self):
        self.write_to()
        rows, _token, call, began = self.messages._outbox_claim(
            self.account, Domain("lane", "=", "now")
        )
        outcomes = self.messages._outbox_call(rows.ids, call, began - 61)
        self.assertEqual(outcomes[rows.id].state, "queued")
        self.assertFalse(self.telecom.messages)

    def test_a_person_settles_what_nobody_can_be_asked_about(self):
        self.service.faults.plan(faults.lost)
        row = self.row_of(self.write_to())
        self.work()
        with self.assertRaisesRegex(Exception, "manager"):
            row.with_user(self.salesman).action_settle_absent()
        row.with_user(self.manager).action_settle_absent()
        self.work()
        self.assertEqual(row.state, "sent")


@tagged("post_install", "-at_install")
class TestAccounts(SmsCase):
    def test_the_next_account_takes_over_after_a_definite_refusal(self):
        self.telecom.account.credit = 0
        second_service = KavenegarService()
        second_service.name = "second"
        address = self.serve(second_service)
        second = self.make_account(
            sequence=20, base_url=f"{address}/second", name="Second"
        )
        self.allow(f"{self.address[7:]},{address[7:]}")
        row = self.row_of(self.write_to())
        self.work()
        self.assertEqual((row.state, row.account_id), ("sent", second))
        self.assertEqual(self.account.pause_reason, "refused")
        self.assertFalse(self.telecom.messages)
        self.assertEqual(len(second_service.telecom.messages), 1)

    def test_no_other_account_takes_over_what_is_in_doubt(self):
        self.service.faults.plan(faults.dropped)
        self.make_account(sequence=20, name="Second")
        row = self.row_of(self.write_to())
        self.work()
        self.assertEqual((row.state, row.account_id), ("in_doubt", self.account))
        self.assertEqual(len(self.telecom.messages), 1)

    def test_an_account_of_a_copied_database_waits_for_an_administrator(self):
        self.account.database = "another/1"
        row = self.row_of(self.write_to())
        self.work()
        self.assertEqual(row.state, "queued")
        self.assertTrue(self.account.is_elsewhere)
        self.account.action_resume()
        self.work()
        self.assertEqual(row.state, "sent")

    def test_advertising_leaves_within_its_hours_and_by_a_promotional_line(self):
        self.account.write({"line_kind": "promotional", "hour_from": 8, "hour_to": 21})
        cases = {  # Tehran is 3:30 ahead of UTC
            datetime.datetime(2026, 1, 1, 4, 29): datetime.datetime(2026, 1, 1, 4, 30),
            datetime.datetime(2026, 1, 1, 4, 30): None,
            datetime.datetime(2026, 1, 1, 17, 29): None,
            datetime.datetime(2026, 1, 1, 17, 30): datetime.datetime(2026, 1, 2, 4, 30),
        }
        for now, opening in cases.items():
            allowed, again = self.account._allowance(self.messages, now)
            self.assertEqual(again if allowed == 0 else None, opening)

    def test_the_rate_and_the_daily_cap_hold_in_the_claim(self):
        self.account.rate = 2
        texts = self.env["sms.sms"].create(
            [{"number": f"0912111{index:04}", "body": "سلام"} for index in range(5)]
        )
        texts.send()
        self.work("now")
        self.assertEqual(len(self.telecom.messages), 2)
        self.assertEqual(self.account.pause_reason, "allowance")

    def test_one_bad_row_does_not_take_its_call_along(self):
        texts = self.env["sms.sms"].create(
            [
                {"number": f"0912111{index:04}", "body": f"سلام {index}"}
                for index in range(4)
            ]
        )
        self.telecom.account.accepts_links = False
        texts[2].body = "https://example.ir"
        texts.send()
        self.work("now")
        self.assertEqual(len(self.telecom.messages), 3)
        self.assertEqual(
            texts.mapped("failure_type"), [False, False, "crm_ir_link", False]
        )

    def test_a_pause_by_a_person_outlives_a_call_that_was_under_way(self):
        self.write_to()
        self.telecom.account.credit = 0
        claimed = self.messages._outbox_claim(self.account, Domain("lane", "=", "now"))
        rows, token, call, began = claimed
        self.account.action_pause()
        outcomes = self.messages._outbox_call(rows.ids, call, began)
        self.messages._outbox_record(self.account, rows, token, outcomes)
        self.assertEqual(self.account.pause_reason, "person")
        self.assertFalse(self.account.paused_until)

    def test_nobody_but_an_administrator_reads_a_key(self):
        account = self.account.with_user(self.manager)
        self.assertEqual(account.name, "Line")
        with self.assertRaisesRegex(Exception, "api_key|access"):
            account.read(["api_key"])

    def test_a_test_of_the_account_says_what_is_wrong(self):
        self.account.action_check()
        self.assertEqual(self.account.credit, 1_000_000_000)
        self.account.api_key = "wrong"
        with self.assertRaisesRegex(Exception, "key"):
            self.account.action_check()

    def test_a_manager_opens_the_accounts_without_their_keys(self):
        account = self.account.with_user(self.manager)
        for view_type in ("form", "list"):
            names = self.env["crm.ir.sms.account"].with_user(self.manager)
            view = names.get_views([(False, view_type)])["models"]
            fields = view["crm.ir.sms.account"]["fields"]
            self.assertNotIn("api_key", fields)
            (values,) = account.web_read({name: {} for name in fields})
            self.assertFalse(values["is_elsewhere"])

    def test_no_key_is_in_the_log_of_a_statement_that_fails(self):
        key = self.account.api_key
        with (
            self.assertLogs(level=logging.DEBUG) as logs,
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            logging.getLogger("crm_ir").debug("something to hear")
            self.make_account(rate=-1)
        self.assertNotIn(key, "\n".join(logs.output))
