import re
from datetime import datetime

from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged

# of 10 October 2025 20:45 UTC, which is 11 October in Tehran, and of two plain days
DATES = {
    "fa_IR": {"1404/07/19", "1404/08/19", "1404/09/19"},
    "en_US": {"10/11/2025", "11/10/2025", "12/10/2025"},
}
ANY_DATE = re.compile(r"\b[0-9]{1,4}/[0-9]{1,2}/[0-9]{1,4}\b")
NUMBERS = {"fa_IR": re.compile(r"\b20[0-9]{2}[/-]"), "en_US": re.compile(r"140[0-9]/")}


class QuotationCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.product = cls.env["product.product"].create({"name": "Chair"})

    @classmethod
    def salesman(cls, lang, calendar):
        login = f"{lang}-{calendar}"
        groups = "sales_team.group_sale_salesman_all_leads"
        user = new_test_user(
            cls.env, login, groups, lang=lang, tz="Asia/Tehran", calendar=calendar
        )
        context = cls.env["res.users"].with_user(user).context_get()
        return cls.env(user=user, context=context)

    @classmethod
    def quotation(cls, partner):
        return cls.env["sale.order"].create(
            {
                "partner_id": partner.id,
                "date_order": datetime(2025, 10, 10, 20, 45),
                "validity_date": "2025-11-10",
                "commitment_date": datetime(2025, 12, 10, 8),
                "order_line": [(0, 0, {"product_id": cls.product.id})],
            }
        )

    def assertDates(self, page, lang):
        self.assertLessEqual(DATES[lang], set(ANY_DATE.findall(page)))
        self.assertFalse(NUMBERS[lang].findall(page))


@tagged("post_install", "-at_install")
class TestQuotation(QuotationCase):
    def test_paper_has_the_calendar_of_the_customer_whoever_prints(self):
        for seller_lang in DATES:
            for calendar in ("language", "gregorian", "jalali"):
                env = self.salesman(seller_lang, calendar)
                for lang in DATES:
                    partner = self.env["res.partner"].create(
                        {"name": "Customer", "lang": lang}
                    )
                    order = self.quotation(partner)
                    page = env["ir.actions.report"]._render_qweb_html(
                        "sale.report_saleorder", order.ids
                    )[0]
                    text = re.sub(r"<[^>]*>", " ", page.decode())
                    self.assertDates(text, lang)

    def test_an_email_has_the_calendar_of_the_customer_whoever_sends(self):
        template = self.env.ref("sale.email_template_edi_sale")
        template.with_context(
            lang="en_US"
        ).body_html = "<p><t t-out='format_date(object.validity_date)'/></p>"
        for seller_lang in DATES:
            for calendar in ("language", "gregorian", "jalali"):
                env = self.salesman(seller_lang, calendar)
                for lang, expected in (
                    ("fa_IR", "1404/08/19"),
                    ("en_US", "11/10/2025"),
                ):
                    partner = self.env["res.partner"].create(
                        {"name": "Customer", "lang": lang, "email": "a@example.com"}
                    )
                    order = self.quotation(partner).with_env(env)
                    message = order.message_post_with_source(
                        template.with_env(env).sudo(), message_type="comment"
                    )
                    bodies = message or order.message_ids[0]
                    self.assertIn(expected, bodies.body)


@tagged("post_install", "-at_install")
class TestQuotationPortal(HttpCase, QuotationCase):
    def test_a_customer_reads_the_portal_in_the_own_calendar(self):
        if "website" in self.env:
            languages = self.env["res.lang"].search([])
            self.env["website"].search([]).language_ids = languages
        for lang in DATES:
            user = new_test_user(
                self.env, f"portal-{lang}", "base.group_portal", lang=lang,
                tz="Asia/Tehran",
            )  # fmt: skip
            order = self.quotation(user.partner_id)
            order.action_quotation_sent()
            self.authenticate(user.login, user.login)
            context = {"frontend_lang": lang}
            pages = [
                self.url_open(url, cookies=context).text
                for url in ("/my/quotes", f"/my/orders/{order.id}")
            ]
            self.assertDates(re.sub(r"<[^>]*>", " ", pages[1]), lang)
            self.assertIn(
                {"fa_IR": "1404/08/19", "en_US": "11/10/2025"}[lang], pages[0]
            )
