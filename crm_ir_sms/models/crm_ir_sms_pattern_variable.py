from odoo import fields, models


class CrmIrSmsPatternVariable(models.Model):
    """One variable of a pattern."""

    _name = "crm.ir.sms.pattern.variable"
    _description = "Variable of an SMS Pattern"
    _order = "sequence, id"

    pattern_id = fields.Many2one(
        "crm.ir.sms.pattern", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, help="As the gateway calls it.")
