from odoo import fields, models


class CrmIrContractType(models.Model):
    """What kind of contract an opportunity is meant to end in."""

    _name = "crm.ir.contract.type"
    _description = "Contract Type"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
