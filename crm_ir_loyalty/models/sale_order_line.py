from odoo import api, models


class SaleOrderLine(models.Model):
    """Rewards that come to or leave an order that is confirmed already."""

    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        orders = {vals.get("order_id") for vals in vals_list if vals.get("coupon_id")}
        if len(orders) != 1 or None in orders:
            return super().create(vals_list)
        order = self.env["sale.order"].browse(orders)._l10n_ir_as_document()
        return super(SaleOrderLine, self.with_env(order.env)).create(vals_list)

    def write(self, vals):
        if "points_cost" not in vals or len(self.order_id) != 1:
            return super().write(vals)
        order = self.order_id._l10n_ir_as_document()
        return super(SaleOrderLine, self.with_env(order.env)).write(vals)

    def unlink(self):
        if not self.coupon_id or len(self.order_id) != 1:
            return super().unlink()
        order = self.order_id._l10n_ir_as_document()
        return super(SaleOrderLine, self.with_env(order.env)).unlink()
