from ast import literal_eval
from math import inf

from odoo import models


class CrmTeamMember(models.Model):
    _inherit = "crm.team.member"

    def _l10n_ir_quota(self):
        """Return how many more leads the member can take today.

        Capacity is a part of stock's rule-based assignment: without it nobody set one.
        """
        return self._get_assignment_quota() if self.assignment_enabled else inf

    def _l10n_ir_can_take(self, lead):
        """Tell whether an idle lead of another salesperson may go to this member."""
        self.ensure_one()
        user = self.user_id
        return (
            user.active
            and user != lead.user_id
            and not self.assignment_optout
            and (not lead.company_id or lead.company_id in user.company_ids)
            and bool(lead.filtered_domain(literal_eval(self.assignment_domain or "[]")))
        )
