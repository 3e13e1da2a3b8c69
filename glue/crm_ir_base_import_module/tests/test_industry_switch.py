import contextlib

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.crm_ir_base.tests.foreign_service_common import ForeignServiceCommon


@tagged("post_install", "-at_install")
class TestIndustrySwitch(ForeignServiceCommon):
    def setUp(self):
        super().setUp()
        self.env.registry.clear_cache()

    def test_the_list_of_industries_is_empty_without_a_call(self):
        def open_industries():
            with contextlib.suppress(UserError):  # stock: the list cannot be fetched
                found = self.env["ir.module.module"].web_search_read(
                    [("module_type", "=", "industries")], {"name": {}}
                )
                self.assertEqual(found, {"length": 0, "records": []})

        self.assertSwitched("industry_apps", open_industries, "apps.odoo.com")

    def test_the_categories_of_industries_are_not_fetched(self):
        def open_categories():
            found = self.env["ir.module.module"].search_panel_select_range(
                "category_id", category_domain=[("module_type", "=", "industries")]
            )
            self.assertEqual(found["values"], [])

        self.assertSwitched("industry_apps", open_categories, "apps.odoo.com")
