from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestRedeem(HttpCase):
    """A cashier redeems points on an order, in the browser."""

    def test_a_cashier_redeems_points_on_an_order(self):
        self.env["loyalty.program"].search([]).active = False
        club = self.env["loyalty.program"].create(
            {
                "name": "Club",
                "program_type": "loyalty",
                "applies_on": "both",
                "trigger": "auto",
                "rule_ids": [
                    Command.create({"reward_point_mode": "money", "minimum_amount": 1})
                ],
                "reward_ids": [
                    Command.create({"discount": 10, "required_points": 100}),
                    Command.create({"discount": 15, "required_points": 200}),
                ],
            }
        )
        member = self.env["res.partner"].create({"name": "Member"})
        card = self.env["loyalty.card"].create(
            {"program_id": club.id, "partner_id": member.id}
        )
        card._l10n_ir_award(250, "join", "Joined")
        cashier = new_test_user(
            self.env, "club_cashier", "sales_team.group_sale_salesman_all_leads"
        )
        tea = self.env["product.product"].create(
            {"name": "Tea", "list_price": 1000, "type": "service", "taxes_id": False}
        )
        order = (
            self.env["sale.order"]
            .with_user(cashier)
            .create(
                {
                    "partner_id": member.id,
                    "order_line": [Command.create({"product_id": tea.id})],
                }
            )
        )
        self.start_tour(
            f"/odoo/sale.order/{order.id}",
            "crm_ir_loyalty_redeem",
            login="club_cashier",
        )
        self.start_tour(
            "/odoo/action-crm_ir_loyalty.crm_ir_loyalty_movement_action",
            "crm_ir_loyalty_redeem_ledger",
            login="club_cashier",
        )
        spent = card.l10n_ir_movement_ids.filtered(lambda row: row.kind == "spend")
        self.assertIn(spent.points, (-100, -200))
        self.assertEqual((spent.res_model, spent.res_id), ("sale.order", order.id))
        self.assertEqual(order.amount_untaxed, {-100: 900, -200: 850}[spent.points])
        self.assertEqual(
            card.points, 250 + spent.points + order.coupon_point_ids.points
        )
