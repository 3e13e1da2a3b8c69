from odoo import fields, models


class CrmIrSegmentMember(models.Model):
    """A customer of a segment's mailing list, who is written to or held out."""

    _name = "crm.ir.segment.member"
    _description = "Member of a Segment's List"
    _rec_name = "partner_id"
    _order = "id"

    list_id = fields.Many2one(
        "mailing.list", required=True, readonly=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner", required=True, readonly=True, index=True, ondelete="cascade"
    )
    contact_id = fields.Many2one(
        "mailing.contact", readonly=True, index="btree_not_null", ondelete="set null"
    )
    held = fields.Boolean(
        "Held Out",
        readonly=True,
        help="Gets nothing, so that one sees what would have been bought anyway.",
    )
    since = fields.Datetime(readonly=True, required=True, default=fields.Datetime.now)
    left = fields.Datetime(readonly=True, help="When it left the segment.")

    _list_partner_uniq = models.UniqueIndex("(list_id, partner_id)")
