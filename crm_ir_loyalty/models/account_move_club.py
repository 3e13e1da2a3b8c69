from odoo import models
from odoo.fields import Domain


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        """Override: what is bought may raise the customer's tier at once."""
        posted = super()._post(soft)
        posted._l10n_ir_move_members()
        return posted

    def _invoice_paid_hook(self):
        """Override: paid purchases give points, and points may raise the tier."""
        result = super()._invoice_paid_hook()
        invoices = self.filtered(
            lambda move: move.is_sale_document() and move.move_type != "out_refund"
        )
        self.env["crm.ir.loyalty.rule"]._award_invoices(
            invoices.sorted(lambda move: (move.invoice_date, move.id))
        )
        invoices._l10n_ir_move_members()
        return result

    def button_draft(self):
        """Override: an invoice that is not valid any more has earned nothing."""
        result = super().button_draft()
        self._l10n_ir_undo_awards()
        return result

    def button_cancel(self):
        """Override: as for a return to draft."""
        result = super().button_cancel()
        self._l10n_ir_undo_awards()
        return result

    def _l10n_ir_undo_awards(self):
        invoices = self.filtered(
            lambda move: move.is_sale_document() and move.move_type != "out_refund"
        )
        for invoice in invoices:
            self.env["crm.ir.loyalty.movement"]._undo_sale(invoice)
        self.env["crm.ir.loyalty.referral"].sudo().search(
            [("invoice_id", "in", invoices.ids)]
        )._reopen()

    def _l10n_ir_move_members(self):
        customers = self.filtered(lambda move: move.is_sale_document()).partner_id
        partners = customers | customers.commercial_partner_id
        programs = (
            self.env["loyalty.card"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", partners.ids),
                    ("program_id.l10n_ir_tier_ids", "!=", False),
                ]
            )
            .program_id
        )
        self.env["crm.ir.loyalty.membership"]._evaluate(programs, partners)

    def _l10n_ir_is_first_paid(self):
        """Whether the customer paid no earlier invoice than this one."""
        earlier = Domain("invoice_date", "<", self.invoice_date) | (
            Domain("invoice_date", "=", self.invoice_date) & Domain("id", "<", self.id)
        )
        return self.amount_total > 0 and not self.partner_id._l10n_ir_has_paid(earlier)
