from odoo.exceptions import ValidationError
from odoo.tests import Form, TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestIdentityFields(TransactionCase):
    """Identity of contacts and leads, as a salesperson of an Iranian company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.iran = cls.env.ref("base.ir")
        cls.germany = cls.env.ref("base.de")
        cls.env.company.country_id = cls.iran
        cls.salesperson = new_test_user(
            cls.env,
            login="ir_salesperson",
            groups="sales_team.group_sale_salesman,base.group_partner_manager",
        )
        cls.env = cls.env(user=cls.salesperson)
        cls.Partner = cls.env["res.partner"]
        cls.Lead = cls.env["crm.lead"]

    def test_numbers_in_any_digits_and_spacing_are_stored_compact(self):
        partner = self.Partner.create(
            {
                "name": "شرکت نمونه",
                "is_company": True,
                "country_id": self.iran.id,
                "vat": "۱۰۳۸-۰۲۸۴-۷۹۰",
                "company_registry": "١٠٣٨٠٢٨٤٧٩٠",
                "zip": "۱۹۳۹۵-۱۲۳۴۵",
            }
        )
        self.assertEqual(partner.vat, "10380284790")
        self.assertEqual(partner.company_registry, "10380284790")
        self.assertEqual(partner.zip, "1939512345")
        person = self.Partner.create(
            {"name": "رضا نمونه", "l10n_ir_national_code": " ۰۴۹ ۹۳۷۰۸۹ ۹ "}
        )
        self.assertEqual(person.l10n_ir_national_code, "0499370899")
        person.l10n_ir_national_code = "084575948"
        self.assertEqual(
            person.l10n_ir_national_code,
            "0084575948",
            "a lost leading zero comes back",
        )

    def test_a_wrong_check_digit_is_refused_and_nothing_is_stored(self):
        person = self.Partner.create(
            {"name": "رضا نمونه", "l10n_ir_national_code": "0499370899"}
        )
        with self.assertRaises(ValidationError) as refusal:
            person.l10n_ir_national_code = "0499370898"
        self.assertIn("check digit", str(refusal.exception))
        self.assertEqual(person.l10n_ir_national_code, "0499370899")
        for fname in ("vat", "company_registry"):
            with self.subTest(fname), self.assertRaises(ValidationError):
                self.Partner.create(
                    {"name": "X", "country_id": self.iran.id, fname: "10380284792"}
                )

    def test_the_sentence_stands_at_the_field_while_typing(self):
        form = Form(self.Partner.with_context(default_country_id=self.iran.id))
        form.name = "رضا نمونه"
        form.l10n_ir_national_code = "7731689951"
        self.assertIn("7731689951", form.l10n_ir_errors["l10n_ir_national_code"])
        form.l10n_ir_national_code = "0499370899"
        self.assertFalse(form.l10n_ir_errors)

    def test_the_old_economic_code_gets_its_own_message(self):
        with self.assertRaisesRegex(ValidationError, "old 12-digit"):
            self.Partner.create(
                {
                    "name": "شرکت نمونه",
                    "country_id": self.iran.id,
                    "vat": "411111111111",
                }
            )

    def test_numbers_of_other_countries_are_left_alone(self):
        partner = self.Partner.create(
            {
                "name": "Beispiel GmbH",
                "is_company": True,
                "country_id": self.germany.id,
                "vat": "DE136695976",
                "company_registry": "HRB 12345",
                "zip": "10115",
            }
        )
        self.assertEqual(
            (partner.vat, partner.company_registry, partner.zip),
            ("DE136695976", "HRB 12345", "10115"),
        )
        unknown = self.Partner.create({"name": "Unknown", "vat": "BE0477472701"})
        self.assertEqual(unknown.vat, "BE0477472701")

    def test_a_civil_partnership_has_no_check_digit(self):
        partner = self.Partner.create(
            {
                "name": "مشارکت نمونه",
                "country_id": self.iran.id,
                "l10n_ir_kind": "civil_partnership",
                "vat": "10380284792",
            }
        )
        self.assertEqual(partner.vat, "10380284792")

    def test_stock_duplicate_warnings_compare_compact_numbers(self):
        values = {"is_company": True, "country_id": self.iran.id}
        first = self.Partner.create(
            {**values, "name": "الف", "company_registry": "10380284790"}
        )
        second = self.Partner.create(
            {**values, "name": "ب", "company_registry": "۱۰۳۸۰۲۸۴۷۹۰"}
        )
        self.assertEqual(second.same_company_registry_partner_id, first)

    def test_identity_goes_from_lead_to_company_and_person(self):
        lead = self.Lead.create(
            {
                "name": "فروش نرم‌افزار",
                "contact_name": "رضا نمونه",
                "partner_name": "شرکت نمونه",
                "country_id": self.iran.id,
                "zip": "۱۹۳۹۵۱۲۳۴۵",
                "l10n_ir_kind": "legal",
                "l10n_ir_national_code": "۰۴۹۹۳۷۰۸۹۹",
                "l10n_ir_legal_id": "10380284790",
                "l10n_ir_economic_code": "10380284790",
                "l10n_ir_registration_number": "12345",
                "birthdate_date": "1990-01-01",
                "phone": "09121234567",
                "l10n_ir_phone2": "021-88776655",
            }
        )
        person = lead._create_customer()
        company = person.parent_id
        self.assertRecordValues(
            company,
            [
                {
                    "vat": "10380284790",
                    "company_registry": "10380284790",
                    "l10n_ir_registration_number": "12345",
                    "l10n_ir_kind": "legal",
                    "l10n_ir_national_code": False,
                    "zip": "1939512345",
                }
            ],
        )
        self.assertRecordValues(
            person,
            [
                {
                    "l10n_ir_national_code": "0499370899",
                    "birthdate_date": lead.birthdate_date,
                    "phone": "+989121234567",
                    "l10n_ir_phone2": "+982188776655",
                }
            ],
        )

    def test_merged_leads_keep_identity_from_both_sides(self):
        leads = self.Lead.create(
            [
                {"name": "الف", "l10n_ir_national_code": "0499370899"},
                {"name": "ب", "l10n_ir_legal_id": "10380284790"},
            ]
        )
        merged = leads.merge_opportunity(auto_unlink=False)
        self.assertEqual(
            (merged.l10n_ir_national_code, merged.l10n_ir_legal_id),
            ("0499370899", "10380284790"),
        )

    def test_the_labels_are_those_of_iran(self):
        partner = self.Partner.create({"name": "X", "country_id": self.iran.id})
        self.assertEqual(partner.company_registry_label, "National ID")
        self.assertEqual(partner.vat_label, "Economic Code")

    def test_a_contact_is_found_by_national_code(self):
        person = self.Partner.create(
            {"name": "رضا نمونه", "l10n_ir_national_code": "0499370899"}
        )
        self.assertIn(
            person.id, [id_ for id_, _name in self.Partner.name_search("0499370899")]
        )
