from odoo import api, fields, models

from .crm_ir_customer_stat import LIFECYCLES, SEGMENTS


class CrmIrCustomerAction(models.Model):
    """What to do next about a kind of customer; the first that fits is proposed."""

    _name = "crm.ir.customer.action"
    _description = "Next Action"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    note = fields.Text("Advice", translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", ondelete="cascade")
    lifecycle = fields.Selection(LIFECYCLES, help="Empty: for every state.")
    segment = fields.Selection(SEGMENTS, help="Empty: for every segment.")
    activity_type_id = fields.Many2one(
        "mail.activity.type",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env.ref("mail.mail_activity_data_call"),
    )
    days = fields.Integer(
        "Within Days", default=3, help="How soon the activity is to be done."
    )

    _days_positive = models.Constraint(
        "CHECK (days >= 0)", "An activity cannot be due before it is planned."
    )

    @api.model
    def _proposed(self):
        """Return a function that gives the action for a row of `crm.ir.customer.stat`."""
        actions = self.sudo().search([])

        def propose(stat):
            return next(
                (
                    action
                    for action in actions
                    if action.company_id in (self.env["res.company"], stat.company_id)
                    and action.lifecycle in (False, stat.lifecycle)
                    and action.segment in (False, stat.segment)
                ),
                self.browse(),
            )

        return propose
