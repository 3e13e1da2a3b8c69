from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged
from odoo.tools import is_html_empty

FOOTER = (
    '<p style="width: 1234567px">تلفن +98 21 8877 6655<br/>sales@example.com '
    "021-88776655 &#1593;</p>"
)


@tagged("post_install", "-at_install")
class TestReportDirection(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        for lang in ("en_US", "fa_IR"):
            cls.env["res.lang"]._activate_lang(lang)
            cls.company.with_context(lang=lang).write(
                {"company_details": FOOTER, "report_footer": FOOTER}
            )

    def _render(self, lang, layout="web.external_layout_standard"):
        self.company.external_report_layout_id = self.env.ref(layout)
        return (
            self.env["ir.qweb"]
            .with_context(lang=lang)
            ._render(
                "web.external_layout",
                {
                    "company": self.company,
                    "o": self.company,
                    "is_html_empty": is_html_empty,
                },
            )
        )

    def test_phones_of_the_company_are_not_reversed_in_any_layout(self):
        for layout in self.env["report.layout"].search([]).view_id:
            html = self._render("fa_IR", layout.xml_id)
            for phone in ("+98 21 8877 6655", "021-88776655"):
                with self.subTest(layout=layout.key, phone=phone):
                    self.assertEqual(html.count(f'<bdi dir="ltr">{phone}</bdi>'), 2)
            self.assertEqual(html.count('style="width: 1234567px"'), 2)

    def test_documents_in_a_left_to_right_language_stay_as_they_are(self):
        html = self._render("en_US")
        self.assertIn("+98 21 8877 6655", html)
        self.assertNotIn("<bdi", html)

    def test_a_text_of_another_record_stays_as_it_is(self):
        partner = self.env["res.partner"].create({"name": "A", "comment": FOOTER})
        html = (
            self.env["ir.qweb.field.html"]
            .with_context(lang="fa_IR")
            .record_to_html(partner, "comment", {})
        )
        self.assertNotIn("<bdi", html)

    def test_the_font_of_the_company_keeps_the_latin_letters(self):
        self.company.font = "Roboto"
        style = self.env.ref("web.asset_styles_company_report").raw.decode()
        self.assertIn("font-family: Vazirmatn, Roboto;", style)


@tagged("post_install", "-at_install")
class TestScreenDirection(HttpCase):
    READY = "document.querySelector('.o_kanban_record .fa-phone + span') !== null"
    CODE = """
        const phone = document.querySelector(".o_kanban_record .fa-phone + span");
        const [plus, last] = [0, 12].map((offset) => {
            const range = document.createRange();
            range.setStart(phone.firstChild, offset);
            range.setEnd(phone.firstChild, offset + 1);
            return range.getBoundingClientRect().left;
        });
        if (!document.body.classList.contains("o_rtl")) {
            console.error("The page is not in Persian");
        } else if (plus >= last) {
            console.error("The phone number is reversed");
        } else {
            console.log("test successful");
        }
    """

    def test_a_phone_number_is_not_reversed_on_the_card_of_a_contact(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        new_test_user(self.env, "persian_reader", "base.group_user", lang="fa_IR")
        self.env["res.partner"].create({"name": "!", "phone": "+989121234567"})
        self.env["ir.actions.act_window"].create(
            {
                "name": "Phones",
                "res_model": "res.partner",
                "path": "crm-ir-phones",
                "view_mode": "kanban",
                "domain": [("phone", "=", "+989121234567")],
            }
        )
        self.browser_js(
            "/odoo/crm-ir-phones", self.CODE, self.READY, login="persian_reader"
        )
