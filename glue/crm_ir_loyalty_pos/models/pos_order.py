from collections import defaultdict
from decimal import Decimal
from fractions import Fraction

from odoo import api, models

from odoo.addons.crm_ir_loyalty.tools.points import Document, exact, part


class PosOrder(models.Model):
    """The order that earned or spent points at the till is known to the ledger."""

    _inherit = "pos.order"

    def validate_coupon_programs(self, point_changes, new_codes):
        """Override: what ran out in the meantime cannot be spent."""
        cards = self.env["loyalty.card"].sudo().browse(map(int, point_changes)).exists()
        cards.filtered(
            lambda card: card.program_id._l10n_ir_keeps_ledger()
        )._l10n_ir_settle()
        return super().validate_coupon_programs(point_changes, new_codes)

    def confirm_coupon_programs(self, coupon_data):
        """Override: cards learn which order moves their points."""
        self.ensure_one()
        order = self.with_context(
            l10n_ir_loyalty_document=Document(self._name, self.id)
        )
        return super(PosOrder, order).confirm_coupon_programs(coupon_data)

    def action_pos_order_paid(self):
        """Override: what comes back moves its points the other way, once."""
        result = super().action_pos_order_paid()
        movements = self.env["crm.ir.loyalty.movement"]
        if not movements._of_document(self, ["revoke", "restore"]):
            for order, lines in self.lines.grouped(
                lambda line: line.refunded_orderline_id.order_id
            ).items():
                self._l10n_ir_return_points(order, lines)
        return result

    def _l10n_ir_return_points(self, order, lines):
        """Take the share of the points back that an order had earned with what comes
        back from it, and give those back that its returned rewards had cost.

        :param order: the order at the till that sold, an empty one for new goods
        :param lines: the lines of this order that return those of `order`
        """
        movements = self.env["crm.ir.loyalty.movement"]
        rows = movements._of_document(order, ["award", "spend"])
        rows.card_id._l10n_ir_settle()
        share = order._l10n_ir_share(-sum(lines.mapped("price_subtotal")))
        for award in rows.filtered(lambda row: row.kind == "award"):
            if share and part(exact(1), award._shares()) < 1:
                award._take_back(share, self.display_name, document=self)
        costs = defaultdict(Decimal)
        for line in lines:
            reward = line.refunded_orderline_id
            if reward.reward_id and reward.qty:
                costs[reward.coupon_id] += exact(
                    reward.points_cost * -line.qty / reward.qty
                )
        for spent in rows.filtered(lambda row: row.kind == "spend"):
            if (points := costs[spent.card_id]) > 0:
                costs[spent.card_id] -= spent._give_back(
                    self.display_name, points=points, document=self
                )

    def _l10n_ir_share(self, amount):
        """The share of what an order sold that an untaxed amount of it is, 0 to 1."""
        sold = self.lines.filtered(lambda line: not line.refunded_orderline_id)
        whole = sum(sold.mapped("price_subtotal"))
        if amount <= 0 or whole <= 0:
            return Fraction()
        return min(Fraction(str(amount)) / Fraction(str(whole)), Fraction(1))

    @api.model_create_multi
    def create(self, vals_list):
        """Override: the till sends orders that are paid already."""
        orders = super().create(vals_list)
        orders._l10n_ir_touch_customers()
        return orders

    def write(self, vals):
        """Override: customers are recomputed soon after an order counts or not."""
        before = self.mapped("partner_id") if "partner_id" in vals else None
        result = super().write(vals)
        if before is not None or "state" in vals:
            self._l10n_ir_touch_customers(before)
        return result

    def _l10n_ir_touch_customers(self, others=None):
        counted = self.sudo().filtered(
            lambda order: (
                order.state in ("paid", "done")
                and order.company_id.l10n_ir_purchase_source == "pos"
            )
        )
        self.env["crm.ir.customer.touch"]._add(
            (order.company_id, partner)
            for order in counted
            for partner in order.partner_id | (others or order.partner_id)
        )
