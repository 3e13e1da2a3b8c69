from odoo import Command
from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon


@tagged("post_install", "-at_install")
class TestToman(AccountTestInvoicingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        cls.rial = cls.env.ref("base.IRR")
        cls.toman = cls.env.ref("crm_ir_base.IRT")
        cls.rial_company = cls._create_company(name="Rial Co.", currency_id=cls.rial.id)
        cls.toman_company = cls._create_company(
            name="Toman Co.", currency_id=cls.toman.id
        )
        cls.rial_company.l10n_ir_show_toman = True

    def _invoice(self, company, price, currency=None, post=False):
        invoice = (
            self.env["account.move"]
            .with_company(company)
            .create(
                {
                    "move_type": "out_invoice",
                    "partner_id": self.partner_a.id,
                    "invoice_date": "2025-06-01",
                    "currency_id": (currency or company.currency_id).id,
                    "invoice_line_ids": [
                        Command.create(
                            {"name": "x", "price_unit": price, "tax_ids": False}
                        )
                    ],
                }
            )
        )
        if post:
            invoice.action_post()
        return invoice

    def _print(self, invoice):
        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            "account.report_invoice", invoice.ids
        )
        return html.decode()

    def test_an_invoice_in_rial_shows_its_toman(self):
        invoice = self._invoice(self.rial_company, 12_500_000)
        self.assertEqual(
            invoice.tax_totals["l10n_ir_toman"], "1,250,000\N{NO-BREAK SPACE}تومان"
        )
        self.assertIn("1,250,000\N{NO-BREAK SPACE}تومان", self._print(invoice))

    def test_an_invoice_shows_no_toman_unless_asked(self):
        self.rial_company.l10n_ir_show_toman = False
        invoice = self._invoice(self.rial_company, 12_500_000)
        self.assertNotIn("l10n_ir_toman", invoice.tax_totals)
        self.assertNotIn("تومان", self._print(invoice))

    def test_an_invoice_in_toman_is_booked_in_exact_rial(self):
        invoice = self._invoice(self.rial_company, 1_234_567.8, self.toman, post=True)
        self.assertEqual(invoice.amount_total, 1_234_567.8)
        self.assertEqual(invoice.amount_total_signed, 12_345_678)

    def test_an_invoice_in_rial_is_booked_in_exact_toman(self):
        invoice = self._invoice(self.toman_company, 12_345_678, self.rial, post=True)
        self.assertEqual(invoice.amount_total_signed, 1_234_567.8)

    def test_companies_in_rial_and_toman_add_up(self):
        self._invoice(self.rial_company, 1_000, post=True)
        self._invoice(self.toman_company, 500, post=True)
        companies = self.rial_company + self.toman_company
        for main, total in ((self.rial_company, 6_000), (self.toman_company, 600)):
            report = (
                self.env["account.invoice.report"]
                .with_company(main)
                .with_context(allowed_company_ids=(main | companies).ids)
            )
            [[subtotal]] = report._read_group(
                [("company_id", "in", companies.ids)], aggregates=["price_subtotal:sum"]
            )
            self.assertEqual(subtotal, total)

    def test_foreign_companies_count_toman_by_the_rate_of_rial(self):
        company = self.env.company
        self.env["res.currency.rate"].create(
            {
                "name": "2025-01-01",
                "currency_id": self.rial.id,
                "company_id": company.id,
                "company_rate": 600_000,
            }
        )
        self._invoice(self.rial_company, 600_000, post=True)
        self._invoice(self.toman_company, 120_000, post=True)
        companies = company + self.rial_company + self.toman_company
        report = self.env["account.invoice.report"].with_context(
            allowed_company_ids=companies.ids
        )
        [[subtotal]] = report._read_group(
            [("company_id", "in", (self.rial_company + self.toman_company).ids)],
            aggregates=["price_subtotal:sum"],
        )
        self.assertAlmostEqual(subtotal, 3, 9)
