from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """A member who was there twice keeps the better tier, the older membership and one
    referral code."""

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        partners = src_partners | dst_partner
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
        return super()._update_foreign_keys(src_partners, dst_partner)

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
