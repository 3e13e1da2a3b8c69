import json

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import file_open


@tagged("post_install", "-at_install")
class TestFirstDay(HttpCase):
    """The first day of a Persian salesperson, in the browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.env.company.country_id = cls.env.ref("base.ir")
        cls.user = new_test_user(
            cls.env,
            login="ir_salesperson",
            groups="sales_team.group_sale_salesman,base.group_partner_manager",
            lang="fa_IR",
            tz="Asia/Tehran",
        )

    def test_a_messy_list_is_imported_and_every_person_found(self):
        with file_open("crm_ir_base/demo/sample_contacts.xlsx", "rb") as file:
            self.env["ir.attachment"].create(
                {
                    "name": "sample_contacts.xlsx",
                    "type": "binary",
                    "raw": file.read(),
                    "url": "/crm_ir_base/sample_contacts.xlsx",
                    "public": True,
                }
            )
        with file_open("crm_ir_base/tests/vectors/sample_contacts.json") as file:
            truth = json.load(file)
        last = self.env["res.partner"].search([], order="id desc", limit=1).id
        self.start_tour(
            "/odoo/contacts",
            "crm_ir_base_first_day",
            login="ir_salesperson",
            timeout=240,
        )
        created = self.env["res.partner"].search([("id", ">", last)])
        self.assertEqual(len(created), sum(not row["mistake"] for row in truth))

    def test_a_card_is_moved_to_the_next_stage(self):
        team = self.env["crm.team"].create(
            {"name": "تیم نمونه", "member_ids": [(6, 0, self.user.ids)]}
        )
        lead = self.env["crm.lead"].create(
            {
                "name": "کارت نمونه",
                "type": "opportunity",
                "user_id": self.user.id,
                "team_id": team.id,
            }
        )
        first = lead.stage_id
        self.start_tour("/odoo/crm", "crm_ir_base_move_card", login="ir_salesperson")
        self.assertGreater(lead.stage_id.sequence, first.sequence)
