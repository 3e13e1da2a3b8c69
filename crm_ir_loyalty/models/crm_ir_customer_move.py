from odoo import fields, models


class CrmIrCustomerMove(models.Model):
    """A dated change of a customer from one segment or state of life to another."""

    _name = "crm.ir.customer.move"
    _description = "Customer's Move"
    _order = "date desc, id desc"

    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    date = fields.Date(required=True, readonly=True)
