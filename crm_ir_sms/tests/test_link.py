from odoo.fields import Domain
from odoo.tests import tagged

from .common import SmsCase

LINK = "ببینید: https://example.ir/a"


@tagged("post_install", "-at_install")
class TestLink(SmsCase):
    """Two accounts, of which the first one's line lets no link pass."""

    def setUp(self):
        super().setUp()
        self.first, self.second = self.telecom.account.lines
        self.account.allows_links = False
        self.passing = self.make_account(
            name="Passing", sequence=20, sender=self.second
        )

    def lines(self):
        """The lines that the texts left by, in their order."""
        return [sms.line for sms in self.telecom.messages.values()]

    def advertise(self, number, body):
        (self.account | self.passing).write(
            {"line_kind": "promotional", "hour_from": 0, "hour_to": 0}
        )
        text = self.env["sms.sms"].create(
            {"number": number, "body": body, "l10n_ir_purpose": "promotional"}
        )
        text.send()
        return self.messages.search([("sms_uuid", "=", text.uuid)])

    def test_a_text_with_a_link_leaves_by_the_first_line_that_lets_it_pass(self):
        for body, line in ((LINK, self.second), ("سلام", self.first)):
            with self.subTest(body):
                self.telecom.messages.clear()
                row = self.row_of(self.write_to(body=body))
                self.work()
                self.assertEqual((row.state, self.lines()), ("sent", [line]))

    def test_a_text_with_a_link_waits_for_a_line_that_lets_it_pass(self):
        self.passing.action_pause()
        row = self.row_of(self.write_to(body=LINK))
        self.work()
        self.assertEqual((row.state, self.lines()), ("queued", []))
        self.passing.action_resume()
        self.work()
        self.assertEqual((row.state, self.lines()), ("sent", [self.second]))

    def test_a_text_without_a_link_takes_the_next_line_as_ever(self):
        self.account.action_pause()
        self.write_to()
        self.work()
        self.assertEqual(self.lines(), [self.second])

    def test_advertising_with_a_link_passes_over_lines_that_let_none_pass(self):
        for body, line in ((LINK, self.second), ("تخفیف", self.first)):
            with self.subTest(body):
                self.telecom.messages.clear()
                self.advertise("09121110000", body)
                self.work("bulk")
                self.assertEqual(self.lines(), [line])

    def test_advertising_with_a_link_ends_where_the_only_line_for_it_is_blocked(self):
        self.env["crm.ir.sms.block"]._block(
            self.company, self.second, "+989121110000", "answer"
        )
        row = self.advertise("09121110000", LINK)
        self.work("bulk")
        self.messages._outbox_upkeep()
        self.assertEqual((row.state, row.failure), ("refused", "line_blocked"))
        self.assertFalse(self.lines())
        row = self.advertise("09121110000", "تخفیف")
        self.work("bulk")
        self.assertEqual((row.state, self.lines()), ("sent", [self.first]))

    def test_what_was_queued_before_links_were_known_still_leaves(self):
        row = self.row_of(self.write_to())
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_ir_sms_message SET has_link = NULL WHERE id = %s", [row.id]
        )
        self.env.invalidate_all()
        mine = self.messages._outbox_domain(
            self.account, self.messages._outbox_connections()
        )
        self.assertIn(row, self.messages.search(Domain("state", "=", "queued") & mine))
