from collections import defaultdict
from fractions import Fraction

from odoo import models

from ..tools.points import exact, part


class AccountMove(models.Model):
    """What comes back takes its share of the points back that it had earned."""

    _inherit = "account.move"

    def _post(self, soft=True):
        posted = super()._post(soft=soft)
        for refund in posted.filtered(lambda move: move.move_type == "out_refund"):
            refund._l10n_ir_take_points_back()
        return posted

    def button_draft(self):
        result = super().button_draft()
        self._l10n_ir_give_points_back()
        return result

    def button_cancel(self):
        result = super().button_cancel()
        self._l10n_ir_give_points_back()
        return result

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
