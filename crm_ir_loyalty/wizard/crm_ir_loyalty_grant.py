from uuid import uuid4

from odoo import fields, models


class CrmIrLoyaltyGrant(models.TransientModel):
    """Give points to members by hand, within the limits of a rule."""

    _name = "crm.ir.loyalty.grant"
    _description = "Give Points"

    rule_id = fields.Many2one(
        "crm.ir.loyalty.rule",
        required=True,
        domain=[("kind", "=", "manual")],
        help="It says how many points, how long they live and how many at most.",
    )
    partner_ids = fields.Many2many(
        "res.partner",
        string="Members",
        required=True,
        default=lambda self: self._default_partner_ids(),
    )
    reason = fields.Char(required=True, help="Members see it with their points.")

    def _default_partner_ids(self):
        if self.env.context.get("active_model") == "res.partner":
            return self.env.context.get("active_ids")
        return False

    def action_give(self):
        """Give the points, to each member once, and say how many were given."""
        self.ensure_one()
        occasion = f"manual:{uuid4().hex}"
        program = self.rule_id.program_id
        given = sum(
            self.rule_id._award(
                program._l10n_ir_join(partner), occasion, reason=self.reason
            )
            for partner in self.partner_ids
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if given else "warning",
                "message": self.env._(
                    "%(points)s points were given.", points=f"{given:f}"
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
