from odoo import models

from ..tools.points import exact

# rewards that the member cannot pay for yet
_REWARDS_AHEAD = 3


class LoyaltyCard(models.Model):
    """What a member reads about their card."""

    _inherit = "loyalty.card"

    def _l10n_ir_portal_values(self):
        """The values of `crm_ir_loyalty.portal_my_club` for a card, as superuser."""
        self.ensure_one()
        self._l10n_ir_settle()
        today = self.env["crm.ir.loyalty.movement"]._today()
        awards = self.l10n_ir_movement_ids.filtered(lambda row: row.remaining > 0)
        pending = awards.filtered(lambda row: row.available_on > today)
        rewards = self.program_id.reward_ids.sorted("required_points")
        ready = rewards.filtered(
            lambda reward: exact(reward.required_points) <= exact(self.points)
        )
        rules = self.program_id.l10n_ir_rule_ids
        return {
            "card": self,
            "today": today,
            "pending_from": min(pending.mapped("available_on"), default=False),
            "expiring_on": min(
                filter(None, (awards - pending).mapped("expires_on")), default=False
            ),
            "rewards_ready": ready,
            "rewards_ahead": (rewards - ready)[:_REWARDS_AHEAD],
            "referral_rules": rules.filtered(
                lambda rule: rule.kind in ("referral", "friend")
            ),
            **self._l10n_ir_tier_values(today),
        }

    def _l10n_ir_tier_values(self, today):
        tiers = self.program_id.l10n_ir_tier_ids
        membership = self.env["crm.ir.loyalty.membership"].search(
            [
                ("program_id", "=", self.program_id.id),
                ("partner_id", "=", self.partner_id.id),
                ("until", "=", False),
            ]
        )
        tier = membership.tier_id
        rank = tiers._rank(tier)
        ahead = tiers[rank : rank + 1]
        since, conditions = (
            ahead._progress(self.partner_id, today) if ahead else (None, [])
        )
        return {
            "has_tiers": bool(tiers),
            "tier": tier,
            "membership": membership,
            "kept_until": tier and tier._kept_until(membership, today),
            "tier_ahead": ahead,
            "conditions": conditions,
            "conditions_since": since,
        }
