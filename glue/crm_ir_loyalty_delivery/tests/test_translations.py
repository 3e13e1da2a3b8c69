from odoo.tests import tagged

from odoo.addons.crm_ir_loyalty.tests.translations_common import StockTermsCase


@tagged("post_install", "-at_install")
class TestTranslations(StockTermsCase):
    stock = ("sale_loyalty_delivery",)
    ours = "crm_ir_loyalty_delivery"

    def test_every_term_is_persian(self):
        kinds = self.check_coverage()
        for kind in ("model", "model_terms", "odoo-python"):
            self.assertIn(("sale_loyalty_delivery", kind), kinds)

    def test_placeholders_and_tags_are_kept(self):
        self.check_placeholders()

    def test_no_term_is_left_over(self):
        self.check_sources()
