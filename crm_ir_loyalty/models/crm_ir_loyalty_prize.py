from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmIrLoyaltyPrize(models.Model):
    """What one or more winners of a lottery get."""

    _name = "crm.ir.loyalty.prize"
    _description = "Prize"
    _order = "lottery_id, sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10, help="The first prize is drawn first.")
    lottery_id = fields.Many2one(
        "crm.ir.loyalty.lottery", required=True, ondelete="cascade", index=True
    )
    quantity = fields.Integer(default=1, required=True)
    points = fields.Float(help="Points that come to the winner's card with the draw.")

    _quantity_positive = models.Constraint(
        "CHECK (quantity BETWEEN 1 AND 1000)", "There are 1 to 1,000 of each prize."
    )
    _points_not_negative = models.Constraint(
        "CHECK (points >= 0)", "A prize cannot take points."
    )

    @api.model_create_multi
    def create(self, vals_list):
        prizes = super().create(vals_list)
        prizes._check_draft()
        return prizes

    def write(self, vals):
        self._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_open(self):
        self._check_draft()

    def _check_draft(self):
        if any(lottery.state != "draft" for lottery in self.lottery_id):
            raise UserError(
                self.env._("The prizes of an open lottery cannot be changed any more.")
            )
