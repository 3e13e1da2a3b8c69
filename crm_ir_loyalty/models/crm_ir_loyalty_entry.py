from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmIrLoyaltyEntry(models.Model):
    """A participant of a lottery, as frozen before the draw."""

    _name = "crm.ir.loyalty.entry"
    _description = "Lottery Participant"
    _order = "lottery_id, place NULLS LAST, id"
    _rec_name = "code"

    lottery_id = fields.Many2one(
        "crm.ir.loyalty.lottery",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    card_id = fields.Many2one(
        "loyalty.card", required=True, readonly=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(related="card_id.partner_id")
    company_id = fields.Many2one(related="lottery_id.company_id", store=True)
    code = fields.Char("Card Number", required=True, readonly=True)
    chances = fields.Integer(required=True, readonly=True)
    prize_id = fields.Many2one(
        "crm.ir.loyalty.prize", readonly=True, ondelete="restrict"
    )
    place = fields.Integer(
        readonly=True,
        aggregator=None,
        help="When it was drawn, 1 for the first winner.",
    )

    _code_uniq = models.Constraint(
        "UNIQUE (lottery_id, code)", "A card takes part once in a lottery."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Override: only the freezing of an open lottery writes participants down."""
        entries = super().create(vals_list)
        entries._check_state("open")
        return entries

    def write(self, vals):
        """Override: only the draw writes, and only who won."""
        self._check_state("frozen")
        if not set(vals) <= {"prize_id", "place"}:
            self._check_state("open")
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        self._check_state(None)

    def _check_state(self, state):
        if any(lottery.state != state for lottery in self.lottery_id):
            raise UserError(
                self.env._("Participants of a lottery stay as they were written down.")
            )
