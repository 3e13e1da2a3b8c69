import datetime
from unittest.mock import patch

from odoo.tests import Form, HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import SmsCase

# Tehran is 3:30 ahead of UTC: 22:30 and 10:30 there
NIGHT = datetime.datetime(2026, 1, 1, 19, 0)
MORNING = datetime.datetime(2026, 1, 1, 7, 0)


@tagged("post_install", "-at_install")
class TestComposer(SmsCase):
    def setUp(self):
        super().setUp()
        self.promotional = self.make_account(
            name="Campaigns",
            sender=self.telecom.account.lines[1],
            line_kind="promotional",
            sequence=20,
            part_price=150,
        )
        self.account.part_price = 120
        self.partners = self.partner + self.env["res.partner"].create(
            [
                {"name": "علی", "phone": "09121110002"},
                {"name": "بی‌شماره"},
            ]
        )

    def at(self, moment):
        self.enterContext(patch.object(type(self.env.cr), "now", lambda cr: moment))

    def composer(self, **defaults):
        """The composer as a salesperson opens it."""
        context = {f"default_{name}": value for name, value in defaults.items()}
        context["allowed_company_ids"] = self.salesman.company_ids.ids
        context["lang"] = "en_US"
        return Form(
            self.env["sms.composer"].with_user(self.salesman).with_context(**context)
        )

    def to_one(self, **context):
        return self.composer(
            res_model="res.partner",
            res_id=self.partner.id,
            composition_mode="comment",
            **context,
        )

    def to_many(self, **context):
        return self.composer(
            res_model="res.partner",
            res_ids=repr(self.partners.ids),
            composition_mode="mass",
            **context,
        )

    def test_a_text_to_one_is_service_and_to_many_advertising(self):
        self.assertEqual(self.to_one().l10n_ir_purpose, "service")
        self.assertEqual(self.to_many().l10n_ir_purpose, "promotional")

    def test_the_cost_is_told_for_those_who_have_a_number(self):
        self.assertEqual(
            self.to_one().l10n_ir_forecast,
            {"recipients": 1, "part_price": 120, "allows_links": True},
        )
        self.assertEqual(
            self.to_many().l10n_ir_forecast,
            {"recipients": 2, "part_price": 150, "allows_links": True},
        )
        typed = self.composer(
            composition_mode="numbers", numbers="09121110000,09121110002,09121110003"
        )
        self.assertEqual(typed.l10n_ir_forecast["recipients"], 3)

    def test_the_line_that_the_text_leaves_by_is_told(self):
        line, other = self.telecom.account.lines[:2]
        form = self.to_one()
        self.assertIn(f"Line, line {line}", form.l10n_ir_notice)
        form.l10n_ir_purpose = "promotional"
        self.assertIn(f"Campaigns, line {other}", form.l10n_ir_notice)
        self.assertEqual(form.l10n_ir_forecast["part_price"], 150)

    def test_a_paused_line_is_told_as_little_as_it_is_used(self):
        second = self.make_account(name="Second", sequence=30)
        self.account.action_pause()
        self.promotional.action_pause()
        self.assertIn(second.name, self.to_one().l10n_ir_notice)

    def test_at_night_advertising_is_told_to_wait_and_service_is_not(self):
        self.at(NIGHT)
        self.assertIn("from 08:00 to 21:00", self.to_many().l10n_ir_notice)
        self.assertNotIn("08:00", self.to_one().l10n_ir_notice)
        self.at(MORNING)
        self.assertNotIn("08:00", self.to_many().l10n_ir_notice)

    def test_without_a_promotional_line_the_composer_says_so_before_sending(self):
        self.promotional.active = False
        self.assertIn("promotional line", self.to_many().l10n_ir_notice)

    def test_a_line_that_lets_no_links_pass_is_told_to_the_composer(self):
        self.promotional.allows_links = False
        self.assertFalse(self.to_many().l10n_ir_forecast["allows_links"])
        self.assertTrue(self.to_one().l10n_ir_forecast["allows_links"])

    def test_a_company_without_an_account_sees_and_sends_as_stock_does(self):
        (self.account + self.promotional).active = False
        form = self.to_many()
        self.assertFalse(form.l10n_ir_forecast)
        self.assertFalse(form.l10n_ir_notice)

    def test_the_company_of_the_record_counts(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.salesman.company_ids += other
        self.partner.company_id = other
        self.assertFalse(self.to_one().l10n_ir_forecast)
        self.make_account(company_id=other.id, name="Second", part_price=90)
        self.assertEqual(self.to_one().l10n_ir_forecast["part_price"], 90)

    def test_the_purpose_reaches_the_ledger_in_every_way_of_the_composer(self):
        forms = [
            self.to_one(body="یک"),
            self.to_many(body="دو", mass_force_send=True),
            self.composer(composition_mode="numbers", numbers="09121110000", body="سه"),
        ]
        for form in forms:
            for purpose in ("service", "promotional"):
                form.l10n_ir_purpose = purpose
                known = self.messages.search([])
                form.save().action_send_sms()
                rows = self.messages.search([]) - known
                self.assertTrue(rows)
                self.assertEqual(set(rows.mapped("purpose")), {purpose})
                ends = {row.body.endswith("لغو۱۱") for row in rows}
                self.assertEqual(ends, {purpose == "promotional"})

    def test_advertising_to_many_leaves_by_the_promotional_line(self):
        self.at(MORNING)
        self.to_many(body="حراج", mass_force_send=True).save().action_send_sms()
        self.work("bulk")
        lines = {sms.line for sms in self.telecom.messages.values()}
        self.assertEqual(lines, {self.promotional.sender})
        self.assertEqual(len(self.telecom.messages), 2)

    def test_what_a_server_action_sends_to_many_is_service(self):
        model = self.env["ir.model"]._get("res.partner")
        template = self.env["sms.template"].create(
            {"name": "Thanks", "model_id": model.id, "body": "سپاس"}
        )
        self.env["ir.actions.server"].create(
            {
                "name": "Thank",
                "model_id": model.id,
                "state": "sms",
                "sms_method": "sms",
                "sms_template_id": template.id,
            }
        ).with_context(active_model="res.partner", active_ids=self.partners.ids).run()
        self.partners._message_sms_schedule_mass("سپاس")
        texts = self.env["sms.sms"].search([("body", "=", "سپاس")])
        self.assertEqual(len(texts), 6)
        self.assertEqual(set(texts.mapped("l10n_ir_purpose")), {"service"})

    def test_a_link_that_no_line_lets_pass_is_refused_at_once(self):
        self.account.allows_links = self.promotional.allows_links = False
        message = self.write_to(body="ببینید: example.ir")
        self.assertFalse(self.row_of(message))
        self.assertEqual(self.status_of(message), ("exception", "crm_ir_link"))
        self.promotional.allows_links = True
        self.assertTrue(self.row_of(self.write_to(body="ببینید: example.ir")))

    def test_a_price_of_a_part_is_not_negative(self):
        with self.assertRaisesRegex(Exception, "part_price_not_negative"):
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.account.part_price = -1
                self.account.flush_recordset()


@tagged("post_install", "-at_install")
class TestSession(HttpCase):
    def test_the_browser_learns_which_companies_send_by_a_gateway(self):
        companies = self.env["res.company"].create(
            [{"name": "With"}, {"name": "Archived"}, {"name": "Without"}]
        )
        account = {"name": "Line", "gateway": "kavenegar", "sender": "1000"}
        self.env["crm.ir.sms.account"].create(
            [
                {
                    **account,
                    "api_key": "key",
                    "company_id": company.id,
                    "active": active,
                }
                for company, active in zip(companies[:2], (True, False), strict=True)
            ]
        )
        new_test_user(
            self.env,
            "leila",
            "base.group_user",
            company_id=companies[2].id,
            company_ids=companies.ids,
        )
        self.authenticate("leila", "leila")
        info = self.make_jsonrpc_request("/web/session/get_session_info")
        self.assertEqual(info["crm_ir_sms_companies"], companies[:1].ids)
