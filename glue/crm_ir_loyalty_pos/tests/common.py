from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.point_of_sale.tests.common import CommonPosTest


class TillCase(CommonPosTest):
    """A club of one point for each unit of money, ten of which pay one unit, and a
    cashier who sells tea of 100 to one of its members."""

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
                "portal_visible": True,
                "rule_ids": [
                    Command.create({"reward_point_mode": "money", "minimum_amount": 1})
                ],
                "reward_ids": [
                    Command.create(
                        {
                            "reward_type": "discount",
                            "discount_mode": "per_point",
                            "discount": 0.1,
                            "required_points": 10,
                        }
                    )
                ],
            }
        )
        cls.reward = cls.club.reward_ids
        cls.tea = cls.env["product.product"].create(
            {
                "name": "Tea",
                "list_price": 100,
                "type": "consu",
                "taxes_id": False,
                "available_in_pos": True,
            }
        )
        cls.member = cls.env["res.partner"].create({"name": "Member"})
        cls.card = (
            cls.env["loyalty.card"]
            .sudo()
            .create({"program_id": cls.club.id, "partner_id": cls.member.id})
        )
        cls.cashier = new_test_user(
            cls.env,
            "club_cashier",
            "point_of_sale.group_pos_user",
            company_id=cls.env.company.id,
        )
        cls.till = cls.pos_config_usd
        cls.till.open_ui()

    def sell(self, *prices, points=0, confirm=True, **values):
        """A paid order of tea at these prices, of which `points` pay a part.

        Prices below zero are those of rewards, which the card pays with `points`.
        """
        order, _refund = self.create_backend_pos_order(
            {
                "order_data": {"partner_id": self.member.id, **values},
                "line_data": [
                    self.line(price, points if price < 0 else 0) for price in prices
                ],
                "payment_data": [{"payment_method_id": self.cash_payment_method.id}],
            }
        )
        order = order.with_user(self.cashier)
        if confirm:
            order.confirm_coupon_programs(self.points_of(order))
        return order

    def line(self, price, points):
        line = {
            "product_id": self.tea.id,
            "price_unit": price,
            "price_subtotal": price,
            "price_subtotal_incl": price,
        }
        if points:
            line |= {
                "product_id": self.reward.discount_line_product_id.id,
                "reward_id": self.reward.id,
                "coupon_id": self.card.id,
                "reward_identifier_code": "1",
                "points_cost": points,
                "is_reward_line": True,
            }
        return line

    def points_of(self, order):
        """What the till sends: the points earned less those spent, by card."""
        earned = order.amount_total
        spent = sum(order.lines.mapped("points_cost"))
        return {
            str(self.card.id): {
                "points": earned - spent,
                "program_id": self.club.id,
                "coupon_id": self.card.id,
                "partner_id": self.member.id,
                "barcode": False,
                "line_codes": ["1"] if spent else [],
            }
        }

    def give_back(self, order, quantities=None, **values):
        """Return some of the lines of an order, one of each unless told otherwise."""
        refund = order.sudo()._refund()
        refund.write(values)
        for line in refund.lines:
            quantity = (quantities or {}).get(line.refunded_orderline_id, 1)
            line.qty = -quantity
        refund.lines.filtered(lambda line: not line.qty).unlink()
        refund.lines._onchange_amount_line_all()
        refund._compute_prices()
        context = {"active_ids": refund.ids, "active_id": refund.id}
        payment = self.env["pos.make.payment"].with_context(**context)
        payment.create({"payment_method_id": self.cash_payment_method.id}).check()
        return refund

    def rows(self):
        return [
            (row.kind, row.points)
            for row in self.card.l10n_ir_movement_ids.sorted("id")
        ]
