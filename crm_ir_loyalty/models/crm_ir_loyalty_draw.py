from odoo import api, fields, models

from ..tools.points import PLACES


class CrmIrLoyaltyDraw(models.Model):
    """How many points of an award went into what took them.

    What is given back is a draw of less than nothing. Rows are made by the ledger
    alone, and none is changed.
    """

    _name = "crm.ir.loyalty.draw"
    _description = "Points Drawn from an Award"
    _order = "id"
    _rec_name = "award_id"

    award_id = fields.Many2one(
        "crm.ir.loyalty.movement",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    debit_id = fields.Many2one(
        "crm.ir.loyalty.movement",
        "Taken by",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    points = fields.Float(digits=(16, PLACES), required=True, readonly=True)
    company_id = fields.Many2one(related="award_id.company_id")

    @api.model
    def _draw(self, draws):
        """Write down triples of an award, what takes from it and how many points."""
        return self.create(
            [
                {"award_id": award.id, "debit_id": debit.id, "points": points}
                for award, debit, points in draws
            ]
        )
