from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Merged members keep their points with their days, pending ones too.

    A member who was there twice keeps the better tier, the older membership and one
    referral code.
    """

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

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Override of `base`, which keeps one value of those merged: it is recomputed."""
        partners = src_partners | dst_partner
        values = self.env["crm.ir.customer.stat"].sudo()
        companies = values.search([("partner_id", "in", partners.ids)]).company_id
        memberships = self.env["crm.ir.loyalty.membership"].sudo()
        current = memberships.search(
            [("partner_id", "in", partners.ids), ("until", "=", False)]
        )
        for program, rows in current.grouped("program_id").items():
            best = max(
                rows, key=lambda row: program.l10n_ir_tier_ids._rank(row.tier_id)
            )
            (rows - best).until = memberships._today()
        self.env["crm.ir.loyalty.referral"].sudo().search(
            [("referrer_id", "in", partners.ids), ("friend_id", "in", partners.ids)]
        ).unlink()
        self.env.flush_all()
        result = super()._update_foreign_keys(src_partners, dst_partner)
        self.env["crm.ir.customer.touch"]._add(
            (company, dst_partner) for company in companies
        )
        return result

    @api.model
    def _update_values(self, src_partners, dst_partner):
        partners = (dst_partner | src_partners).sudo()
        code = next(filter(None, partners.mapped("l10n_ir_referral_code")), False)
        since = min(
            filter(None, partners.mapped("l10n_ir_member_since")), default=False
        )
        partners.l10n_ir_referral_code = False
        partners.flush_recordset()
        result = super()._update_values(src_partners, dst_partner)
        dst_partner.sudo().write(
            {"l10n_ir_referral_code": code, "l10n_ir_member_since": since}
        )
        return result
