from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, TransactionCase, new_test_user, tagged

# valid codes of the facts sheet
CODE, OTHER_CODE = "0499370899", "0790419904"


@tagged("post_install", "-at_install")
class TestDuplicates(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.country_id = cls.env.ref("base.ir")
        cls.salesperson = new_test_user(
            cls.env,
            "dup_salesperson",
            groups="sales_team.group_sale_salesman,base.group_partner_manager",
        )
        cls.Partner = cls.env["res.partner"].with_user(cls.salesperson)
        cls.Lead = cls.env["crm.lead"].with_user(cls.salesperson)

    def make(self, **values):
        return self.Partner.create({"name": "بهرام برومند", **values})

    def assertSimilar(self, one, other):
        for partner, expected in ((one, other), (other, one)):
            partner.invalidate_recordset()
            self.assertEqual(partner.l10n_ir_duplicate_ids, expected)
            self.assertEqual(partner.l10n_ir_duplicate_count, 1)

    def assertNotSimilar(self, one, other):
        for partner in (one, other):
            partner.invalidate_recordset()
            self.assertFalse(partner.l10n_ir_duplicate_ids)
            self.assertEqual(partner.l10n_ir_duplicate_count, 0)

    # contacts

    def test_one_person_in_two_spellings_is_found(self):
        for mine, theirs in (
            ({"name": "علی یکتاپناه"}, {"name": "علي يكتاپناه"}),
            ({"name": "مهرداد نیک‌بخت"}, {"name": "مهرداد نیکبخت"}),
            ({"phone": "۰۹۹۹۷۷۰۰۱۰۰"}, {"phone": "+98 999 770 0100"}),
            ({"phone": "09997700200"}, {"l10n_ir_phone2": "9997700200"}),
            ({"l10n_ir_phone2": "09997700300"}, {"l10n_ir_phone2": "00989997700300"}),
            ({"email": "Reza@Example.com"}, {"email": '"Reza" <reza@example.com>'}),
            (
                {"l10n_ir_national_code": CODE},
                {"l10n_ir_national_code": "۰۴۹-۹۳۷۰۸۹-۹"},
            ),
            (
                {"name": "شرکت هیرکانا", "is_company": True},
                {"name": "شركت هيركانا", "is_company": True},
            ),
        ):
            with self.subTest(theirs=theirs):
                one = self.Partner.create({"name": "One"} | mine)
                self.assertSimilar(one, self.Partner.create({"name": "Other"} | theirs))

    def test_what_tells_two_people_apart_is_respected(self):
        parent = self.make(name="شرکت کارونا", is_company=True)
        for mine, theirs in (
            # one word is no full name
            ({"name": "نازنین"}, {"name": "نازنین"}),
            # a person is no company
            ({"name": "پویا آریامهر"}, {"name": "پویا آریامهر", "is_company": True}),
            # namesakes, and a household with one phone
            (
                {"l10n_ir_national_code": CODE, "phone": "09997700400"},
                {"l10n_ir_national_code": OTHER_CODE, "phone": "09997700400"},
            ),
            # colleagues share the company's phone and address
            (
                {"name": "A B", "phone": "02101234567", "parent_id": parent.id},
                {"name": "C D", "phone": "02101234567", "parent_id": parent.id},
            ),
        ):
            with self.subTest(theirs=theirs):
                self.assertNotSimilar(self.make(**mine), self.make(**theirs))

    def test_a_namesake_inside_one_company_is_still_found(self):
        parent = self.make(name="شرکت کارونا", is_company=True)
        self.assertSimilar(
            self.make(parent_id=parent.id), self.make(parent_id=parent.id)
        )

    def test_similar_contacts_show_while_typing_before_anything_is_stored(self):
        known = self.make(name="ژاله ستوده‌فر", phone="09997700500")
        form = Form(self.Partner)
        form.name = "Somebody"
        self.assertEqual(form.l10n_ir_duplicate_count, 0)
        form.phone = "۰۹۹۹ ۷۷۰ ۰۵۰۰"
        self.assertEqual(form.l10n_ir_duplicate_ids[:], known)
        form.phone = False
        form.name = "ژاله ستوده فر".replace(" فر", "‌فر")
        self.assertEqual(form.l10n_ir_duplicate_ids[:], known)
        form.name = "ژاله"
        self.assertEqual(form.l10n_ir_duplicate_count, 0)

    def test_an_archived_contact_is_found_and_the_record_itself_is_not(self):
        archived = self.make(phone="09997700600", active=False)
        partner = self.make(name="Other name", phone="09997700600")
        self.assertEqual(partner.l10n_ir_duplicate_ids, archived)
        with Form(partner) as form:
            form.function = "مدیر"
            self.assertEqual(form.l10n_ir_duplicate_ids[:], archived)

    def test_contacts_of_a_company_out_of_reach_stay_unknown(self):
        company = self.env["res.company"].create({"name": "Out of reach"})
        self.env["res.partner"].create(
            {"name": "X Y", "phone": "+989997700700", "company_id": company.id}
        )
        self.assertFalse(self.make(phone="09997700700").l10n_ir_duplicate_ids)

    def test_contacts_of_another_country_are_not_watched(self):
        germany = self.env.ref("base.de").id
        one = self.make(name="Anna Schmidt", country_id=germany)
        other = self.make(name="Anna Schmidt", country_id=germany)
        self.assertNotSimilar(one, other)

    def test_a_value_that_everybody_has_says_nothing(self):
        partners = self.Partner.create(
            [{"name": f"N {n}", "phone": "02100000000"} for n in range(22)]
        )
        self.assertFalse(partners[0].l10n_ir_duplicate_ids)
        (partners[1]).phone = False
        partners.invalidate_recordset()
        self.assertEqual(partners[0].l10n_ir_duplicate_count, 20)

    def test_percent_and_underscore_in_a_name_are_letters(self):
        self.make(name="xx yy")
        self.assertFalse(self.make(name="__ %").l10n_ir_duplicate_ids)

    def test_similarity_costs_as_many_queries_for_80_contacts_as_for_one(self):
        partners = self.Partner.create(
            [
                {
                    "name": f"Person {number % 80}",
                    "email": f"{number % 80}@example.com",
                    "phone": f"+98999770{number % 80:04d}",
                }
                for number in range(160)
            ]
        )[:80]

        def queries(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.mapped("l10n_ir_duplicate_count")
            return self.env.cr.sql_log_count - before

        queries(partners[:1])
        self.assertEqual(queries(partners[:1]), queries(partners))
        self.assertEqual(set(partners.mapped("l10n_ir_duplicate_count")), {1})

    # merging contacts

    def merge(self, partner):
        action = partner.action_l10n_ir_merge_duplicates()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.salesperson)
            .with_context(**action["context"])
            .create({})
        )
        wizard.dst_partner_id = partner
        wizard.action_merge()

    def test_merging_contacts_keeps_what_both_knew(self):
        role = self.env.ref("crm_ir_base.crm_ir_decision_role_user")
        kept = self.make(
            phone="09997700800", email="b@example.com", comment="<p>first</p>"
        )
        gone = self.make(
            phone="09997700801",
            comment="<p>second</p>",
            l10n_ir_national_code=CODE,
            birthdate_date="1990-05-06",
            l10n_ir_decision_role_ids=role.ids,
        )
        message = gone.message_post(body="Their history", message_type="comment")
        activity = gone.activity_schedule("mail.mail_activity_data_call")
        done = gone.activity_schedule("mail.mail_activity_data_todo")
        done.action_feedback(feedback="agreed")
        attachment = self.env["ir.attachment"].create(
            {"name": "id-card.png", "res_model": "res.partner", "res_id": gone.id}
        )
        lead = self.Lead.create({"name": "L", "partner_id": gone.id})
        self.merge(kept)
        self.assertFalse(gone.exists())
        self.assertEqual(kept.phone, "+989997700800")
        self.assertEqual(kept.l10n_ir_phone2, "+989997700801")
        self.assertEqual(kept.email, "b@example.com")
        self.assertEqual(kept.l10n_ir_national_code, CODE)
        self.assertEqual(str(kept.birthdate_date), "1990-05-06")
        self.assertEqual(kept.l10n_ir_decision_role_ids, role)
        self.assertIn("first", kept.comment)
        self.assertIn("second", kept.comment)
        self.assertIn(message, kept.message_ids)
        self.assertIn(activity, kept.activity_ids)
        self.assertEqual(done.res_id, kept.id)
        self.assertEqual(attachment.res_id, kept.id)
        self.assertEqual(lead.partner_id, kept)

    def test_what_found_no_place_is_named_in_the_history(self):
        kept = self.make(
            phone="09997700810", l10n_ir_phone2="09997700811", function="مدیر"
        )
        self.make(phone="09997700812", l10n_ir_phone2="09997700810", function="کارشناس")
        self.merge(kept)
        self.assertEqual(kept.l10n_ir_phone2, "+989997700811")
        history = " ".join(kept.message_ids.mapped("body"))
        self.assertIn("+989997700812", history)
        self.assertIn("کارشناس", history)
        self.assertNotIn("+989997700810", history)

    def test_two_different_emails_are_still_for_the_administrator(self):
        kept = self.make(phone="09997700820", email="a@example.com")
        gone = self.make(phone="09997700820", email="b@example.com")
        with self.assertRaises(UserError):
            self.merge(kept)
        self.assertTrue(gone.exists())

    def test_only_who_manages_contacts_can_merge_them(self):
        reader = new_test_user(
            self.env, "dup_reader", groups="sales_team.group_sale_salesman"
        )
        partner = self.make(phone="09997700830")
        self.make(phone="09997700830")
        action = partner.with_user(reader).action_l10n_ir_merge_duplicates()
        with self.assertRaises(AccessError):
            self.env[action["res_model"]].with_user(reader).with_context(
                **action["context"]
            ).create({})
        arch = partner.with_user(reader).get_view(view_type="form")["arch"]
        self.assertIn("action_l10n_ir_show_duplicates", arch)
        self.assertNotIn("action_l10n_ir_merge_duplicates", arch)

    def test_a_merge_never_takes_more_contacts_than_stock_allows(self):
        partners = self.Partner.create(
            [{"name": f"N {n}", "phone": "09997700840"} for n in range(5)]
        )
        action = partners[0].action_l10n_ir_merge_duplicates()
        self.assertEqual(len(action["context"]["active_ids"]), 3)
        self.assertIn(partners[0].id, action["context"]["active_ids"])
        shown = partners[0].action_l10n_ir_show_duplicates()
        self.assertEqual(self.Partner.search(shown["domain"]), partners)

    # leads

    def make_lead(self, **values):
        return self.Lead.create(
            {"name": "L", "country_id": self.env.ref("base.ir").id, **values}
        )

    def test_similar_leads_are_found_by_what_stock_does_not_know(self):
        for mine, theirs in (
            ({"l10n_ir_national_code": CODE}, {"l10n_ir_national_code": CODE}),
            ({"phone": "09997700900"}, {"l10n_ir_phone2": "09997700900"}),
            ({"contact_name": "سهراب دلاوری"}, {"contact_name": "سهراب دلاوري"}),
            ({"partner_name": "شرکت ماهورا"}, {"partner_name": "شركت ماهورا"}),
            (
                {"contact_name": "آرش کاردان", "partner_name": "ویستانا"},
                {"contact_name": "آرش کاردان"},
            ),
        ):
            with self.subTest(theirs=theirs):
                one, other = self.make_lead(**mine), self.make_lead(**theirs)
                for lead, similar in ((one, other), (other, one)):
                    lead.invalidate_recordset()
                    self.assertEqual(lead.duplicate_lead_ids - lead, similar)
                    self.assertEqual(lead.duplicate_lead_count, 1)

    def test_namesakes_with_another_company_or_code_are_other_leads(self):
        for mine, theirs in (
            ({"partner_name": "آوینا"}, {"partner_name": "یاسینا"}),
            ({"l10n_ir_national_code": CODE}, {"l10n_ir_national_code": OTHER_CODE}),
        ):
            with self.subTest(theirs=theirs):
                name = f"لیلا {next(iter(mine))}"
                one = self.make_lead(contact_name=name, **mine)
                other = self.make_lead(contact_name=name, **theirs)
                (one + other).invalidate_recordset()
                self.assertEqual((one + other).mapped("duplicate_lead_count"), [0, 0])

    def test_similar_leads_show_while_typing(self):
        known = self.make_lead(contact_name="هستی پرتوی", l10n_ir_national_code=CODE)
        form = Form(self.Lead)
        form.name = "L"
        self.assertEqual(form.duplicate_lead_count, 0)
        form.l10n_ir_national_code = "۰۴۹۹۳۷۰۸۹۹"
        self.assertEqual(form.duplicate_lead_count, 1)
        form.save()
        self.assertEqual(form.record.duplicate_lead_ids - form.record, known)

    def merge_leads(self, lead):
        action = lead.action_l10n_ir_merge_duplicates()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.salesperson)
            .with_context(**action["context"])
            .create({})
        )
        result = wizard.action_merge()
        return self.Lead.browse(result["res_id"])

    def test_merging_leads_keeps_what_both_knew(self):
        contract = self.env.ref("crm_ir_base.crm_ir_contract_type_annual")
        referrer = self.make(name="Referrer")
        one = self.make_lead(phone="09997700910", l10n_ir_national_code=CODE)
        other = self.make_lead(
            phone="09997700911",
            l10n_ir_phone2="09997700910",
            l10n_ir_contract_type_id=contract.id,
            l10n_ir_referrer_id=referrer.id,
            l10n_ir_wedding_date="2015-03-04",
        )
        messages = one.message_post(body="one", message_type="comment")
        messages += other.message_post(body="other", message_type="comment")
        activities = self.env["mail.activity"]
        for lead in (one, other):
            activities += lead.activity_schedule("mail.mail_activity_data_call")
            done = lead.activity_schedule("mail.mail_activity_data_todo")
            done.action_feedback(feedback="agreed")
            activities += done
        attachments = self.env["ir.attachment"].create(
            [
                {"name": f"{lead.id}.txt", "res_model": "crm.lead", "res_id": lead.id}
                for lead in (one, other)
            ]
        )
        merged = self.merge_leads(one)
        self.assertEqual((one + other).exists(), merged)
        self.assertEqual(
            {merged.phone, merged.l10n_ir_phone2}, {"+989997700910", "+989997700911"}
        )
        self.assertEqual(merged.l10n_ir_national_code, CODE)
        self.assertEqual(merged.l10n_ir_contract_type_id, contract)
        self.assertEqual(merged.l10n_ir_referrer_id, referrer)
        self.assertEqual(str(merged.l10n_ir_wedding_date), "2015-03-04")
        self.assertLessEqual(messages, merged.message_ids)
        self.assertEqual(set(activities.mapped("res_id")), {merged.id})
        self.assertEqual(len(activities.exists()), 4)
        self.assertEqual(set(attachments.mapped("res_id")), {merged.id})

    def test_a_similar_lead_of_a_colleague_is_counted_but_not_merged(self):
        self.env["crm.lead"].create(
            {
                "name": "Colleague",
                "user_id": self.env.ref("base.user_admin").id,
                "l10n_ir_national_code": CODE,
            }
        )
        lead = self.make_lead(l10n_ir_national_code=CODE)
        self.assertEqual(lead.duplicate_lead_count, 1)
        action = lead.action_l10n_ir_merge_duplicates()
        self.assertEqual(action["context"]["active_ids"], lead.ids)

    def test_our_part_of_similar_leads_costs_the_same_for_80_as_for_one(self):
        leads = self.Lead.create(
            [
                {
                    "name": "L",
                    "contact_name": f"Person {number % 80}",
                    "country_id": self.env.ref("base.ir").id,
                    "email_from": f"{number % 80}@example.com",
                    "l10n_ir_phone2": f"+98999770{number % 80:04d}",
                }
                for number in range(160)
            ]
        )[:80]

        def queries(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            similar = records._l10n_ir_similar()
            self.assertEqual(len(similar), len(records))
            return self.env.cr.sql_log_count - before

        queries(leads[:1])
        self.assertEqual(queries(leads[:1]), queries(leads))
