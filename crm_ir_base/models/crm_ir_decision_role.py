from odoo import fields, models


class CrmIrDecisionRole(models.Model):
    """Part that a person plays when a company decides to buy."""

    _name = "crm.ir.decision.role"
    _description = "Decision Role"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    active = fields.Boolean(default=True)
