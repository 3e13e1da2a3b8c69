from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ..tools import lottery
from ..tools.points import exact

# the next state of each and what that step writes; nothing else changes once it is open
_STEPS = {
    "draft": ("open", {"secret", "commitment"}),
    "open": ("frozen", {"digest", "frozen_on"}),
    "frozen": ("drawn", {"seed", "drawn_on"}),
}


class CrmIrLoyaltyLottery(models.Model):
    """A draw among members that anyone can check afterwards.

    Opening it publishes the fingerprint of a secret seed, freezing it those of the
    participants, and the draw reveals the seed: `tools.lottery` says how winners follow
    from them. No step can be taken back or repeated.
    """

    _name = "crm.ir.loyalty.lottery"
    _description = "Lottery"
    _inherit = ["mail.thread"]
    _order = "date_to desc, id desc"

    name = fields.Char(required=True)
    program_id = fields.Many2one(
        "loyalty.program",
        "Club",
        required=True,
        ondelete="restrict",
        index=True,
        domain=[("program_type", "=", "loyalty")],
    )
    company_id = fields.Many2one(related="program_id.company_id", store=True)
    date_from = fields.Date("From", required=True)
    date_to = fields.Date("To", required=True)
    tier_ids = fields.Many2many(
        "crm.ir.loyalty.tier",
        string="Tiers",
        domain="[('program_id', '=', program_id)]",
        help="Only members in one of these tiers take part. Empty for all.",
    )
    partner_domain = fields.Char(
        "Members", default="[]", help="Only these members take part."
    )
    weight = fields.Selection(
        [
            ("equal", "One Chance Each"),
            ("earned", "One Chance per Point Earned in the Period"),
            ("balance", "One Chance per Point on the Card"),
        ],
        "Chances",
        required=True,
        default="earned",
    )
    points_per_chance = fields.Float(
        default=1.0, help="How many points make one chance; fractions are dropped."
    )
    prize_ids = fields.One2many("crm.ir.loyalty.prize", "lottery_id", "Prizes")
    entry_ids = fields.One2many(
        "crm.ir.loyalty.entry", "lottery_id", "Participants", readonly=True
    )
    entry_count = fields.Integer(compute="_compute_entry_count")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("open", "Open"),
            ("frozen", "Participants Frozen"),
            ("drawn", "Drawn"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        tracking=True,
    )
    secret = fields.Char(copy=False, groups=fields.NO_ACCESS)
    commitment = fields.Char(
        "Fingerprint of the Seed",
        readonly=True,
        copy=False,
        tracking=True,
        help="SHA-256 of the seed. Publish it before the participants are frozen.",
    )
    digest = fields.Char(
        "Fingerprint of the Participants",
        readonly=True,
        copy=False,
        tracking=True,
        help="SHA-256 of the lines «card:chances», sorted. Publish it before the draw.",
    )
    seed = fields.Char(readonly=True, copy=False, tracking=True)
    frozen_on = fields.Datetime(readonly=True, copy=False)
    drawn_on = fields.Datetime(readonly=True, copy=False)

    _dates_ordered = models.Constraint(
        "CHECK (date_from <= date_to)", "The lottery ends before it begins."
    )
    _points_per_chance_positive = models.Constraint(
        "CHECK (points_per_chance > 0)", "One chance needs more than zero points."
    )

    def _compute_entry_count(self):
        counts = dict(
            self.env["crm.ir.loyalty.entry"]._read_group(
                [("lottery_id", "in", self.ids)], ["lottery_id"], ["__count"]
            )
        )
        for one in self:
            one.entry_count = counts.get(one, 0)

    @api.constrains("partner_domain")
    def _check_partner_domain(self):
        for one in self:
            try:
                one._members()
            except (SyntaxError, TypeError, ValueError, KeyError) as error:
                raise ValidationError(
                    self.env._("The members of a lottery are chosen by a plain filter.")
                ) from error

    def write(self, vals):
        """Override: of an open lottery only the next step writes anything."""
        for one in self:
            state, ours = _STEPS.get(one.state, (None, set()))
            is_step = self.env.su and vals.get("state") == state
            if is_step and set(vals) <= ours | {"state"}:
                continue
            if one.state != "draft" or "state" in vals:
                raise UserError(
                    self.env._("A lottery cannot be changed any more once it is open.")
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_open(self):
        if any(one.state != "draft" for one in self):
            raise UserError(
                self.env._(
                    "A lottery that was open stays, that its draw can be checked."
                )
            )

    def action_open(self):
        """Draw the secret seed and publish its fingerprint."""
        self.check_access("write")
        for one in self.sudo():
            one._check_state("draft")
            if not one.prize_ids:
                raise UserError(self.env._("Write the prizes before you open it."))
            seed = lottery.new_seed()
            one.write(
                {
                    "state": "open",
                    "secret": seed,
                    "commitment": lottery.commitment(seed),
                }
            )

    def action_freeze(self):
        """Write the participants down and publish their fingerprint."""
        self.check_access("write")
        for one in self.sudo():
            one._check_state("open")
            if one.date_to >= self.env["crm.ir.loyalty.movement"]._today():
                raise UserError(
                    self.env._(
                        "The period lasts to %(date)s; freeze the participants after it.",
                        date=format_date(self.env, one.date_to),
                    )
                )
            chances = one._chances()
            if not chances:
                raise UserError(
                    self.env._("Nobody has a chance: no member meets the conditions.")
                )
            self.env["crm.ir.loyalty.entry"].sudo().create(
                [
                    {
                        "lottery_id": one.id,
                        "card_id": card.id,
                        "code": card.code,
                        "chances": count,
                    }
                    for card, count in chances.items()
                ]
            )
            one.write(
                {
                    "state": "frozen",
                    "digest": lottery.digest(one._weights()),
                    "frozen_on": fields.Datetime.now(),
                }
            )

    def action_draw(self):
        """Reveal the seed and give the prizes to the winners that follow from it."""
        self.check_access("write")
        for one in self.sudo():
            one.lock_for_update()
            one._check_state("frozen")
            entries = {entry.code: entry for entry in one.entry_ids}
            winners = one._winners(one.secret)
            for place, (code, prize) in enumerate(winners, 1):
                entries[code].write({"prize_id": prize.id, "place": place})
                if prize.points:
                    entries[code].card_id._l10n_ir_award(
                        prize.points, f"lottery:{one.id}", one.name, document=one
                    )
            one.write(
                {
                    "state": "drawn",
                    "seed": one.secret,
                    "drawn_on": fields.Datetime.now(),
                }
            )

    def action_check(self):
        """Repeat the draw from what was published and say whether it is the same."""
        self.ensure_one()
        self._check_state("drawn")
        won = self.entry_ids.filtered("prize_id").sorted("place")
        right = (
            lottery.commitment(self.seed) == self.commitment
            and lottery.digest(self._weights()) == self.digest
            and self._winners(self.seed)
            == [(entry.code, entry.prize_id) for entry in won]
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if right else "danger",
                "message": self.env._("The winners follow from the published seed.")
                if right
                else self.env._("The winners do not follow from the published seed."),
            },
        }

    def _check_state(self, state):
        if self.state != state:
            names = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "This lottery is not %(wanted)s but %(state)s.",
                    wanted=names[state],
                    state=names[self.state],
                )
            )

    def _weights(self):
        return {entry.code: entry.chances for entry in self.entry_ids}

    def _winners(self, seed):
        """The winning codes with their prizes, in the order of the draw."""
        prizes = [prize for prize in self.prize_ids for _ in range(prize.quantity)]
        codes = lottery.draw(seed, self._weights(), len(prizes))
        return list(zip(codes, prizes, strict=False))

    def _members(self):
        """The cards of those who may take part."""
        domain = Domain("program_id", "=", self.program_id.id) & Domain(
            "partner_id", "any", literal_eval(self.partner_domain or "[]")
        )
        if self.tier_ids:
            current = Domain("until", "=", False) & Domain(
                "tier_id", "in", self.tier_ids.ids
            )
            domain &= Domain("partner_id.l10n_ir_membership_ids", "any", current)
        return self.env["loyalty.card"].search(domain)

    def _chances(self):
        """The chances of the members, whole numbers from 1, by card."""
        cards = self._members()
        if self.weight == "equal":
            return dict.fromkeys(cards, 1)
        if self.weight == "balance":
            points = {card: card.points for card in cards}
        else:
            points = dict(
                self.env["crm.ir.loyalty.movement"]._read_group(
                    [
                        ("card_id", "in", cards.ids),
                        ("kind", "in", ["award", "revoke"]),
                        ("date", ">=", self.date_from),
                        ("date", "<=", self.date_to),
                    ],
                    ["card_id"],
                    ["points:sum"],
                )
            )
        counts = {
            card: int(exact(number) // exact(self.points_per_chance))
            for card, number in points.items()
        }
        return {card: count for card, count in counts.items() if count >= 1}
