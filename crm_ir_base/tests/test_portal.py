import json

from odoo import http
from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestPortal(HttpCase):
    """A customer keeps their own identity in the portal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = new_test_user(
            cls.env,
            login="ir_customer",
            groups="base.group_portal",
            email="customer@example.com",
            phone="+989121234567",
            street="خیابان نمونه",
            city="مشهد",
            zip="9133712345",
            country_id=cls.env.ref("base.ir").id,
        ).partner_id

    def _submit(self, **values):
        partner = self.customer
        response = self.url_open(
            "/my/address/submit",
            data={
                "partner_id": partner.id,
                "csrf_token": http.Request.csrf_token(self),
                "name": partner.name,
                "email": partner.email,
                "phone": partner.phone,
                "street": partner.street,
                "city": partner.city,
                "zip": partner.zip,
                "country_id": partner.country_id.id,
                **values,
            },
        )
        return json.loads(response.text)

    def test_a_customer_sees_and_stores_their_numbers(self):
        self.authenticate("ir_customer", "ir_customer")
        page = self.url_open("/my/account").text
        self.assertIn('name="l10n_ir_national_code"', page)
        answer = self._submit(l10n_ir_national_code="۰۴۹۹۳۷۰۸۹۹", phone="۰۹۱۲ ۱۲۳ ۴۵۶۸")
        self.assertIn("redirectUrl", answer)
        self.assertEqual(self.customer.l10n_ir_national_code, "0499370899")
        self.assertEqual(self.customer.phone, "+989121234568")

    def test_a_wrong_number_is_marked_and_nothing_is_stored(self):
        self.authenticate("ir_customer", "ir_customer")
        answer = self._submit(l10n_ir_national_code="0499370898", zip="12")
        self.assertLessEqual(
            {"l10n_ir_national_code", "zip"}, set(answer["invalid_fields"])
        )
        self.assertIn("0499370898", " ".join(answer["messages"]))
        self.assertFalse(self.customer.l10n_ir_national_code)
        self.assertEqual(self.customer.zip, "9133712345")
