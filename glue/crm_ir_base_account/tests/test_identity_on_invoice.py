from lxml import html

from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon


@tagged("post_install", "-at_install")
class TestIdentityOnInvoice(AccountTestInvoicingCommon):
    def _text(self, invoice):
        content, _type = self.env["ir.actions.report"]._render_qweb_html(
            "account.account_invoices", invoice.ids
        )
        return " ".join(html.fromstring(content).text_content().split())

    def test_both_parties_are_known_by_their_numbers(self):
        iran = self.env.ref("base.ir")
        self.env.company.partner_id.write(
            {"country_id": iran.id, "vat": False, "company_registry": "10380284790"}
        )
        self.partner_a.write(
            {
                "country_id": iran.id,
                "vat": False,
                "l10n_ir_national_code": "0499370899",
            }
        )
        text = self._text(self.init_invoice("out_invoice", self.partner_a, amounts=[1]))
        self.assertIn("10380284790", text)
        self.assertIn("0499370899", text)

    def test_a_company_abroad_prints_as_stock(self):
        self.env.company.partner_id.country_id = self.env.ref("base.us")
        self.partner_a.country_id = self.env.ref("base.us")
        text = self._text(self.init_invoice("out_invoice", self.partner_a, amounts=[1]))
        self.assertNotIn("National", text)
        self.assertNotIn("Seller", text)
