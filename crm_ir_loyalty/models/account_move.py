from collections import defaultdict
from fractions import Fraction

from odoo import models
from odoo.fields import Domain

from ..tools.points import exact, part


class AccountMove(models.Model):
    """What is paid earns points, and what comes back takes its share of them back."""

    _inherit = "account.move"

    def _l10n_ir_take_points_back(self):
        movements = self.env["crm.ir.loyalty.movement"]
        for document, share in self._l10n_ir_returned_shares().items():
            awards = movements._of_document(document, ["award"])
            awards.card_id._l10n_ir_settle()
            for award in awards:
                if part(exact(1), award._shares()) < 1:
                    award._take_back(share, self.display_name, document=self)

    def _l10n_ir_give_points_back(self):
        for refund in self.filtered(lambda move: move.move_type == "out_refund"):
            self.env["crm.ir.loyalty.movement"]._undo_return(refund)

    def _l10n_ir_returned_shares(self):
        """Which share of each sale comes back with a credit note, by untaxed amounts.

        The invoice that is reversed is a sale, as are the orders that the lines of the
        credit note, or else the invoice, are for.

        :return: fractions above 0 and up to 1 by `account.move` and `sale.order`
        """
        self.ensure_one()
        invoice = self.reversed_entry_id
        shares = {}
        if invoice:
            shares[invoice] = self._l10n_ir_share(self.amount_untaxed, invoice)
        amounts = self._l10n_ir_amounts_by_order()
        if amounts:
            for order, amount in amounts.items():
                shares[order] = self._l10n_ir_share(amount, order)
        elif invoice:
            for order, amount in invoice._l10n_ir_amounts_by_order().items():
                part_of_order = invoice._l10n_ir_share(amount, order)
                shares[order] = shares[invoice] * part_of_order
        return {document: share for document, share in shares.items() if share > 0}

    def _l10n_ir_amounts_by_order(self):
        amounts = defaultdict(float)
        for line in self.invoice_line_ids:
            for order in line.sale_line_ids.order_id[:1]:
                amounts[order] += line.price_subtotal
        return amounts

    def _l10n_ir_share(self, amount, document):
        """The share of a sale that an amount in the currency of this move is."""
        amount = self.currency_id._convert(
            amount,
            document.currency_id,
            self.company_id,
            self.invoice_date or self.date,
        )
        whole = document.amount_untaxed
        if amount <= 0 or whole <= 0:
            return Fraction()
        return min(Fraction(str(amount)) / Fraction(str(whole)), Fraction(1))

    def _post(self, soft=True):
        """Override: what comes back takes its points back, and what is bought may raise
        the customer's tier at once."""
        posted = super()._post(soft)
        for refund in posted.filtered(lambda move: move.move_type == "out_refund"):
            refund._l10n_ir_take_points_back()
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
        self._l10n_ir_give_points_back()
        self._l10n_ir_undo_awards()
        return result

    def button_cancel(self):
        """Override: as for a return to draft."""
        result = super().button_cancel()
        self._l10n_ir_give_points_back()
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
