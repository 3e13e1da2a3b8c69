from odoo.tests import new_test_user, tagged

from ..simulator.telecom import PRICE
from .common import SmsCase

FIGURES = ["sent_count", "delivered_count", "blocked_count", "failed_count", "cost"]


@tagged("post_install", "-at_install")
class TestReport(SmsCase):
    """What a manager reads about the texts, by dimension."""

    def setUp(self):
        super().setUp()
        self.line, self.other_line = self.telecom.account.lines
        self.advertising = self.make_account(
            name="Advertising",
            sequence=20,
            line_kind="promotional",
            hour_from=0,
            hour_to=0,
            sender=self.other_line,
        )

    def send(self, number, purpose="service"):
        text = self.env["sms.sms"].create(
            {"number": number, "body": "سلام", "l10n_ir_purpose": purpose}
        )
        text.send()
        self.work("now")
        self.work("bulk")
        return self.messages.search([("sms_uuid", "=", text.uuid)])

    def figures(self, rows, by):
        groups = self.messages.with_user(self.manager)._read_group(
            [("id", "in", rows.ids)], [by], [f"{name}:sum" for name in FIGURES]
        )
        return {group: tuple(map(int, figures)) for group, *figures in groups}

    def report(self, rows):
        self.service.clock.advance(minutes=1)
        rows.filtered("external_id").report_due = self.env.cr.now()
        self.messages._outbox_upkeep()

    def test_texts_are_counted_by_line_and_account(self):
        self.env["crm.ir.sms.block"]._block(
            self.company, self.other_line, "+989121110009", "answer"
        )
        rows = self.send("09121110000")
        rows += self.send("09121110002")  # not delivered
        rows += self.send("09121110000", "promotional")
        rows += self.send("09121110001", "promotional")  # refuses advertising
        rows += self.send("09121110009", "promotional")  # blocked the line
        self.report(rows)
        expected = {
            self.line: (2, 1, 0, 1, 2 * PRICE),
            self.other_line: (2, 1, 1, 0, 2 * PRICE),
            False: (0, 0, 1, 0, 0),
        }
        self.assertEqual(self.figures(rows, "line"), expected)
        lines = {self.line: self.account, self.other_line: self.advertising}
        nobody = self.env["crm.ir.sms.account"]
        self.assertEqual(
            self.figures(rows, "account_id"),
            {lines.get(line, nobody): figures for line, figures in expected.items()},
        )

    def test_what_waits_or_is_in_doubt_is_no_result_yet(self):
        (self.account + self.advertising).action_pause()
        row = self.send("09121110000")
        self.assertEqual(self.figures(row, "state"), {"queued": (0, 0, 0, 0, 0)})

    def test_a_text_keeps_its_line_when_the_account_gets_another(self):
        row = self.send("09121110000")
        self.account.sender = self.other_line
        self.assertEqual(row.line, self.line)

    def test_the_analysis_opens_for_a_salesperson_with_every_figure(self):
        action = self.env.ref("crm_ir_sms.crm_ir_sms_message_action_analysis")
        views = self.messages.with_user(self.salesman).get_views(
            [(False, mode) for mode in action.view_mode.split(",")]
        )
        arch = views["views"]["pivot"]["arch"]
        for name in FIGURES:
            self.assertIn(name, arch)


@tagged("post_install", "-at_install")
class TestOwnTexts(SmsCase):
    """Whose texts a salesperson reads."""

    def setUp(self):
        super().setUp()
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 1)
        self.other = new_test_user(
            self.env, "sms_other", "sales_team.group_sale_salesman"
        )
        self.lead = self.env["crm.lead"].create(
            {"name": "سفارش", "phone": "09121110000", "user_id": self.salesman.id}
        )

    def assertReads(self, row, reads=True):
        self.assertEqual(len(row), 1)
        for user, expected in ((self.salesman, reads), (self.other, False)):
            rows = self.messages.with_user(user)
            self.assertEqual(bool(rows.search([("id", "=", row.id)])), expected)

    def queued(self, record):
        """What is sent to a record by itself, by the queue of stock."""
        before = self.messages.search([])
        record._message_sms_schedule_mass("سلام", mass_keep_log=False)
        self.env["sms.sms"]._process_queue()
        return self.messages.search([]) - before

    def test_automatic_texts_of_their_leads(self):
        row = self.queued(self.lead)
        self.assertNotEqual(row.create_uid, self.salesman)
        self.assertReads(row)

    def test_automatic_texts_of_their_contacts(self):
        self.partner.user_id = self.salesman
        self.assertReads(self.queued(self.partner))

    def test_what_a_colleague_wrote_to_their_lead(self):
        message = self.lead.with_user(self.manager)._message_sms("سلام")
        self.assertReads(self.row_of(message))

    def test_nothing_of_records_of_others(self):
        self.assertReads(self.queued(self.partner), False)
        self.lead.user_id = self.manager
        self.assertReads(self.queued(self.lead), False)
