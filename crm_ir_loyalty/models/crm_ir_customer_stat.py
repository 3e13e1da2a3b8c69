from odoo import fields, models

SEGMENTS = [
    ("champions", "Champions"),
    ("loyal", "Loyal"),
    ("potential_loyalist", "Potential Loyalists"),
    ("new", "New"),
    ("promising", "Promising"),
    ("need_attention", "Need Attention"),
    ("about_to_sleep", "About to Sleep"),
    ("at_risk", "At Risk"),
    ("cant_lose", "Can't Lose Them"),
    ("hibernating", "Hibernating"),
]
LIFECYCLES = [
    ("lead", "Lead"),
    ("qualified", "Qualified"),
    ("new", "New"),
    ("active", "Active"),
    ("loyal", "Loyal"),
    ("at_risk", "At Risk"),
    ("inactive", "Inactive"),
    ("lost", "Lost"),
    ("unhappy", "Unhappy"),
]


class CrmIrCustomerStat(models.Model):
    """What the purchases of a customer say, one row for each customer and company.

    Written by set-based SQL alone, nightly for all and for those that bought or returned
    something since. Amounts are in the currency of the company.
    """

    _name = "crm.ir.customer.stat"
    _description = "Customer Value"
    _rec_name = "partner_id"
    _order = "monetary desc, id"

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade", index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    first_purchase = fields.Date(readonly=True)
    last_purchase = fields.Date(readonly=True)
    frequency = fields.Integer(
        "Purchase Days",
        readonly=True,
        help="On how many different days the customer bought something.",
    )
    monetary = fields.Monetary(
        "Net Purchases", readonly=True, help="Purchases less what came back."
    )
    recency_score = fields.Integer(readonly=True, aggregator="avg")
    frequency_score = fields.Integer(readonly=True, aggregator="avg")
    monetary_score = fields.Integer(readonly=True, aggregator="avg")
    segment = fields.Selection(SEGMENTS, readonly=True)
    lifecycle = fields.Selection(LIFECYCLES, readonly=True)

    _partner_company_uniq = models.UniqueIndex("(partner_id, company_id)")
