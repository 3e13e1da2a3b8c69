from datetime import datetime

from odoo import api, fields, models
from odoo.tools import split_every

HAND_OVER_BATCH = 100


class CrmTeam(models.Model):
    _inherit = "crm.team"

    l10n_ir_idle_days = fields.Integer(
        string="Idle After",
        help="Days after which a lead that nobody works on is shown as idle. 0 means never.",
    )
    l10n_ir_handover_days = fields.Integer(
        string="Hand Over After",
        help="Days after which an idle lead goes to the next member of the team. 0 means "
        "never. Members who paused assignment, whose rules do not accept the lead or whose "
        "capacity is reached are passed over.",
    )

    _l10n_ir_handover_after_idle = models.Constraint(
        """CHECK (COALESCE(l10n_ir_idle_days, 0) >= 0 AND (
            COALESCE(l10n_ir_handover_days, 0) = 0
            OR l10n_ir_idle_days BETWEEN 1 AND l10n_ir_handover_days))""",
        "A lead is first shown as idle and then handed over: set both days, the second at "
        "least as high as the first.",
    )

    @api.model
    def _cron_l10n_ir_hand_over(self):
        """Hand over the idle leads of all teams whose rule says so.

        Leads without a salesperson are left to stock's assignment.
        """
        leads = self.env["crm.lead"].search(
            self.env["crm.lead"]._l10n_ir_idle_domain("l10n_ir_handover_days")
            & fields.Domain("user_id", "!=", False),
            order="team_id, id",
        )
        self.env["ir.cron"]._commit_progress(remaining=len(leads))
        for batch_ids in split_every(HAND_OVER_BATCH, leads.ids):
            batch = leads.browse(batch_ids).try_lock_for_update()
            for team, team_leads in batch.grouped("team_id").items():
                team._l10n_ir_hand_over(team_leads)
            if not self.env["ir.cron"]._commit_progress(len(batch_ids)):
                break

    def _l10n_ir_hand_over(self, leads):
        """Give each lead to the next member, who waited longest for a lead, in turn.

        A lead which no other member can take stays where it is.
        """
        self.ensure_one()
        members = self._l10n_ir_members_in_turn()
        quotas = {member: member._l10n_ir_quota() for member in members}
        for lead in leads:
            member = next(
                (
                    member
                    for member in members
                    if quotas[member] > 0 and member._l10n_ir_can_take(lead)
                ),
                None,
            )
            if member:
                lead._l10n_ir_hand_over_to(member.user_id)
                quotas[member] -= 1
                members.remove(member)
                members.append(member)

    def _l10n_ir_members_in_turn(self):
        """Return the members as a list, the one first whose last lead is oldest."""
        last_lead = dict(
            self.env["crm.lead"]
            .with_context(active_test=False)
            ._read_group(
                [
                    ("team_id", "=", self.id),
                    ("user_id", "in", self.crm_team_member_ids.user_id.ids),
                ],
                ["user_id"],
                ["date_open:max"],
            )
        )
        return sorted(
            self.crm_team_member_ids,
            key=lambda member: (
                last_lead.get(member.user_id) or datetime.min,
                member.id,
            ),
        )
