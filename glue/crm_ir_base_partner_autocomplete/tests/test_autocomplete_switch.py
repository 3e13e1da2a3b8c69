from types import SimpleNamespace
from unittest.mock import patch

from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.crm_ir_base.tests.foreign_service_common import ForeignServiceCommon
from odoo.addons.partner_autocomplete.models import iap_autocomplete_api


@tagged("post_install", "-at_install")
class TestAutocompleteSwitch(ForeignServiceCommon):
    def setUp(self):
        super().setUp()
        # stock does not even try while a test is running
        real_life = SimpleNamespace(module=SimpleNamespace(current_test=None))
        self.startPatcher(patch.object(iap_autocomplete_api, "modules", real_life))
        user = new_test_user(
            self.env,
            login="typist",
            groups="base.group_user,base.group_partner_manager",
        )
        self.partners = self.env["res.partner"].with_user(user)

    def run(self, result):
        with mute_logger(
            "odoo.addons.iap.tools.iap_tools",
            "odoo.addons.partner_autocomplete.models.iap_autocomplete_api",
            "odoo.addons.partner_autocomplete.models.res_partner",
            "odoo.tools.translate",
        ):
            return super().run(result)

    def test_a_typed_company_name_stays_here(self):
        self.assertSwitched(
            "partner_autocomplete",
            lambda: self.assertEqual(
                self.partners.autocomplete_by_name("Example", 0), []
            ),
            "partner-autocomplete.odoo.com",
        )

    def test_a_typed_tax_number_stays_here(self):
        self.assertSwitched(
            "partner_autocomplete",
            lambda: self.assertEqual(
                self.partners.autocomplete_by_vat("BE0477472701", 0), []
            ),
            "partner-autocomplete.odoo.com",
            "ec.europa.eu",
        )

    def test_the_website_of_the_own_company_is_not_looked_up(self):
        company = self.env["res.company"].create(
            {"name": "Branch", "website": "https://example.ir"}
        )
        self.assertSwitched(
            "partner_autocomplete", company._enrich, "partner-autocomplete.odoo.com"
        )
