from odoo.tests import tagged

from odoo.addons.crm_ir_loyalty.tests.translations_common import StockTermsCase


@tagged("post_install", "-at_install")
class TestTranslations(StockTermsCase):
    stock = ("pos_loyalty",)
    ours = "crm_ir_loyalty_pos"

    def test_every_term_is_persian(self):
        kinds = self.check_coverage()
        for kind in ("model", "model_terms", "odoo-javascript", "odoo-python"):
            self.assertIn(("pos_loyalty", kind), kinds)

    def test_placeholders_and_tags_are_kept(self):
        self.check_placeholders()

    def test_no_term_is_left_over(self):
        self.check_sources()
