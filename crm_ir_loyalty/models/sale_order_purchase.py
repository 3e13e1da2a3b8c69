from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

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
