from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def write(self, vals):
        """Override: customers are recomputed soon after an invoice counts or not."""
        result = super().write(vals)
        if "state" in vals:
            sources = self.env["crm.ir.purchase"]._invoice_sources()
            self.env["crm.ir.customer.touch"]._add(
                (move.company_id, move.partner_id)
                for move in self.sudo()
                if move.partner_id
                and move.is_sale_document(include_receipts=True)
                and move.company_id.l10n_ir_purchase_source in sources
            )
        return result
