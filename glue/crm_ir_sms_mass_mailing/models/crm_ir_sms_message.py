from odoo import fields, models


class CrmIrSmsMessage(models.Model):
    _inherit = "crm.ir.sms.message"

    mailing_id = fields.Many2one(
        "mailing.mailing", readonly=True, index="btree_not_null", ondelete="set null"
    )
    campaign_id = fields.Many2one(
        string="Campaign",
        related="mailing_id.campaign_id",
        store=True,
        index="btree_not_null",
    )
