from odoo.tests import Form, TransactionCase, new_test_user, tagged

SPELLINGS = [
    "09121234567",
    "9121234567",
    "989121234567",
    "00989121234567",
    "+98 912 123 4567",
    "+98 (0)912 1234567",
    "۰۹۱۲۱۲۳۴۵۶۷",
    "٠٩١٢-١٢٣-٤٥٦٧",
    "\u200e0912 123 45 67\u200f",
]


@tagged("post_install", "-at_install")
class TestPhoneFields(TransactionCase):
    """Phones of contacts and leads, as a salesperson whose company has no country."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.country_id = False
        cls.salesperson = new_test_user(
            cls.env,
            login="ir_salesperson",
            groups="sales_team.group_sale_salesman,base.group_partner_manager",
        )
        cls.env = cls.env(user=cls.salesperson)

    def test_every_spelling_is_stored_as_one_number(self):
        for model in ("res.partner", "crm.lead"):
            records = self.env[model].create(
                [{"name": spelling, "phone": spelling} for spelling in SPELLINGS]
            )
            self.assertEqual(set(records.mapped("phone")), {"+989121234567"}, model)
            self.assertEqual(
                set(records.mapped("phone_sanitized")), {"+989121234567"}, model
            )

    def test_a_company_abroad_keeps_its_own_numbers_and_knows_iranian_ones(self):
        self.env.company.sudo().country_id = self.env.ref("base.us")
        partners = self.env["res.partner"].create(
            [
                {"name": "X", "phone": "(650) 253-0000"},
                {"name": "X", "phone": "+32 494 44 44 44"},
                {"name": "X", "phone": "۰۹۱۲ ۱۲۳ ۴۵۶۷"},
                {"name": "X", "phone": "+98 912 123 4567"},
            ]
        )
        self.assertEqual(
            partners.mapped("phone"),
            ["(650) 253-0000", "+32 494 44 44 44", "+989121234567", "+989121234567"],
        )

    def test_a_written_number_is_stored_as_one_number(self):
        partner = self.env["res.partner"].create({"name": "X"})
        partner.write({"phone": "۰۲۱ ۸۸۷۷ ۶۶۵۵", "l10n_ir_phone2": "0912.123.4567"})
        self.assertEqual(partner.phone, "+982188776655")
        self.assertEqual(partner.l10n_ir_phone2, "+989121234567")

    def test_the_form_shows_what_will_be_stored(self):
        self.env.company.sudo().country_id = self.env.ref("base.ir")
        form = Form(self.env["res.partner"])
        form.name = "X"
        form.phone = "۰۹۱۲۱۲۳۴۵۶۷"
        self.assertEqual(form.phone, "+989121234567")
        form.l10n_ir_phone2 = "021 88776655"
        self.assertEqual(form.l10n_ir_phone2, "+982188776655")

    def test_what_is_no_number_stays_as_typed(self):
        partner = self.env["res.partner"].create(
            {"name": "X", "phone": "داخلی ۲۱۲", "l10n_ir_phone2": "12"}
        )
        self.assertEqual(partner.phone, "داخلی ۲۱۲")
        self.assertEqual(partner.l10n_ir_phone2, "12")

    def test_numbers_of_other_countries_are_left_to_stock(self):
        partner = self.env["res.partner"].create(
            {
                "name": "X",
                "country_id": self.env.ref("base.de").id,
                "phone": "030 123456",
            }
        )
        self.assertEqual(partner.phone, "030 123456")
        partner.write({"country_id": self.env.ref("base.be"), "phone": "02 555 12 12"})
        self.assertEqual(partner.phone, "02 555 12 12")

    def test_mobile_and_landline_are_told_apart_and_searchable(self):
        partners = self.env["res.partner"].create(
            [
                {"name": "mobile", "phone": "09121234567"},
                {"name": "landline", "phone": "02188776655"},
                {"name": "none"},
            ]
        )
        kinds = ["mobile", "landline", False]
        self.assertEqual(partners.mapped("l10n_ir_phone_kind"), kinds)
        for partner, kind in zip(partners, kinds, strict=True):
            domain = [("id", "in", partners.ids), ("l10n_ir_phone_kind", "=", kind)]
            self.assertEqual(partners.search(domain), partner)

    def test_a_blacklisted_first_number_is_told_beside_a_second_one(self):
        partner = self.env["res.partner"].create(
            {"name": "سارا", "phone": "09121234567", "l10n_ir_phone2": "09131234567"}
        )
        self.env["phone.blacklist"].sudo()._add(["+989121234567"])
        partner.invalidate_recordset()
        self.assertTrue(partner.phone_sanitized_blacklisted)
        self.assertTrue(partner.phone_blacklisted)

    def test_the_second_number_serves_where_the_first_is_missing(self):
        partner = self.env["res.partner"].create(
            {"name": "X", "l10n_ir_phone2": "09121234567"}
        )
        self.assertEqual(partner.phone_sanitized, "+989121234567")
        found = partner.search([("phone_mobile_search", "ilike", "1234567")])
        self.assertIn(partner, found)
