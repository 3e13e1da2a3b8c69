from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Merged members keep their points with their days, pending ones too."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _merge_loyalty_cards(self, src_partners, dst_partner):
        cards = (
            self.env["loyalty.card"]
            .sudo()
            .search([("partner_id", "in", src_partners.ids)])
        )
        # stock adds the balances up, archives the cards and keeps one for each program
        result = super(
            BasePartnerMergeAutomaticWizard,
            self.with_context(l10n_ir_loyalty_booked=True),
        )._merge_loyalty_cards(src_partners, dst_partner)
        for card in cards.filtered(lambda card: not card.active):
            kept = card.search(
                [
                    ("partner_id", "=", dst_partner.id),
                    ("program_id", "=", card.program_id.id),
                ],
                limit=1,
            )
            if kept:
                card._l10n_ir_merge_into(kept)
        return result
