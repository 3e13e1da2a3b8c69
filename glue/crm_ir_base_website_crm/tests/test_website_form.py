import json

from odoo import http
from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestWebsiteForm(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.country_id = cls.env.ref("base.ir")

    def _submit(self, **values):
        self.authenticate(None, None)
        response = self.url_open(
            "/website/form/crm.lead",
            data={
                "csrf_token": http.Request.csrf_token(self),
                "name": "درخواست مشاوره",
                "contact_name": "رضا نمونه",
                **values,
            },
        )
        return json.loads(response.text)

    def test_a_visitor_may_type_in_any_digits(self):
        answer = self._submit(phone="۰۹۱۲ ۱۲۳ ۴۵۶۷", l10n_ir_national_code="۰۴۹۹۳۷۰۸۹۹")
        lead = self.env["crm.lead"].browse(answer["id"])
        self.assertEqual(lead.phone, "+989121234567")
        self.assertEqual(lead.l10n_ir_national_code, "0499370899")

    def test_a_wrong_number_is_refused_in_words(self):
        before = self.env["crm.lead"].search_count([])
        answer = self._submit(l10n_ir_national_code="0499370898")
        self.assertIn("0499370898", answer["error"])
        self.assertEqual(self.env["crm.lead"].search_count([]), before)
