from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.crm_ir_base.simulator import faults
from odoo.addons.crm_ir_sms.tests.common import SmsCase


@tagged("post_install", "-at_install")
class TestMailing(SmsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.marketer = new_test_user(
            cls.env,
            "sms_marketer",
            "mass_mailing.group_mass_mailing_user,base.group_partner_manager",
            company_id=cls.company.id,
        )

    def setUp(self):
        super().setUp()
        self.account.write({"line_kind": "promotional", "hour_from": 0, "hour_to": 0})
        # crons commit, which a test cannot
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 1)

    def mail_to(self, *phones, body="جشنواره", company=None, **vals):
        """A marketer sends a mailing to contacts with ``phones``, as the cron does."""
        country = self.env.ref("base.ir")
        partners = self.env["res.partner"].create(
            [
                {"name": f"گیرنده {phone}", "phone": phone, "country_id": country.id}
                for phone in phones
            ]
        )
        company = company or self.company
        mailing = (
            self.env["mailing.mailing"]
            .with_user(self.marketer)
            .with_company(company)
            .create(
                {
                    "mailing_type": "sms",
                    "subject": "نوروز",
                    "body_plaintext": body,
                    "mailing_model_id": self.env["ir.model"]._get_id("res.partner"),
                    "mailing_domain": repr([("id", "in", partners.ids)]),
                    **vals,
                }
            )
        )
        mailing.action_put_in_queue()
        self.run_queues()
        return mailing

    def run_queues(self):
        """The crons of stock: mailings are cut into texts, and those handed over."""
        self.env["mailing.mailing"]._process_mass_mailing_queue()
        self.env["sms.sms"]._process_queue()
        self.env["mailing.mailing"]._process_mass_mailing_queue()

    def rows(self, mailing):
        return self.messages.search([("mailing_id", "=", mailing.id)], order="id")

    def report(self, rows):
        """The gateway tells what became of the rows."""
        self.service.clock.advance(minutes=1)
        rows.report_due = self.env.cr.now()
        self.messages._outbox_upkeep()

    def statuses(self, mailing):
        return mailing.mailing_trace_ids.sorted("id").mapped("trace_status")

    def test_a_mailing_is_advertising_of_the_bulk_lane_and_says_how_to_unsubscribe(
        self,
    ):
        mailing = self.mail_to("09121110000", sms_allow_unsubscribe=True)
        row = self.rows(mailing)
        self.assertEqual((row.purpose, row.lane), ("promotional", "bulk"))
        self.work("bulk")
        (sms,) = self.telecom.messages.values()
        self.assertEqual(sms.body, "جشنواره\nلغو۱۱")
        self.assertEqual(sms.line, self.account.sender)

    def test_the_way_out_is_not_said_twice(self):
        self.mail_to("09121110000", body="جشنواره لغو ۱۱", sms_allow_unsubscribe=True)
        self.work("bulk")
        (sms,) = self.telecom.messages.values()
        self.assertEqual(sms.body, "جشنواره لغو ۱۱")

    def test_the_counter_of_the_form_counts_the_footer_and_no_link(self):
        mailing = self.env["mailing.mailing"].with_user(self.marketer)
        holders = mailing.get_sms_link_replacements_placeholders()
        self.assertEqual(holders["unsubscribe"], "\nلغو۱۱")

    def test_a_mailing_is_being_sent_until_every_outcome_is_known(self):
        mailing = self.mail_to("09121110000", "09121110001")
        self.assertEqual(self.statuses(mailing), ["process", "process"])
        self.assertEqual(mailing.state, "sending")
        self.work("bulk")
        self.assertEqual(self.statuses(mailing), ["pending", "pending"])
        self.assertEqual(mailing.state, "done")
        self.report(self.rows(mailing))
        self.assertEqual(self.statuses(mailing), ["sent", "error"])
        failed = mailing.mailing_trace_ids.sorted("id")[1]
        self.assertEqual(failed.failure_type, "crm_ir_telecom_blacklist")
        self.assertTrue(failed.failure_reason)

    def test_what_is_in_doubt_keeps_the_mailing_being_sent(self):
        self.service.faults.plan(faults.dropped)
        mailing = self.mail_to("09121110000")
        self.work("bulk")
        self.assertEqual(self.rows(mailing).state, "in_doubt")
        self.assertEqual(self.statuses(mailing), ["process"])
        self.env["mailing.mailing"]._process_mass_mailing_queue()
        self.assertEqual(mailing.state, "sending")
        self.rows(mailing).with_user(self.manager).action_settle_sent()
        self.messages._outbox_upkeep()
        self.assertEqual(mailing.state, "done")

    def test_retry_never_sends_again_what_is_in_doubt(self):
        self.service.faults.plan(faults.dropped)
        mailing = self.mail_to("09121110000")
        self.work("bulk")
        text = self.env["sms.sms"].search([("mailing_id", "=", mailing.id)])
        text.action_set_error("sms_server")  # somebody, by stock's own button
        text.to_delete = False
        self.assertEqual(self.statuses(mailing), ["error"])
        mailing.action_retry_failed()
        self.run_queues()
        self.work("bulk")
        self.assertEqual(self.rows(mailing).state, "in_doubt")
        self.assertEqual(self.statuses(mailing), ["process"])
        self.assertEqual(len(self.telecom.messages), 1)

    def test_retry_does_not_send_again_what_a_manager_queued_again(self):
        self.account.line_kind = "service"
        promotional = self.make_account(
            line_kind="promotional", hour_from=0, hour_to=0, name="Advertising"
        )
        promotional.sender = self.telecom.account.lines[1]
        self.telecom.account.accepts_links = False
        mailing = self.mail_to("09121110000", body="https://example.ir")
        self.work("bulk")
        row = self.rows(mailing)
        self.assertEqual((row.state, row.failure), ("refused", "link"))
        self.telecom.account.accepts_links = True
        row.with_user(self.manager).action_retry()
        mailing.action_retry_failed()
        self.run_queues()
        self.work("bulk")
        self.assertEqual(len(self.telecom.messages), 1)

    def test_a_manager_does_not_send_again_what_retry_writes_anew(self):
        self.telecom.account.accepts_links = False
        mailing = self.mail_to("09121110000", body="https://example.ir")
        self.work("bulk")
        row = self.rows(mailing).with_user(self.manager)
        self.assertEqual((row.state, row.failure), ("refused", "link"))
        self.telecom.account.accepts_links = True
        mailing.action_retry_failed()
        with self.assertRaisesRegex(UserError, "twice"):
            row.action_retry()
        self.run_queues()
        self.work("bulk")
        with self.assertRaisesRegex(UserError, "twice"):
            row.action_retry()
        self.work("bulk")
        self.assertEqual(len(self.telecom.messages), 1)

    def test_retry_sends_again_what_was_refused(self):
        self.telecom.account.accepts_links = False
        mailing = self.mail_to("09121110000", body="https://example.ir")
        self.work("bulk")
        self.assertEqual(self.statuses(mailing), ["error"])
        self.assertFalse(self.telecom.messages)
        mailing.body_plaintext = "بدون پیوند"
        mailing.action_retry_failed()
        self.run_queues()
        self.work("bulk")
        self.assertEqual(self.statuses(mailing), ["pending"])
        (sms,) = self.telecom.messages.values()
        self.assertEqual(sms.body, "بدون پیوند\nلغو۱۱")

    def test_retry_knows_what_stock_forgot_and_leaves_who_blocked_us_alone(self):
        mailing = self.mail_to("09121110001", "09121110003")
        self.work("bulk")
        self.report(self.rows(mailing))
        self.assertEqual(self.statuses(mailing), ["error", "error"])
        self.env["sms.sms"]._gc_device()
        mailing.action_retry_failed()
        self.run_queues()
        numbers = self.rows(mailing).mapped("number")
        self.assertEqual(numbers.count("+989121110001"), 1)
        self.assertEqual(numbers.count("+989121110003"), 2)

    def test_links_are_shortened_where_every_line_lets_them_pass(self):
        mailing = self.mail_to("09121110000", body="https://example.ir/a")
        self.assertIn("/r/", self.rows(mailing).body)
        self.make_account(
            line_kind="promotional", allows_links=False, sequence=20, name="No Links"
        )
        mailing = self.mail_to("09121110002", body="https://example.ir/a")
        self.assertEqual(self.rows(mailing).body, "https://example.ir/a\nلغو۱۱")

    def test_without_a_promotional_line_each_trace_says_what_is_missing(self):
        self.account.line_kind = "service"
        mailing = self.mail_to("09121110000")
        self.assertEqual(self.statuses(mailing), ["error"])
        self.assertEqual(mailing.mailing_trace_ids.failure_type, "crm_ir_no_line")
        self.assertEqual(mailing.state, "done")

    def test_who_opted_out_receives_nothing(self):
        self.env["phone.blacklist"].add("+989121110000")
        mailing = self.mail_to("09121110000", "09121110002")
        self.assertEqual(self.rows(mailing).mapped("number"), ["+989121110002"])

    def test_the_results_are_on_the_mailing_and_open_for_a_marketer(self):
        campaign = self.env["utm.campaign"].create({"name": "نوروز"})
        mailing = self.mail_to("09121110000", "09121110001", campaign_id=campaign.id)
        self.work("bulk")
        self.report(self.rows(mailing))
        mailing.invalidate_recordset()
        self.assertEqual(
            (
                mailing.l10n_ir_text_count,
                mailing.l10n_ir_delivered_count,
                mailing.l10n_ir_blocked_count,
                mailing.l10n_ir_cost,
            ),
            (2, 1, 1, sum(self.rows(mailing).mapped("cost"))),
        )
        self.assertGreater(mailing.l10n_ir_cost, 0)
        rows = self.messages.with_user(self.marketer)
        action = mailing.action_open_l10n_ir_messages()
        self.assertEqual(rows.search_count(action["domain"]), 2)
        ((group, count, cost),) = rows._read_group(
            [("campaign_id", "=", campaign.id)],
            ["campaign_id"],
            ["__count", "cost:sum"],
        )
        self.assertEqual((group, count, cost), (campaign, 2, mailing.l10n_ir_cost))

    def test_a_marketer_reads_nothing_but_mailings_and_changes_nothing(self):
        mailing = self.mail_to("09121110000")
        private = self.row_of(self.write_to(body="محرمانه"))
        rows = self.messages.with_user(self.marketer)
        self.assertFalse(rows.search([("id", "=", private.id)]))
        with self.assertRaises(AccessError):
            private.with_user(self.marketer).read(["body"])
        with self.assertRaises(AccessError):
            self.rows(mailing).with_user(self.marketer).action_retry()

    def test_two_companies_send_at_once_each_by_its_own_line(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.marketer.company_ids += other
        second = self.make_account(
            company_id=other.id, line_kind="promotional", hour_from=0, hour_to=0
        )
        second.sender = self.telecom.account.lines[1]
        first = self.mail_to("09121110000", body="یک")
        both = self.mail_to("09121110002", body="دو", company=other)
        self.assertEqual(both.l10n_ir_company_id, other)
        self.work("bulk")
        self.assertCountEqual(
            [(sms.line, sms.body) for sms in self.telecom.messages.values()],
            [
                (self.account.sender, "یک\nلغو۱۱"),
                (second.sender, "دو\nلغو۱۱"),
            ],
        )
        self.assertEqual(self.rows(first).company_id, self.company)
        self.assertEqual(self.rows(both).company_id, other)

    def test_a_company_without_an_account_has_stock_s_link(self):
        other = self.env["res.company"].create({"name": "Other"})
        composer = self.env["sms.composer"].with_company(other)
        self.assertIn("https://x", composer._get_unsubscribe_info("https://x"))

    def test_a_test_is_sent_at_once_and_watched_in_the_chatter(self):
        mailing = self.mail_to(body="جشنواره {{ object.name }}")
        before = mailing.message_ids
        wizard = (
            self.env["mailing.sms.test"]
            .with_user(self.marketer)
            .create({"mailing_id": mailing.id, "numbers": "09121110000\n12"})
        )
        with patch.object(
            type(self.messages), "_outbox_deliver_now", autospec=True
        ) as deliver:
            wizard.action_send_sms()
        message = mailing.message_ids - before
        row = self.row_of(message)
        deliver.assert_called_once_with(row)
        self.assertEqual((row.purpose, row.mailing_id.id), ("promotional", False))
        self.assertIn(self.env["res.partner"].search([], limit=1).name, row.body)
        states = message.sudo().notification_ids.mapped(
            lambda one: (one.notification_status, one.failure_type)
        )
        self.assertCountEqual(
            states, [("process", False), ("exception", "crm_ir_number")]
        )
        self.work("bulk")
        self.assertEqual(row.state, "sent")
        self.assertEqual(mailing.mailing_trace_ids, self.env["mailing.trace"])
