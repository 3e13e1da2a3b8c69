from odoo.modules.module import Manifest
from odoo.tests import TransactionCase, tagged
from odoo.tools.convert import convert_file

from ..tools import phone
from ..tools.identity import economic_code, legal_id, national_code, postal_code


@tagged("post_install", "-at_install")
class TestDemo(TransactionCase):
    """The demo data, loaded over whatever the database holds."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.outgoing = cls.env["mail.mail"].search([("model", "=", "crm.lead")])
        for filename in Manifest.for_addon("crm_ir_base")["demo"]:
            convert_file(
                cls.env(su=True), "crm_ir_base", filename, {}, "init", noupdate=True
            )
        cls.contacts = cls.demo_records("res.partner", "demo_partner_")
        cls.leads = cls.demo_records("crm.lead", "demo_lead_")
        cls.activities = cls.demo_records("mail.activity", "demo_activity_")

    @classmethod
    def demo_records(cls, model_name, prefix):
        data = cls.env["ir.model.data"].search(
            [
                ("module", "=", "crm_ir_base"),
                ("model", "=", model_name),
                ("name", "=like", f"{prefix}%"),
            ]
        )
        return cls.env[model_name].browse(data.mapped("res_id"))

    def test_there_are_200_contacts_and_120_leads(self):
        self.assertEqual(len(self.contacts), 200)
        self.assertEqual(len(self.leads), 120)
        self.assertEqual(len(self.contacts.filtered("is_company")), 60)

    def test_every_number_is_valid_and_nobodys(self):
        numbers = self.contacts.mapped("l10n_ir_national_code")
        for number in filter(None, numbers):
            self.assertEqual(national_code.validate(number), number)
            self.assertTrue(number.startswith("99"))
        for company in self.contacts.filtered("is_company"):
            self.assertEqual(
                legal_id.validate(company.company_registry), company.company_registry
            )
            self.assertEqual(economic_code.validate(company.vat), company.vat)
            self.assertTrue(company.vat.startswith("99"))
        for partner in self.contacts.filtered("zip"):
            self.assertEqual(postal_code.validate(partner.zip), partner.zip)
        phones = self.contacts.mapped("phone") + self.contacts.mapped("l10n_ir_phone2")
        phones += self.leads.mapped("phone")
        for number in filter(None, phones):
            self.assertEqual(phone.to_e164(number), number)
            fictitious = (
                "+9899977" if phone.kind(number) == "mobile" else number[:5] + "0"
            )
            self.assertTrue(number.startswith(fictitious), number)
        emails = self.contacts.mapped("email") + self.leads.mapped("email_from")
        self.assertFalse([e for e in emails if e and not e.endswith("example.com")])

    def test_contacts_live_in_provinces_and_cities_of_iran(self):
        for partner in self.contacts.filtered(lambda p: p.street and not p.parent_id):
            self.assertEqual(partner.country_id.code, "IR")
            self.assertTrue(partner.state_id.l10n_ir_iso_code, partner.name)
            self.assertEqual(partner.city_id.state_id, partner.state_id)
        self.assertGreaterEqual(len(self.contacts.state_id), 10)

    def test_leads_use_all_stages_and_look_like_a_pipeline_at_work(self):
        stages = self.env["crm.stage"].union(
            *(
                self.env.ref(xml_id)
                for xml_id in (
                    "crm.stage_lead1",
                    "crm_ir_base.crm_stage_contacted",
                    "crm.stage_lead2",
                    "crm.stage_lead3",
                    "crm_ir_base.crm_stage_negotiation",
                    "crm.stage_lead4",
                )
            )
        )
        self.assertEqual(self.leads.stage_id, stages)
        by_status = self.leads.grouped("won_status")
        self.assertEqual(
            {status: len(leads) for status, leads in by_status.items()},
            {"won": 12, "lost": 10, "pending": 98},
        )
        self.assertTrue(all(by_status["lost"].mapped("lost_reason_id")))
        self.assertGreaterEqual(len(self.leads.source_id), 8)
        self.assertIn(self.env.ref("utm.utm_source_referral"), self.leads.source_id)
        self.assertEqual(
            set(self.activities.mapped("state")), {"overdue", "today", "planned"}
        )
        self.assertLessEqual(set(self.activities.mapped("res_id")), set(self.leads.ids))
        self.assertTrue(any(self.leads.mapped("l10n_ir_is_idle")))
        # tens of millions to tens of billions of Rial, in whole Toman
        revenues = self.leads.mapped("expected_revenue")
        self.assertGreaterEqual(min(revenues), 100_000_000)
        self.assertLessEqual(max(revenues), 20_000_000_000)
        self.assertFalse([revenue for revenue in revenues if revenue % 10])

    def test_the_duplicate_finder_has_something_to_show(self):
        self.assertGreaterEqual(
            len(self.contacts.filtered("l10n_ir_duplicate_count")), 6
        )

    def test_demo_users_see_their_pipeline_and_nobody_gets_an_email(self):
        salesperson = self.env.ref("crm_ir_base.user_demo_salesperson")
        manager = self.env.ref("crm_ir_base.user_demo_manager")
        self.assertEqual(salesperson.login, "sales")
        self.assertEqual(manager.login, "manager")
        for user in salesperson + manager:
            self.assertEqual(user.tz, "Asia/Tehran")
            mine = (
                self.env["crm.lead"].with_user(user).search([("user_id", "=", user.id)])
            )
            self.assertGreater(len(mine), 20)
        self.assertTrue(manager.has_group("sales_team.group_sale_manager"))
        self.assertFalse(salesperson.has_group("sales_team.group_sale_manager"))
        outgoing = self.env["mail.mail"].search([("model", "=", "crm.lead")])
        self.assertEqual(outgoing, self.outgoing)

    def test_a_company_without_books_becomes_iranian(self):
        company = self.env.ref("base.main_company")
        if "account.move" in self.env and company._existing_accounting():
            self.assertNotIn("نمونه", company.name)
        else:
            self.assertEqual(company.country_id.code, "IR")
            self.assertEqual(company.currency_id.name, "IRR")
