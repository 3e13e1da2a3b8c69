from datetime import date, datetime, timedelta

from odoo.tests import freeze_time, new_test_user, tagged

from odoo.addons.crm_ir_sms.tests.automation_common import AutomationCase

_MODULE = "crm_ir_sms_automation"
_NUMBER = "+989121110000"


@tagged("post_install", "-at_install")
class TestLeads(AutomationCase):
    def lead(self, **vals):
        return (
            self.env["crm.lead"]
            .with_user(self.salesman)
            .create(
                {
                    "name": "مشاوره",
                    "contact_name": "سارا",
                    "phone": "09121110000",
                    "user_id": self.salesman.id,
                    **vals,
                }
            )
        )

    def test_nothing_is_sent_before_a_rule_is_switched_on(self):
        lead = self.lead()
        lead.stage_id = self.env["crm.stage"].create({"name": "دوم"})
        self.assertFalse(self.texts())

    def test_the_customer_of_a_new_lead_is_thanked_once(self):
        self.switch_on(f"{_MODULE}.base_automation_lead_new")
        lead = self.lead()
        lead.name = "مشاوره و نصب"
        ((number, body),) = self.texts()
        self.assertEqual(number, _NUMBER)
        self.assertIn("سارا", body)
        row = self.messages.search([("number", "=", _NUMBER)])
        self.assertEqual((row.purpose, row.state), ("service", "queued"))

    def test_who_is_on_the_blacklist_is_not_thanked(self):
        self.switch_on(f"{_MODULE}.base_automation_lead_new")
        self.env["phone.blacklist"].add(_NUMBER)
        self.lead()
        self.assertFalse(self.texts())

    def test_a_new_stage_is_told_once(self):
        self.switch_on(f"{_MODULE}.base_automation_lead_stage")
        stage = self.env["crm.stage"].create({"name": "مذاکره"})
        lead = self.lead()
        self.assertFalse(self.texts())
        lead.stage_id = stage
        lead.write({"stage_id": stage.id, "name": "مشاوره و نصب"})
        ((number, body),) = self.texts()
        self.assertEqual(number, _NUMBER)
        self.assertIn("مذاکره", body)

    def test_a_text_is_sent_for_the_company_of_the_lead(self):
        self.switch_on(f"{_MODULE}.base_automation_lead_new")
        other = self.env["res.company"].create({"name": "Other"})
        self.make_account(company_id=other.id, name="Second")
        self.env["crm.lead"].create(
            {"name": "مشاوره", "phone": "09121110000", "company_id": other.id}
        )
        self.texts()
        row = self.messages.search([("number", "=", _NUMBER)])
        self.assertEqual(row.company_id, other)


@tagged("post_install", "-at_install")
class TestActivities(AutomationCase):
    def activity(self, **vals):
        return self.partner.with_user(self.salesman).activity_schedule(
            "mail.mail_activity_data_call",
            user_id=self.salesman.id,
            summary="تماس با سارا",
            **vals,
        )

    def test_a_salesperson_is_reminded_once_and_not_of_what_is_long_overdue(self):
        self.salesman.partner_id.write(
            {"phone": "09121110000", "country_id": self.env.ref("base.ir").id}
        )
        self.activity(date_deadline=date.today() - timedelta(days=30))
        self.activity(date_deadline=date.today() + timedelta(days=30))
        due = date.today() - timedelta(days=1)  # 5 hours of today may not be over
        self.activity(date_deadline=due)
        self.switch_on(f"{_MODULE}.base_automation_activity")
        self.run_time_rules()
        self.run_time_rules()
        ((number, body),) = self.texts()
        self.assertEqual(number, _NUMBER)
        self.assertIn("تماس با سارا", body)
        self.assertIn("سارا", body)

    def test_who_is_on_the_blacklist_is_not_reminded(self):
        self.salesman.partner_id.phone = _NUMBER
        self.env["phone.blacklist"].add(_NUMBER)
        self.activity(date_deadline=date.today() - timedelta(days=1))
        self.switch_on(f"{_MODULE}.base_automation_activity")
        self.run_time_rules()
        self.assertFalse(self.texts())


@tagged("post_install", "-at_install")
class TestBirthdays(AutomationCase):
    def setUp(self):
        super().setUp()
        self.account.line_kind = "promotional"
        self.partner.birthdate_date = date(1991, 3, 21)  # 1 Farvardin 1370

    def wish(self, now):
        with freeze_time(now):
            self.env["res.partner"]._l10n_ir_wish_birthdays()
        return self.texts()

    def test_a_contact_is_wished_once_on_the_jalali_birthday(self):
        self.assertFalse(self.env.ref(f"{_MODULE}.ir_cron_birthdays").active)
        # 1 Farvardin 1404 began on 20 March at midnight of Tehran
        self.assertFalse(self.wish(datetime(2025, 3, 20, 12, 0)))
        ((number, body),) = self.wish(datetime(2025, 3, 20, 21, 0))
        self.assertEqual(number, _NUMBER)
        self.assertIn("سارا", body)
        self.assertTrue(body.endswith("لغو۱۱"))
        row = self.messages.search([("number", "=", _NUMBER)])
        self.assertEqual(row.purpose, "promotional")
        self.assertFalse(self.wish(datetime(2025, 3, 21, 9, 0)))
        self.assertTrue(self.wish(datetime(2026, 3, 21, 9, 0)))

    def test_who_was_born_on_30_esfand_is_wished_in_common_years_too(self):
        self.partner.birthdate_date = date(2021, 3, 20)  # 30 Esfand 1399
        self.assertTrue(self.wish(datetime(2024, 3, 19, 9, 0)))  # 29 Esfand 1402
        self.assertFalse(self.wish(datetime(2025, 3, 19, 9, 0)))  # 29 Esfand 1403
        self.assertTrue(self.wish(datetime(2025, 3, 20, 9, 0)))  # 30 Esfand 1403

    def test_who_is_on_the_blacklist_is_not_wished(self):
        self.env["phone.blacklist"].add(_NUMBER)
        self.assertFalse(self.wish(datetime(2025, 3, 21, 9, 0)))

    def test_a_salesman_cannot_write_to_all(self):
        user = new_test_user(self.env, "sms_other", "sales_team.group_sale_salesman")
        cron = self.env.ref(f"{_MODULE}.ir_cron_birthdays").with_user(user)
        with self.assertRaisesRegex(Exception, "ir.cron|not allowed"):
            cron.method_direct_trigger()
