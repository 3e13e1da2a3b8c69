from odoo import models


class LoyaltyCardUpdateBalance(models.TransientModel):
    """The reason of a change by hand is the reason of its movement."""

    _inherit = "loyalty.card.update.balance"

    def action_update_card_point(self):
        wizard = self.with_context(l10n_ir_loyalty_reason=self.description)
        return super(LoyaltyCardUpdateBalance, wizard).action_update_card_point()
