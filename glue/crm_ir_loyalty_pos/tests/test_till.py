from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.point_of_sale.tests.test_frontend import TestPointOfSaleHttpCommon


@tagged("post_install", "-at_install")
class TestTill(TestPointOfSaleHttpCommon):
    """A cashier and the points of a customer, in the browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["loyalty.program"].search([]).active = False
        cls.club = cls.env["loyalty.program"].create(
            {
                "name": "Club",
                "program_type": "loyalty",
                "applies_on": "both",
                "trigger": "auto",
                "rule_ids": [
                    Command.create({"reward_point_mode": "money", "minimum_amount": 1})
                ],
                "reward_ids": [
                    Command.create(
                        {
                            "description": description,
                            "discount_mode": "per_order",
                            "discount": discount,
                            "required_points": points,
                        }
                    )
                    for description, discount, points in (
                        ("Club discount", 10, 100),
                        ("Large discount", 20, 190),
                    )
                ],
            }
        )
        cls.member = cls.env["res.partner"].create({"name": "AAA Club Member"})
        cls.card = (
            cls.env["loyalty.card"]
            .sudo()
            .create({"program_id": cls.club.id, "partner_id": cls.member.id})
        )
        cls.env["product.product"].create(
            {
                "name": "Tea of the club",
                "list_price": 10,
                "taxes_id": False,
                "available_in_pos": True,
            }
        )
        cls.main_pos_config.write(
            {"tax_regime_selection": False, "use_pricelist": False}
        )
        cls.main_pos_config.with_user(cls.pos_user).open_ui()

    def rows(self):
        return [
            (row.kind, row.points)
            for row in self.card.l10n_ir_movement_ids.sorted("id")
        ]

    def test_a_cashier_redeems_points(self):
        self.card._l10n_ir_award(200, "join", "Joined")
        self.start_pos_tour("crm_ir_loyalty_pos_redeem")
        order = self.env["pos.order"].search([("partner_id", "=", self.member.id)])
        self.assertEqual(order.amount_total, 40)
        self.assertEqual(self.rows()[1:], [("award", 50), ("spend", -100)])
        spent = self.card.l10n_ir_movement_ids.filtered(lambda row: row.kind == "spend")
        self.assertEqual((spent.res_model, spent.res_id), ("pos.order", order.id))

    def test_pending_points_pay_for_nothing(self):
        self.club.l10n_ir_pending_days = 7
        self.start_pos_tour("crm_ir_loyalty_pos_pending")
        self.assertEqual(self.rows(), [("award", 500)])
        self.assertEqual((self.card.points, self.card.l10n_ir_pending), (0, 500))
