import contextlib

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.crm_ir_base.tests.foreign_service_common import ForeignServiceCommon


@tagged("post_install", "-at_install")
class TestGeocodingSwitch(ForeignServiceCommon):
    def test_an_address_stays_here(self):
        def find():
            with contextlib.suppress(UserError):  # stock: cannot contact the service
                self.assertFalse(self.env["base.geocoder"].geo_find("Valiasr, Tehran"))

        self.assertSwitched("geocoding", find, "nominatim.openstreetmap.org")
