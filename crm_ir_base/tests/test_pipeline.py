from odoo.exceptions import AccessError
from odoo.tests import Form, TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestPipeline(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.country_id = cls.env.ref("base.ir")
        cls.salesperson = new_test_user(
            cls.env, "pipeline_salesperson", groups="sales_team.group_sale_salesman"
        )
        cls.manager = new_test_user(
            cls.env, "pipeline_manager", groups="sales_team.group_sale_manager"
        )

    def test_new_stages_stand_between_those_of_stock(self):
        self.env["crm.stage"]._l10n_ir_add_stages()
        xml_ids = [
            "crm.stage_lead1",
            "crm_ir_base.crm_stage_contacted",
            "crm.stage_lead2",
            "crm.stage_lead3",
            "crm_ir_base.crm_stage_negotiation",
            "crm.stage_lead4",
        ]
        stages = self.env["crm.stage"].union(*map(self.env.ref, xml_ids))
        self.assertEqual(list(stages.sorted()), list(map(self.env.ref, xml_ids)))
        self.assertEqual(stages.filtered("is_won"), self.env.ref("crm.stage_lead4"))

    def test_a_pipeline_in_use_keeps_its_stages(self):
        self.env["crm.lead"].create({"name": "In use"})
        before = self.env["crm.stage"].search([])
        sequences = before.mapped("sequence")
        self.env["crm.stage"]._l10n_ir_prepare_pipeline()
        after = self.env["crm.stage"].search([])
        self.assertEqual(after, before)
        self.assertEqual(after.mapped("sequence"), sequences)

    def test_preparing_sources_twice_or_beside_a_namesake_doubles_nothing(self):
        Source = self.env["utm.source"]
        self.env["utm.mixin"]._l10n_ir_prepare_sources()
        names = sorted(Source.search([]).mapped("name"))
        self.env["utm.mixin"]._l10n_ir_prepare_sources()
        self.assertEqual(sorted(Source.search([]).mapped("name")), names)
        self.assertFalse([name for name in names if name.endswith("]")])

    def test_our_master_data_can_be_edited_and_archived_by_a_sales_manager(self):
        for xml_id in (
            "crm_lost_reason_competitor",
            "crm_ir_contract_type_leasing",
            "crm_ir_decision_role_gatekeeper",
            "mail_activity_type_visit",
            "utm_medium_in_person",
        ):
            record = self.env.ref(f"crm_ir_base.{xml_id}").with_user(self.manager)
            record.name = "Renamed"
            record.action_archive()
            self.assertFalse(record.active, xml_id)
        source = self.env.ref("crm_ir_base.utm_source_divar").with_user(self.manager)
        source.name = "Renamed"

    def test_a_salesperson_cannot_change_contract_types_and_roles(self):
        for model_name in ("crm.ir.contract.type", "crm.ir.decision.role"):
            records = self.env[model_name].with_user(self.salesperson).search([])
            self.assertEqual(len(records), 6)
            with self.assertRaises(AccessError):
                records[0].name = "Mine"
            with self.assertRaises(AccessError):
                records.create({"name": "Mine"})

    def test_a_referrer_makes_the_source_a_referral_unless_it_is_known(self):
        referral = self.env.ref("utm.utm_source_referral")
        divar = self.env.ref("crm_ir_base.utm_source_divar")
        referrer = self.env["res.partner"].create({"name": "مریم دادگر"})
        Lead = self.env["crm.lead"].with_user(self.salesperson)
        self.assertEqual(
            Lead.create({"name": "L", "l10n_ir_referrer_id": referrer.id}).source_id,
            referral,
        )
        known = Lead.create(
            {"name": "L", "l10n_ir_referrer_id": referrer.id, "source_id": divar.id}
        )
        self.assertEqual(known.source_id, divar)
        self.assertFalse(Lead.create({"name": "L"}).source_id)
        with Form(Lead) as form:
            form.name = "L"
            form.l10n_ir_referrer_id = referrer
            self.assertEqual(form.source_id, referral)
            form.source_id = divar
        self.assertEqual(form.record.source_id, divar)

    def test_an_opportunity_shows_the_people_of_its_customer_with_their_roles(self):
        role = self.env.ref("crm_ir_base.crm_ir_decision_role_decision_maker")
        company = self.env["res.partner"].create(
            {
                "name": "شرکت آوینا",
                "is_company": True,
                "child_ids": [
                    (
                        0,
                        0,
                        {"name": "کاوه وفادار", "l10n_ir_decision_role_ids": role.ids},
                    ),
                    (0, 0, {"name": "لیلا راستین"}),
                    (0, 0, {"name": "Invoices", "type": "invoice"}),
                ],
            }
        )
        people = company.child_ids.filtered(lambda child: child.type == "contact")
        Lead = self.env["crm.lead"].with_user(self.salesperson)
        for partner in (company, people[0]):
            lead = Lead.create({"name": "L", "partner_id": partner.id})
            self.assertEqual(lead.l10n_ir_contact_ids, people)
            self.assertEqual(lead.l10n_ir_contact_ids.l10n_ir_decision_role_ids, role)
        alone = self.env["res.partner"].create({"name": "نیما فرهمند"})
        lead = Lead.create({"name": "L", "partner_id": alone.id})
        self.assertFalse(lead.l10n_ir_contact_ids)

    def test_people_of_customers_cost_as_many_queries_for_80_leads_as_for_one(self):
        leads = self.env["crm.lead"]
        for number in range(80):
            company = self.env["res.partner"].create(
                {
                    "name": f"Company {number}",
                    "is_company": True,
                    "child_ids": [(0, 0, {"name": f"Person {number}"})],
                }
            )
            leads += leads.create({"name": "L", "partner_id": company.id})
        self.env.flush_all()

        def queries(records):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.mapped("l10n_ir_contact_ids")
            return self.env.cr.sql_log_count - before

        queries(leads[:1])
        self.assertEqual(queries(leads[:1]), queries(leads))
