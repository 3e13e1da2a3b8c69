from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestFontSwitch(HttpCase):
    def test_pages_connect_to_google_fonts_only_where_allowed(self):
        service = self.env.ref("crm_ir_base.foreign_service_web_fonts")
        for blocked in (False, True):
            service.blocked = blocked
            page = self.url_open("/").text
            self.assertEqual("https://fonts.gstatic.com" not in page, blocked)
