from odoo import api, models


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    @api.model_create_multi
    def create(self, vals_list):
        """Override: who gets a loyalty card becomes a member of the club."""
        cards = super().create(vals_list)
        members = cards.filtered(lambda card: card.program_type == "loyalty").partner_id
        members.sudo()._l10n_ir_become_members()
        return cards

    def _l10n_ir_tier(self):
        """The tier in which the member is now, an empty one where there is none."""
        return (
            self.env["crm.ir.loyalty.membership"]
            .sudo()
            .search(
                [
                    ("program_id", "=", self.program_id.id),
                    ("partner_id", "=", self.partner_id.id),
                    ("until", "=", False),
                ]
            )
            .tier_id
        )
