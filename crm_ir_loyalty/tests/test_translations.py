from unittest.mock import patch

import polib

from odoo.tests import HttpCase, tagged
from odoo.tools.misc import file_path
from odoo.tools.translate import CodeTranslations, get_po_paths

from .translations_common import StockTermsCase

_TRANSLATE = "odoo.tools.translate"


def _read(module, lang):
    """What the process finds for a module's code, read anew."""
    return CodeTranslations._get_code_translations(
        module, lang, lambda row: row["value"]
    )


@tagged("post_install", "-at_install")
class TestTranslations(StockTermsCase):
    stock = ("loyalty", "sale_loyalty")
    ours = "crm_ir_loyalty"

    def test_every_term_is_persian(self):
        kinds = self.check_coverage()
        for kind in ("model", "model_terms", "odoo-javascript", "odoo-python"):
            self.assertIn(("loyalty", kind), kinds)
            self.assertIn(("sale_loyalty", kind), kinds)

    def test_placeholders_and_tags_are_kept(self):
        self.check_placeholders()

    def test_no_term_is_left_over(self):
        self.check_sources()

    def test_a_persian_salesperson_reads_persian(self):
        program = self.env["loyalty.program"].with_context(lang="fa_IR")
        self.assertEqual(program._program_items_name()["ewallet"], "کیف‌های پول")
        labels = program.fields_get(["program_type"])["program_type"]
        self.assertEqual(labels["string"], "نوع برنامه")
        self.assertEqual(dict(labels["selection"])["loyalty"], "کارت‌های باشگاه")
        self.assertIn(
            "با هر سفارش امتیاز جمع می‌کنند",
            program.get_view(view_type="form")["arch"],
        )

    def test_a_discount_is_described_in_one_sentence(self):
        program = (
            self.env["loyalty.program"]
            .with_context(lang="fa_IR")
            .create(
                {
                    "name": "نوروز",
                    "program_type": "promotion",
                    "reward_ids": [(0, 0, {"discount": 10, "discount_max_amount": 0})],
                }
            )
        )
        self.assertEqual(program.reward_ids.description, "10% تخفیف روی سفارش شما")

    def test_a_language_activated_later_gets_the_terms(self):
        self.env["res.lang"].create(
            {"name": "دری", "code": "fa_AF", "iso_code": "fa_AF", "active": True}
        )
        self.modules()._update_translations("fa_AF")
        action = self.env.ref("loyalty.loyalty_program_discount_loyalty_action")
        self.assertEqual(
            action.with_context(lang="fa_AF").name, "تخفیف و باشگاه مشتریان"
        )

    def test_a_translation_of_stock_wins(self):
        """Shown with a catalogue of stock that has the term in other words."""

        def paths(module, lang):
            if module == "loyalty":
                return iter([file_path("mail/i18n/fa.po")])
            return get_po_paths(module, lang)

        with patch(f"{_TRANSLATE}.get_po_paths", paths):
            terms = _read("loyalty", "fa_IR")
        self.assertEqual(terms["Compose Email"], "نگارش ایمیل")
        self.assertEqual(terms["Fidelity Card"], "کارت وفاداری")

    def test_other_modules_and_languages_are_as_they_were(self):
        self.assertNotIn("Fidelity Card", _read("sale", "fa_IR"))
        self.assertEqual(
            _read("loyalty", "fr_FR"),
            {
                entry.msgid: entry.msgstr
                for entry in polib.pofile(file_path("loyalty/i18n/fr.po"))
                if entry.msgstr
                and any("code:" in at for at, _line in entry.occurrences)
            },
        )


@tagged("post_install", "-at_install")
class TestPortalTranslations(HttpCase):
    def test_the_dialog_of_a_card_is_persian_on_the_portal(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        answer = self.url_open("/website/translations?lang=fa_IR").json()
        terms = {
            term["id"]: term["string"]
            for term in answer["modules"]["loyalty"]["messages"]
        }
        self.assertEqual(terms["Last Transactions"], "آخرین تراکنش‌ها")
