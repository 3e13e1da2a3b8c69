from odoo import models

from odoo.addons.crm_ir_base.tools.text import normalize

from ..tools.points import Document, exact


class SaleOrder(models.Model):
    """The sale that earned or spent points is known to the ledger."""

    _inherit = "sale.order"

    def _l10n_ir_as_document(self):
        """The order in a context that tells cards who moves their points."""
        self.ensure_one()
        return self.with_context(l10n_ir_loyalty_document=Document(self._name, self.id))

    def _l10n_ir_points_of(self, card):
        """How many points of a card the order earns and how many it spends."""
        earned = self.coupon_point_ids.filtered(lambda entry: entry.coupon_id == card)
        spent = self.order_line.filtered(
            lambda line: line.reward_id and line.coupon_id == card
        )
        return (
            exact(sum(earned.mapped("points"))),
            exact(sum(spent.mapped("points_cost"))),
        )

    def action_confirm(self):
        if len(self) != 1:
            # stock adds the points of all orders up
            return all([order.action_confirm() for order in self])
        cards = self.coupon_point_ids.coupon_id | self.order_line.coupon_id
        cards._l10n_ir_settle()
        return super(SaleOrder, self._l10n_ir_as_document()).action_confirm()

    def _action_cancel(self):
        sold = self.filtered(lambda order: order.state == "sale")
        result = super(
            SaleOrder, self.with_context(l10n_ir_loyalty_booked=True)
        )._action_cancel()
        for order in sold.filtered(lambda order: order.state == "cancel"):
            self.env["crm.ir.loyalty.movement"]._undo_sale(order)
        return result

    def _add_points_for_coupon(self, coupon_points):
        return super(SaleOrder, self._l10n_ir_as_document())._add_points_for_coupon(
            coupon_points
        )

    def _get_real_points_for_coupon(self, coupon, post_confirm=False):
        """Points that the order itself earns pay for nothing while they are pending."""
        points = super()._get_real_points_for_coupon(coupon, post_confirm)
        program = coupon.program_id
        if (
            self.state == "sale"
            or program.applies_on == "future"
            or not program.l10n_ir_pending_days
            or not program._l10n_ir_keeps_ledger()
        ):
            return points
        issued, _cost = self._l10n_ir_points_of(coupon)
        return coupon.currency_id.round(points - float(issued))

    def _try_apply_code(self, code):
        """Override: a code may be typed in Persian digits, with blanks between them."""
        digits = "".join(normalize(code or "").split())
        return super()._try_apply_code(digits if digits.isdecimal() else code)

    def write(self, vals):
        """Override: customers are recomputed soon after an order counts or not."""
        result = super().write(vals)
        if "state" in vals:
            self.env["crm.ir.customer.touch"]._add(
                (order.company_id, order.partner_id)
                for order in self.sudo()
                if order.company_id.l10n_ir_purchase_source == "sale"
            )
        return result
