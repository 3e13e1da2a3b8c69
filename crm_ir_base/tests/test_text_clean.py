from odoo.tests import Form, TransactionCase, new_test_user, tagged

TYPED = "  شركت‌  آرياي\u200f كيش\n"
CLEAN = "شرکت آریای کیش"


@tagged("post_install", "-at_install")
class TestTextClean(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        user = new_test_user(
            cls.env,
            "careful_seller",
            "base.group_user,base.group_partner_manager,sales_team.group_sale_salesman",
        )
        cls.env = cls.env(user=user)

    def _ask_for_clean_text(self):
        with Form(self.env["res.config.settings"].sudo()) as settings:
            settings.l10n_ir_clean_text = True
        settings.save().execute()

    def test_text_is_stored_as_typed_unless_cleaning_is_asked_for(self):
        partner = self.env["res.partner"].create({"name": "شركت آرياي كيش"})
        self.assertEqual(partner.name, "شركت آرياي كيش")

    def test_names_and_addresses_are_cleaned_when_asked_for(self):
        self._ask_for_clean_text()
        partner = self.env["res.partner"].create({"name": TYPED, "street": TYPED})
        lead = self.env["crm.lead"].create({"name": TYPED, "contact_name": TYPED})
        for record, fname in (
            (partner, "name"),
            (partner, "street"),
            (lead, "name"),
            (lead, "contact_name"),
        ):
            self.assertEqual(record[fname], CLEAN)
            record[fname] = "علي"
            self.assertEqual(record[fname], "علی")

    def test_codes_and_notes_are_never_cleaned(self):
        self._ask_for_clean_text()
        partner = self.env["res.partner"].create({"name": "علی", "ref": "ك-۱۲"})
        self.assertEqual(partner.ref, "ك-۱۲")

    def test_a_value_can_still_be_emptied(self):
        self._ask_for_clean_text()
        partner = self.env["res.partner"].create({"name": "علی", "street": "آزادی"})
        partner.street = False
        self.assertFalse(partner.street)

    def test_a_nul_character_stops_no_save(self):
        partner = self.env["res.partner"].create({"name": "Al\0i"})
        lead = self.env["crm.lead"].create({"name": "Le\0ad"})
        lead.partner_name = "Com\0pany"
        self.assertEqual(
            [partner.name, lead.name, lead.partner_name], ["Ali", "Lead", "Company"]
        )
