import requests

from odoo.fields import Domain
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.crm_ir_base.tests.door_common import DoorMixin

from ..simulator.kavenegar import KavenegarService


@tagged("post_install", "-at_install")
class TestFirstText(DoorMixin, HttpCase):
    """The first text of a Persian salesperson, in the browser."""

    def test_a_text_is_sent_from_a_contact_and_seen_to_arrive(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.env.company.country_id = self.env.ref("base.ir")
        new_test_user(
            self.env,
            login="sms_first",
            groups="sales_team.group_sale_salesman,base.group_partner_manager",
            lang="fa_IR",
            tz="Asia/Tehran",
        )
        service = KavenegarService()
        address = self.serve(service)
        self.env["crm.ir.sms.account"].create(
            {
                "name": "خط خدماتی",
                "gateway": "kavenegar",
                "base_url": f"{address}/kavenegar",
                "api_key": service.telecom.account.api_key,
                "sender": service.telecom.account.lines[0],
            }
        )
        partner = self.env["res.partner"].create(
            {
                "name": "سارا محمدی",
                "phone": "۰۹۱۲ ۱۱۱ ۰۰۰۰",
                "country_id": self.env.ref("base.ir").id,
            }
        )
        messages = self.env["crm.ir.sms.message"]
        self.patch(type(messages), "_outbox_commit", lambda model: None)
        path = f"/odoo/res.partner/{partner.id}"
        self.start_tour(path, "crm_ir_sms_first_text", login="sms_first")

        row = messages.search([("partner_id", "=", partner.id)])
        row.due = self.env.cr.now()  # the request had a later one
        for account in messages._outbox_connections():
            messages._outbox_work_once(account, Domain("lane", "=", "now"))
        page = requests.get(address, timeout=10).text
        self.assertIn("سلام سارا، سفارش شما آماده است.", page)
        self.assertIn("+989121110000", page)

        service.clock.advance(minutes=1)
        row.report_due = self.env.cr.now()
        messages._outbox_upkeep()
        self.assertEqual(row.state, "confirmed")
        self.start_tour(path, "crm_ir_sms_first_text_arrived", login="sms_first")
