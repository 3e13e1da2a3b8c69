import datetime

from odoo.tests import tagged

from ..gateways import Incoming
from ..simulator.farazsms import FarazSmsService
from .common import SmsCase

NOW = datetime.datetime(2026, 1, 1, 8, tzinfo=datetime.timezone.utc)


@tagged("post_install", "-at_install")
class TestIncoming(SmsCase):
    def setUp(self):
        super().setUp()
        self.incoming = self.env["crm.ir.sms.incoming"]
        self.blocks = self.env["crm.ir.sms.block"]
        self.line = self.telecom.account.lines[0]

    def receive(self, body, number="+989121110000", line=None):
        """A person writes to a line; returns our text when all is done with it."""
        before = self.incoming.search([])
        self.telecom.reply(number, line or self.line, body)
        self.incoming._poll_inboxes()
        self.incoming._handle_all()
        return self.incoming.search([]) - before

    def store(self, **vals):
        text = {
            "number": "+989121110000",
            "line": self.line,
            "body": "سلام",
            "moment": NOW,
            **vals,
        }
        before = self.incoming.search([])
        self.incoming._store(self.account, [Incoming(**text)])
        return self.incoming.search([]) - before

    def open_lead(self, **vals):
        return self.env["crm.lead"].create(
            {
                "name": "فروش",
                "type": "opportunity",
                "partner_id": self.partner.id,
                **vals,
            }
        )

    def activities(self, record):
        kind = self.env.ref("crm_ir_sms.mail_activity_type_incoming")
        return record.activity_ids.filtered(lambda one: one.activity_type_id == kind)

    # === KEEPING === #

    def test_a_text_is_committed_before_anything_is_done_with_it(self):
        self.telecom.reply("+989121110000", self.line, "بله")
        self.incoming._poll_inboxes()
        text = self.incoming.search([])
        self.assertEqual((text.body, text.is_handled), ("بله", False))
        self.assertFalse(text.partner_id)
        # the gateway gave it once, and we do not need it again
        self.incoming._poll_inboxes()
        self.incoming._handle_all()
        self.assertTrue(text.is_handled)
        self.assertEqual(text.partner_id, self.partner)

    def test_an_inbox_that_does_not_answer_waits_for_the_next_time(self):
        self.telecom.reply("+989121110000", self.line, "بله")
        self.service.forced = 409
        self.incoming._poll_inboxes()
        self.assertFalse(self.incoming.search([]))
        self.incoming._poll_inboxes()
        self.assertEqual(self.incoming.search([]).body, "بله")

    def test_a_full_inbox_is_read_to_its_end(self):
        for index in range(130):  # a call gives a hundred
            self.telecom.reply("+989121110000", self.line, f"متن {index}")
        self.incoming._poll_inboxes()
        self.assertEqual(len(self.incoming.search([])), 130)

    def test_an_inbox_that_breaks_does_not_keep_the_others_waiting(self):
        self.make_account(name="Second", sequence=20)
        self.telecom.reply("+989121110000", self.line, "بله")
        poll = type(self.incoming)._poll_inbox

        def broken(model, account):
            if account == self.account:
                raise ValueError("boom")
            return poll(model, account)

        self.patch(type(self.incoming), "_poll_inbox", broken)
        self.patch(self.env.cr, "rollback", lambda: None)
        with self.assertLogs("odoo.addons.crm_ir_sms", "ERROR"):
            self.incoming._poll_inboxes()
        self.assertEqual(self.incoming.search([]).body, "بله")

    def test_the_newest_id_is_where_the_next_reading_begins(self):
        for body in ("یک", "دو"):
            reply = self.telecom.reply("+989121110000", self.line, body)
        self.incoming._poll_inboxes()
        self.assertEqual(self.account.inbox_after, str(reply.id))

    def test_inboxes_are_read_while_no_more_may_leave(self):
        self.account._pause("allowance", datetime.datetime.max)
        self.assertEqual(self.receive("11").body, "11")

    def test_no_inbox_is_read_that_belongs_to_another_database_or_is_paused(self):
        self.account.database = "another/1"
        self.assertFalse(self.receive("سلام"))
        self.account.action_resume()
        self.account.action_pause()
        self.assertFalse(self.receive("سلام"))

    def test_the_same_text_is_kept_once_with_or_without_an_id(self):
        later = datetime.timedelta(seconds=90)
        self.assertTrue(self.store(external_id="7"))
        self.assertFalse(self.store(external_id="۷", moment=NOW + later * 10))
        self.assertFalse(self.store(moment=NOW + later))
        self.assertTrue(self.store(body="بله"))
        self.assertFalse(self.store(body="بله", moment=NOW + later))
        self.assertFalse(self.store(body="بله", external_id="8"))
        # who writes the same word later, or under an id of its own, writes again
        self.assertTrue(self.store(body="بله", moment=NOW + later * 2))
        self.assertTrue(self.store(body="سلام", external_id="9"))

    def test_a_panel_with_two_lines_gives_each_text_to_its_line(self):
        other_line = self.telecom.account.lines[1]
        second = self.make_account(name="Second", sender=other_line, sequence=20)
        text = self.store(line=f"+98{other_line}", external_id="5")
        self.assertEqual((text.account_id, text.line), (second, other_line))
        self.incoming._store(
            second, [Incoming("+989121110000", other_line, "", NOW, "5")]
        )
        self.assertEqual(len(self.incoming.search([])), 1)

    # === SHOWING === #

    def test_contact_and_newest_open_lead_show_the_text_as_its_writers(self):
        old, new = self.open_lead(), self.open_lead()
        lost = self.open_lead()
        lost.action_set_lost()
        text = self.receive("قیمت <b>چند</b>؟\nممنون")
        self.assertEqual((text.partner_id, text.lead_id), (self.partner, new))
        for record in (self.partner, new):
            message = record.message_ids[0]
            self.assertEqual(message.author_id, self.partner)
            self.assertEqual(message.message_type, "sms")
            self.assertIn("قیمت &lt;b&gt;چند&lt;/b&gt;؟<br>ممنون", str(message.body))
        for record in (old, lost):
            self.assertNotIn(
                "ممنون", "".join(map(str, record.message_ids.mapped("body")))
            )

    def test_nobody_outside_hears_of_it(self):
        follower = self.env["res.partner"].create(
            {"name": "دیگری", "email": "other@example.com", "phone": "09121110009"}
        )
        self.partner.email = "sara@example.com"
        lead = self.open_lead()
        subtypes = self.env["mail.message.subtype"].search([]).ids
        for record in (self.partner, lead):
            record.message_subscribe((follower | self.partner).ids, subtypes)
        mails, texts = (self.env[name].search([]) for name in ("mail.mail", "sms.sms"))
        self.receive("سلام")
        self.assertFalse(lead.message_ids[0].notification_ids)
        self.assertEqual(self.env["mail.mail"].search([]), mails)
        self.assertEqual(self.env["sms.sms"].search([]), texts)
        self.assertFalse(self.messages.search([("number", "=", "+989121110009")]))

    def test_a_second_phone_and_a_number_in_other_digits_are_known(self):
        self.partner.l10n_ir_phone2 = "0935 222 0000"
        self.assertEqual(self.receive("سلام", "+989352220000").partner_id, self.partner)
        text = self.store(number="۰۹۳۵۲۲۲۰۰۰۰", body="دیگر")
        self.incoming._handle_all()
        self.assertEqual(
            (text.number, text.partner_id), ("+989352220000", self.partner)
        )

    def test_of_two_contacts_with_the_number_the_one_we_wrote_to_answers(self):
        twin = self.partner.copy({"phone": self.partner.phone})
        self.assertEqual(self.receive("یک").partner_id, self.partner)
        self.write_to(twin)
        self.assertEqual(self.receive("دو").partner_id, twin)

    def test_a_lead_without_contact_is_found_by_its_number(self):
        lead = self.open_lead(partner_id=False, phone="09351234567")
        text = self.receive("سلام", "+989351234567")
        self.assertEqual((text.lead_id, text.partner_id), (lead, self.partner.browse()))
        message = lead.message_ids[0]
        self.assertFalse(message.author_id)
        self.assertEqual(message.email_from, "+989351234567")

    def test_an_unknown_sender_is_kept_for_people_to_see(self):
        text = self.receive("سلام", "+989351112222")
        self.assertTrue(text.is_handled)
        self.assertFalse(text.partner_id | text.lead_id.partner_id)
        self.assertFalse(text.with_user(self.salesman).lead_id)

    def test_the_salesperson_gets_one_activity_for_several_texts(self):
        lead = self.open_lead(user_id=self.salesman.id)
        self.receive("یک")
        self.receive("دو")
        activity = self.activities(lead)
        self.assertEqual(activity.user_id, self.salesman)
        self.assertIn("یک", str(activity.note))
        activity.action_done()
        self.receive("سه")
        self.assertEqual(len(self.activities(lead)), 1)

    def test_without_salesperson_the_one_who_wrote_last_is_called(self):
        self.partner.user_id = False
        self.receive("سلام")
        self.assertFalse(self.activities(self.partner))
        self.write_to(user=self.manager)
        self.receive("بله")
        self.assertEqual(self.activities(self.partner).user_id, self.manager)

    def test_a_text_that_cannot_be_handled_does_not_stop_the_others(self):
        bad, good = self.store(body="یک"), self.store(body="دو")
        handle = type(self.incoming)._handle

        def broken(text):
            if text == bad:
                raise ValueError("boom")
            return handle(text)

        self.patch(type(self.incoming), "_handle", broken)
        self.patch(self.env.cr, "rollback", lambda: None)
        with self.assertLogs("odoo.addons.crm_ir_sms", "ERROR") as logs:
            self.incoming._handle_all()
        self.assertEqual((bad.is_handled, good.is_handled), (False, True))
        self.assertNotIn("یک", "".join(logs.output))

    # === RIGHTS === #

    def test_a_salesperson_reads_and_nobody_writes(self):
        text = self.receive("سلام").with_user(self.salesman)
        self.assertEqual((text.body, text.partner_id), ("سلام", self.partner))
        for user in (self.salesman, self.manager, self.env.ref("base.user_admin")):
            mine = text.with_user(user)
            self.assertTrue(mine.has_access("read"))
            for operation in ("write", "create", "unlink"):
                self.assertFalse(mine.has_access(operation))

    def test_companies_do_not_see_each_others_texts_and_contacts(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.partner.company_id = other
        text = self.receive("سلام")
        self.assertFalse(text.partner_id)
        self.account.company_id = other
        theirs = self.receive("بله")
        self.assertEqual((theirs.company_id, theirs.partner_id), (other, self.partner))
        self.assertFalse(theirs.with_user(self.salesman).has_access("read"))


@tagged("post_install", "-at_install")
class TestIncomingAgain(SmsCase):
    """An inbox that has no ids and gives again what it gave before."""

    service_class = FarazSmsService

    def test_a_text_that_is_listed_again_is_kept_once(self):
        incoming = self.env["crm.ir.sms.incoming"]
        line = self.telecom.account.lines[0]
        self.telecom.reply("+989121110000", line, "لغو ۱۱")
        for _poll in range(3):
            incoming._poll_inboxes()
        self.assertEqual(incoming.search([]).mapped("body"), ["لغو ۱۱"])
        self.service.clock.advance(minutes=10)
        self.telecom.reply("+989121110000", line, "لغو ۱۱")
        incoming._poll_inboxes()
        self.assertEqual(len(incoming.search([])), 2)

    def test_who_answers_eleven_blocks_the_line(self):
        incoming = self.env["crm.ir.sms.incoming"]
        line = self.telecom.account.lines[0]
        self.telecom.reply("+989121110000", line, "۱۱")
        incoming._poll_inboxes()
        incoming._handle_all()
        block = self.env["crm.ir.sms.block"].search([])
        self.assertEqual((block.number, block.line), ("+989121110000", line))
