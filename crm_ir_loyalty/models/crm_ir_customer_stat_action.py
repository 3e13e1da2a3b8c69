from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmIrCustomerStat(models.Model):
    # one file for each thing that is told of a customer
    _inherit = "crm.ir.customer.stat"  # pylint: disable=consider-merging-classes-inherited

    user_id = fields.Many2one(related="partner_id.user_id", string="Salesperson")
    next_action_id = fields.Many2one(
        "crm.ir.customer.action",
        compute="_compute_next_action_id",
        help="The first of the next actions that fits this customer.",
    )

    @api.depends("company_id", "lifecycle", "segment")
    def _compute_next_action_id(self):
        propose = self.env["crm.ir.customer.action"]._proposed()
        for stat in self:
            stat.next_action_id = propose(stat)

    def action_open_partner(self):
        self.ensure_one()
        return self.partner_id.get_formview_action()

    def action_plan_next(self):
        """Plan the next action of each customer for whoever looks after them, once."""
        planned = 0
        for stat in self.filtered("next_action_id"):
            action = stat.next_action_id
            if stat.partner_id.activity_ids.filtered_domain(
                [("summary", "=", action.name)]
            ):
                continue
            stat.partner_id.activity_schedule(
                date_deadline=fields.Date.context_today(self)
                + timedelta(days=action.days),
                activity_type_id=action.activity_type_id.id,
                summary=action.name,
                note=action.note,
                user_id=(stat.user_id or self.env.user).id,
            )
            planned += 1
        if not planned:
            raise UserError(
                self.env._(
                    "Nothing was planned: no next action fits these customers, or it is"
                    " planned already."
                )
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "%(count)s activities are planned.", count=planned
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
