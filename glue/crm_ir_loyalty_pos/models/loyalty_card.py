from odoo import models

from odoo.addons.crm_ir_loyalty.tools.points import exact


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    def _l10n_ir_issued_and_cost(self, document, change):
        """Override: the rewards of an order at the till say what it spent.

        A card that the order itself creates is not yet on the lines of its rewards.
        """
        if document._name != "pos.order":
            return super()._l10n_ir_issued_and_cost(document, change)
        rewards = document.lines.filtered(
            lambda line: (
                line.reward_id.program_id == self.program_id
                and line.coupon_id in (self, self.browse())
                and not line.refunded_orderline_id
            )
        )
        cost = exact(sum(rewards.mapped("points_cost")))
        issued = change + cost
        return (
            (issued, cost) if issued >= 0 <= cost else (max(change, 0), max(-change, 0))
        )
