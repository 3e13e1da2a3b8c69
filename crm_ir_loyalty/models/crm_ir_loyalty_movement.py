from fractions import Fraction

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.points import PLACES, exact, part, pay


class CrmIrLoyaltyMovement(models.Model):
    """A change of the points of a loyalty card; the sum of them is what the card holds.

    Rows are only ever added, by the methods of `loyalty.card`: what is taken back or
    given back is a row of its own. Days are those of Tehran.

    A row with points above 0 is an award, unless its kind is "restore"; one below 0
    takes points from awards, the oldest expiry first (`crm.ir.loyalty.draw`).
    """

    _name = "crm.ir.loyalty.movement"
    _description = "Loyalty Points Movement"
    _order = "id desc"
    _rec_name = "reason"

    card_id = fields.Many2one(
        "loyalty.card", required=True, readonly=True, ondelete="cascade", index=True
    )
    program_id = fields.Many2one(related="card_id.program_id")
    partner_id = fields.Many2one(related="card_id.partner_id")
    company_id = fields.Many2one(related="card_id.company_id")
    kind = fields.Selection(
        [
            ("award", "Awarded"),
            ("spend", "Spent"),
            ("expire", "Expired"),
            ("revoke", "Taken Back"),
            ("restore", "Given Back"),
            ("adjust", "Adjusted"),
        ],
        required=True,
        readonly=True,
    )
    points = fields.Float(digits=(16, PLACES), required=True, readonly=True)
    date = fields.Date(required=True, readonly=True)
    available_on = fields.Date(
        required=True,
        readonly=True,
        help="Until this day the points are pending: the card does not count them.",
    )
    expires_on = fields.Date(
        "Valid Until",
        readonly=True,
        help="The last day on which the points can be spent.",
    )
    balance = fields.Float(
        digits=(16, PLACES),
        readonly=True,
        aggregator=None,
        help="Points of the card right after this movement, without the pending ones.",
    )
    remaining = fields.Float(
        "Open Points",
        digits=(16, PLACES),
        compute="_compute_remaining",
        store=True,
        help="What is left of an award; below zero, what is still owed of points that"
        " were taken back after they had been spent.",
    )
    reason = fields.Char(required=True, readonly=True)
    reference = fields.Char(
        readonly=True, help="What tells a movement that comes twice from a new one."
    )
    origin_id = fields.Many2one(
        "crm.ir.loyalty.movement",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
        help="The movement that this one takes back, gives back or lets expire.",
    )
    share = fields.Float(
        digits=(13, 12),
        readonly=True,
        aggregator=None,
        help="The share of the award that was returned, from 0 to 1.",
    )
    res_model = fields.Char("Document Model", readonly=True)
    res_id = fields.Many2oneReference(
        "Document", model_field="res_model", readonly=True
    )
    origin_of_ids = fields.One2many("crm.ir.loyalty.movement", "origin_id")
    award_draw_ids = fields.One2many("crm.ir.loyalty.draw", "award_id")
    debit_draw_ids = fields.One2many("crm.ir.loyalty.draw", "debit_id")

    _reference_uniq = models.UniqueIndex(
        "(card_id, reference) WHERE reference IS NOT NULL"
    )
    _document_idx = models.Index("(res_model, res_id) WHERE res_id IS NOT NULL")
    _open_idx = models.Index("(card_id) WHERE remaining <> 0")

    @api.depends(
        "points",
        "award_draw_ids.points",
        "debit_draw_ids.points",
        "origin_of_ids.points",
        "origin_of_ids.kind",
    )
    def _compute_remaining(self):
        for movement in self:
            if movement.kind == "restore":
                movement.remaining = 0
                continue
            movement.remaining = (
                exact(movement.points)
                - sum(map(exact, movement.award_draw_ids.mapped("points")))
                + sum(map(exact, movement.debit_draw_ids.mapped("points")))
                + movement._returned()
            )

    @api.model
    def _today(self):
        """The day of Tehran, by which points become available and expire."""
        return fields.Date.context_today(self.with_context(tz="Asia/Tehran"))

    def _take_back(self, share, reason, **values):
        """Take a share of an award back: see `loyalty.card._l10n_ir_revoke`."""
        self.ensure_one()
        try:
            within = 0 < Fraction(str(share)) <= 1
        except ValueError:
            within = False
        if not within or self.points <= 0 or self.kind == "restore":
            raise UserError(
                self.env._(
                    "Of an award a share above 0 and up to 1 is taken back, not"
                    " %(share)s of %(reason)s.",
                    share=share,
                    reason=self.reason,
                )
            )
        self.card_id._l10n_ir_settle()
        gone = self._expired() + self._taken()
        points = max(part(exact(self.points), [*self._shares(), share]) - gone, 0)
        revoke = self.card_id._l10n_ir_book(
            -points,
            "revoke",
            reason,
            available_on=self.available_on,
            origin_id=self.id,
            share=Fraction(str(share)),
            **values,
        )
        if drawn := min(points, max(exact(self.remaining), 0)):
            self.env["crm.ir.loyalty.draw"]._draw([(self, revoke, drawn)])
        self.card_id._l10n_ir_settle()
        return revoke

    def _give_back(self, reason, points=None, **values):
        """Give points that were spent or taken back to the awards they came from.

        These keep their expiry: what has run out meanwhile expires at once. Of an award
        that other returns take as well, only what they leave comes back.

        :param points: of what was spent at most so many, by default all
        :return: how many were given back
        """
        self.ensure_one()
        self.card_id._l10n_ir_settle()
        if self.kind == "revoke":
            return self._undo_revoke(reason, **values)
        given = exact(-self.points) - self._returned()
        if points is not None:
            given = min(given, points)
        if given:
            self._restore(given, reason, **values)
        return given

    def _undo_revoke(self, reason, **values):
        award = self.origin_id
        shares = [*award._shares(), -Fraction(str(self.share))]
        others = part(exact(award.points), shares) - award._expired()
        given = left = max(award._taken() - max(others, 0), 0)
        # another return may have taken less since this one took so much
        for revoke in self | award._of_kind("revoke"):
            share = -self.share if revoke == self else 0
            back = min(left, exact(-revoke.points) - revoke._returned())
            if back or share:
                revoke._restore(back, reason, share=share, **values)
            left -= back
        return given

    def _restore(self, points, reason, **values):
        """Give points back to the awards from which this movement drew them last."""
        to_awards = points + exact(self.remaining)
        net = {}
        for draw in self.debit_draw_ids.sorted("id"):
            net[draw.award_id] = net.get(draw.award_id, 0) + exact(draw.points)
        self.card_id._l10n_ir_book(
            points,
            "restore",
            reason,
            available_on=self.available_on,
            origin_id=self.id,
            **values,
        )
        self.env["crm.ir.loyalty.draw"]._draw(
            [
                (award, self, -back)
                for award, back in pay(to_awards, reversed(net.items()))
            ]
        )
        self.card_id._l10n_ir_settle()

    def _of_kind(self, kind):
        return self.origin_of_ids.filtered(lambda row: row.kind == kind)

    def _expired(self):
        return -sum(map(exact, self._of_kind("expire").mapped("points")))

    def _returned(self):
        return sum(map(exact, self._of_kind("restore").mapped("points")))

    def _taken(self):
        """How much of an award returns have taken, as it stands."""
        return sum(
            exact(-row.points) - row._returned() for row in self._of_kind("revoke")
        )

    def _is_undone_return(self):
        return any(self._of_kind("restore").mapped("share"))

    def _shares(self):
        """The shares of an award that were returned, negative where that was undone."""
        revokes = self._of_kind("revoke")
        return (revokes + revokes._of_kind("restore")).mapped("share")

    @api.model
    def _of_document(self, document, kinds):
        return self.sudo().search(
            [
                ("res_model", "=", document._name),
                ("res_id", "in", document.ids),
                ("kind", "in", kinds),
            ]
        )

    @api.model
    def _undo_sale(self, sale):
        """Leave no trace of what a sale earned and spent in the balances of cards."""
        rows = self._of_document(sale, ["award", "spend"])
        rows.card_id._l10n_ir_settle()
        for spent in rows.filtered(lambda row: row.kind == "spend"):
            spent._give_back(sale.display_name, document=sale)
        for award in rows.filtered(lambda row: row.kind == "award"):
            if part(exact(1), award._shares()) < 1:
                award._take_back(1, sale.display_name, document=sale)

    @api.model
    def _undo_return(self, refund):
        """Give back what the return of goods had taken, once."""
        rows = self._of_document(refund, ["revoke"])
        rows.card_id._l10n_ir_settle()
        for revoke in rows.filtered(lambda row: not row._is_undone_return()):
            revoke._give_back(refund.display_name, document=refund)
