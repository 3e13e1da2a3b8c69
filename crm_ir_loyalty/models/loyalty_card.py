from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_date, split_every

from ..tools.points import PLACES, Document, exact, pay

# rewards that the member cannot pay for yet
_REWARDS_AHEAD = 3


class LoyaltyCard(models.Model):
    """The balance of a member: stock's `points` are what the ledger's rows add up to.

    The ledger is kept for programs whose cards hold a balance (points of a person or
    money): see `loyalty.program._l10n_ir_keeps_ledger`. Points that stock adds to or
    takes from `points` become movements, and never fail for want of points, as the sale
    has taken place: what is missing is owed and paid by the next award.

    Amounts of points are numbers of at most four decimals.
    """

    _inherit = "loyalty.card"

    l10n_ir_movement_ids = fields.One2many(
        "crm.ir.loyalty.movement", "card_id", string="Points Ledger"
    )
    l10n_ir_next_day = fields.Date(
        "Next Change",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The first day on which pending points become available or points expire.",
    )
    l10n_ir_pending = fields.Float(
        "Pending Points", digits=(16, PLACES), compute="_compute_l10n_ir_outlook"
    )
    l10n_ir_expiring = fields.Float(
        "Expiring in 30 Days", digits=(16, PLACES), compute="_compute_l10n_ir_outlook"
    )

    @api.depends("l10n_ir_movement_ids.remaining")
    def _compute_l10n_ir_outlook(self):
        today = self.env["crm.ir.loyalty.movement"]._today()
        soon = fields.Date.add(today, days=30)
        for card in self:
            awards = card.l10n_ir_movement_ids.filtered(lambda row: row.remaining > 0)
            pending = awards.filtered(lambda row: row.available_on > today)
            card.l10n_ir_pending = sum(map(exact, pending.mapped("remaining")))
            card.l10n_ir_expiring = sum(
                exact(award.remaining)
                for award in awards - pending
                if award.expires_on and award.expires_on <= soon
            )

    # The ledger's own interface

    def _l10n_ir_award(
        self,
        points,
        reference,
        reason,
        kind="award",
        available_on=None,
        expires_on=None,
        document=None,
    ):
        """Give points to a card and return the movement.

        :param points: above 0
        :param str reference: unique in the card; where it is there already, that
            movement is returned and nothing changes
        :param str reason: for the member to read
        :param date available_on: by default after the pending days of the program
        :param date expires_on: the last day of the points, by default by the validity
            of the program; False for points that do not expire
        :param document: the record that earned them
        :raises UserError: the amount is none, or the days are the wrong way around
        """
        card = self._l10n_ir_locked()
        if replayed := card._l10n_ir_movement(reference):
            return replayed
        movement = card._l10n_ir_credit(
            card._l10n_ir_amount(points),
            kind,
            reason,
            reference=reference,
            available_on=available_on,
            expires_on=expires_on,
            document=document,
        )
        card._l10n_ir_settle()
        return movement

    def _l10n_ir_spend(self, points, reference, reason, document=None, kind="spend"):
        """Take points from a card, the oldest expiry first, and return the movement.

        Parameters as for `_l10n_ir_award`.

        :raises UserError: fewer points are available
        """
        card = self._l10n_ir_locked()
        if replayed := card._l10n_ir_movement(reference):
            return replayed
        amount = card._l10n_ir_amount(points)
        available = exact(card.points)
        if amount > available:
            raise UserError(
                self.env._(
                    "The card %(card)s has %(available)s points to spend, not"
                    " %(points)s.",
                    card=card.code,
                    available=f"{available.normalize():f}",
                    points=f"{amount.normalize():f}",
                )
            )
        movement = card._l10n_ir_book(
            -amount, kind, reason, reference=reference, document=document
        )
        card._l10n_ir_settle()
        return movement

    def _l10n_ir_revoke(
        self, reference_of_award, share, reference, reason, document=None
    ):
        """Take back a share (0 to 1) of an award and return the movement.

        All shares of an award together take at most all of it, and exactly all where
        they add up to 1. What has expired counts as taken back already. Of points that
        were spent, others of the card are taken; where there are none, the balance
        falls below zero until the next award.

        :raises UserError: there is no such award, or the share is not within 0 and 1
        """
        card = self._l10n_ir_locked()
        if replayed := card._l10n_ir_movement(reference):
            return replayed
        award = card._l10n_ir_movement(reference_of_award)
        if not award:
            raise UserError(
                self.env._(
                    "The card %(card)s has no award %(reference)s.",
                    card=card.code,
                    reference=reference_of_award,
                )
            )
        return award._take_back(share, reason, reference=reference, document=document)

    def _l10n_ir_movement(self, reference):
        return self.env["crm.ir.loyalty.movement"].search(
            [("card_id", "=", self.id), ("reference", "=", reference)]
        )

    def _l10n_ir_amount(self, points):
        try:
            amount = exact(points)
        except ValueError:
            amount = 0
        if amount <= 0:
            raise UserError(
                self.env._(
                    "Points to move are a number above 0 and below 100 billion, not"
                    " %(points)s.",
                    points=points,
                )
            )
        return amount

    # What the interface is made of

    def _l10n_ir_locked(self):
        """The only card, settled, whose other movers wait until this transaction ends."""
        self.ensure_one()
        card = self.sudo()
        if not card.program_id._l10n_ir_keeps_ledger():
            raise UserError(
                self.env._(
                    "The cards of %(program)s hold no points that could be moved.",
                    program=card.program_id.name,
                )
            )
        card._l10n_ir_settle()
        return card

    def _l10n_ir_credit(self, points, kind, reason, **values):
        """Write an award down; the caller settles the card afterwards."""
        today = self.env["crm.ir.loyalty.movement"]._today()
        available_on = values.pop("available_on", None)
        if available_on is None:
            available_on = self.program_id._l10n_ir_available_on(today)
        available_on = max(available_on, today)
        expires_on = values.pop("expires_on", None)
        if expires_on is None:
            expires_on = self.program_id._l10n_ir_expires_on(available_on)
        if expires_on and expires_on < available_on:
            raise UserError(
                self.env._(
                    "Points that are available from %(available)s cannot expire on"
                    " %(expires)s.",
                    available=format_date(self.env, available_on),
                    expires=format_date(self.env, expires_on),
                )
            )
        return self._l10n_ir_book(
            points,
            kind,
            reason,
            available_on=available_on,
            expires_on=expires_on,
            **values,
        )

    def _l10n_ir_book(self, points, kind, reason, document=None, **values):
        """Write a movement down; what it takes is drawn when the card is settled."""
        today = self.env["crm.ir.loyalty.movement"]._today()
        available_on = max(values.pop("available_on", today), today)
        return self.env["crm.ir.loyalty.movement"].create(
            {
                "card_id": self.id,
                "kind": kind,
                "points": points,
                "date": today,
                "available_on": available_on,
                "balance": exact(self.points) + points * (available_on == today),
                "reason": reason,
                "res_model": document and document._name,
                "res_id": document and document.id,
                **values,
            }
        )

    def _l10n_ir_lock(self):
        """Let others that move points of these cards wait for the end of this.

        Writing the rows makes those that waited start anew instead of going on with
        what they read before.
        """
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                """
                UPDATE loyalty_card
                   SET write_date = write_date
                 WHERE id IN (SELECT id
                                FROM loyalty_card
                               WHERE id IN %s
                            ORDER BY id
                                 FOR UPDATE)
                """,
                tuple(self.ids),
            )
        )

    def _l10n_ir_settle(self):
        """Bring the cards to the present day, and their `points` to the ledger.

        What is owed is paid from awards, then awards that ran out expire. Doing it
        twice changes nothing.
        """
        cards = self.sudo().filtered(
            lambda card: card.id and card.program_id._l10n_ir_keeps_ledger()
        )
        if not cards:
            return
        cards._l10n_ir_lock()
        movements = self.env["crm.ir.loyalty.movement"].sudo()
        today = movements._today()
        open_rows = movements.search(
            Domain("card_id", "in", cards.ids)
            & (Domain("remaining", ">", 0) | Domain("remaining", "<", 0)),
            order="expires_on, available_on, id",
        ).grouped("card_id")
        draws, expiries = [], []
        for card in cards:
            rows = open_rows.get(card, movements)
            ready = rows.filtered(lambda row: row.available_on <= today)
            left = {row: exact(row.remaining) for row in ready if row.remaining > 0}
            balance = sum(map(exact, ready.mapped("remaining")), Decimal())
            for debit in (ready - movements.union(*left)).sorted("id"):
                for award, points in pay(-exact(debit.remaining), left.items()):
                    left[award] -= points
                    draws.append((award, debit, points))
            for award, points in left.items():
                if points and award.expires_on and award.expires_on < today:
                    balance -= points
                    left[award] = Decimal()
                    expiries.append((award, points, balance))
            days = (rows - ready).mapped("available_on") + [
                fields.Date.add(award.expires_on, days=1)
                for award, points in left.items()
                if points and award.expires_on
            ]
            card._l10n_ir_keep(balance, min(days, default=False))
        expired = movements.create(
            [
                award.card_id._l10n_ir_expiry(award, points, balance)
                for award, points, balance in expiries
            ]
        )
        draws += [
            (award, row, points)
            for (award, points, _balance), row in zip(expiries, expired, strict=True)
        ]
        self.env["crm.ir.loyalty.draw"].sudo()._draw(draws)

    def _l10n_ir_expiry(self, award, points, balance):
        """What is written down where points of an award ran out, for the member."""
        today = award._today()
        env = self.with_context(lang=self.partner_id.lang or self.env.lang).env
        return {
            "card_id": self.id,
            "kind": "expire",
            "points": -points,
            "date": today,
            "available_on": today,
            "balance": balance,
            "reason": env._(
                "Not spent until %(date)s", date=format_date(env, award.expires_on)
            ),
            "origin_id": award.id,
        }

    def _l10n_ir_keep(self, balance, next_day):
        """Refresh what the card says about its ledger, as stock would write it."""
        values = {}
        if self.points != float(balance):
            values["points"] = float(balance)
        if self.l10n_ir_next_day != next_day:
            values["l10n_ir_next_day"] = next_day
        # not as a change that has to be caught
        return bool(values) and super().write(values)

    @api.model
    def _cron_l10n_ir_settle(self):
        """Make pending points available and let points expire, card by card."""
        today = self.env["crm.ir.loyalty.movement"]._today()
        cards = self.with_context(active_test=False).search(
            [("l10n_ir_next_day", "<=", today)], order="id"
        )
        self.env["ir.cron"]._commit_progress(remaining=len(cards))
        for batch in split_every(500, cards.ids):
            self.browse(batch).exists()._l10n_ir_settle()
            if not self.env["ir.cron"]._commit_progress(len(batch)):
                break

    # Changes of `points` by others

    @api.model_create_multi
    def create(self, vals_list):
        """Override: points of a new card are in its ledger, and who gets a loyalty card
        becomes a member of the club."""
        cards = super().create(vals_list)
        issued = cards.filtered(
            lambda card: card.points and card.sudo().program_id._l10n_ir_keeps_ledger()
        ).sudo()
        for card in issued:
            balance = card._l10n_ir_balance(card.points)
            card._l10n_ir_adjust(
                balance, self.env._("Issued with the card"), balance=balance
            )
        issued._l10n_ir_settle()
        members = cards.filtered(lambda card: card.program_type == "loyalty").partner_id
        members.sudo()._l10n_ir_become_members()
        return cards

    def write(self, vals):
        if "points" not in vals:
            return super().write(vals)
        kept = self.filtered(
            lambda card: card.sudo().program_id._l10n_ir_keeps_ledger()
        )
        result = super(LoyaltyCard, self - kept).write(vals)
        if kept:
            balance = self._l10n_ir_balance(vals["points"])
            changes = [(card, balance - exact(card.points)) for card in kept]
            others = {name: value for name, value in vals.items() if name != "points"}
            super(LoyaltyCard, kept).write(others)
            if not self.env.context.get("l10n_ir_loyalty_booked"):
                for card, change in changes:
                    card._l10n_ir_catch(change)
        return result

    def _l10n_ir_balance(self, points):
        try:
            return exact(points or 0)
        except ValueError as error:
            raise UserError(
                self.env._(
                    "%(points)s is no number of points below 100 billion.",
                    points=points,
                )
            ) from error

    def _l10n_ir_catch(self, change):
        """Write down by how much others changed the points of the card."""
        document = self.env.context.get("l10n_ir_loyalty_document")
        if not change:
            return
        card = self.sudo()
        card._l10n_ir_settle()
        if not isinstance(document, Document):
            self._l10n_ir_check_adjust(change)
            reason = self.env.context.get("l10n_ir_loyalty_reason")
            card._l10n_ir_adjust(change, reason or self.env._("Changed by hand"))
            card._l10n_ir_settle()
            return
        document = self.env[document.model].sudo().browse(document.id)
        reason = document.display_name
        issued, cost = card._l10n_ir_issued_and_cost(document, change)
        if issued:
            issued -= card._l10n_ir_return_spent(issued, reason, document)
        if issued:
            card._l10n_ir_credit(issued, "award", reason, document=document)
            card._l10n_ir_settle()
        if cost:
            card._l10n_ir_book(-cost, "spend", reason, document=document)
            card._l10n_ir_settle()

    def _l10n_ir_issued_and_cost(self, document, change):
        """What a document earned and what it spent; stock adds both up to `change`."""
        if document._name == "sale.order" and document.state != "sale":
            issued, cost = document._l10n_ir_points_of(self)
            if issued - cost == change:
                return issued, cost
        return max(change, 0), max(-change, 0)

    def _l10n_ir_return_spent(self, points, reason, document):
        """Give at most `points` of what a document spent back; return how many."""
        left = points
        for spent in self.env["crm.ir.loyalty.movement"].search(
            [
                ("card_id", "=", self.id),
                ("kind", "=", "spend"),
                ("res_model", "=", document._name),
                ("res_id", "=", document.id),
            ]
        ):
            left -= spent._give_back(reason, points=left, document=document)
            if not left:
                break
        return points - left

    def _l10n_ir_check_adjust(self, change):
        """Only managers change a balance by hand, and never below zero."""
        if self.env.su:
            return
        if not self.env.user.has_group("sales_team.group_sale_manager"):
            raise AccessError(
                self.env._("Only sales administrators change the points of a card.")
            )
        if change < 0 and exact(self.points) + change < 0:
            raise UserError(
                self.env._(
                    "The card %(card)s cannot hold less than no points.", card=self.code
                )
            )

    def _l10n_ir_adjust(self, change, reason, **values):
        if change > 0:
            today = self.env["crm.ir.loyalty.movement"]._today()
            self._l10n_ir_credit(change, "adjust", reason, available_on=today, **values)
        else:
            self._l10n_ir_book(change, "adjust", reason, **values)

    def _l10n_ir_merge_into(self, card):
        """Hand the whole ledger over to another card of the same member.

        A reference that both cards know stays with the movement of the other card.
        """
        cards = self | card
        cards._l10n_ir_settle()
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_ir_loyalty_movement AS movement
                   SET card_id = %(card)s,
                       reference = CASE
                           WHEN EXISTS (SELECT
                                          FROM crm_ir_loyalty_movement AS other
                                         WHERE other.card_id = %(card)s
                                           AND other.reference = movement.reference)
                           THEN NULL
                           ELSE reference
                       END
                 WHERE card_id = %(merged)s
                """,
                card=card.id,
                merged=self.id,
            )
        )
        self.env.invalidate_all()
        cards._l10n_ir_settle()

    def _l10n_ir_open(self):
        """Begin the ledgers of cards that have none with the points that they hold.

        Such points do not expire. One statement, as a shop may have a million cards.
        """
        self.flush_recordset()
        movements = self.env["crm.ir.loyalty.movement"]
        self.env.cr.execute(
            SQL(
                """
                WITH card AS (
                         UPDATE loyalty_card
                            SET points = round(points::numeric, %(places)s)
                          WHERE id IN %(ids)s
                            AND points <> 0
                            AND NOT EXISTS (SELECT
                                              FROM crm_ir_loyalty_movement
                                             WHERE card_id = loyalty_card.id)
                      RETURNING id, points::numeric AS points
                     )
                INSERT INTO crm_ir_loyalty_movement
                            (card_id, kind, points, remaining, balance, date,
                             available_on, reason, create_uid, create_date, write_uid,
                             write_date)
                     SELECT id, 'adjust', points, points, points, %(today)s, %(today)s,
                            %(reason)s, %(uid)s, %(now)s, %(uid)s, %(now)s
                       FROM card
                """,
                places=PLACES,
                ids=tuple(self.ids),
                today=movements._today(),
                reason=self.env._("Balance when the ledger began"),
                uid=self.env.uid,
                now=self.env.cr.now(),
            )
        )
        self.invalidate_recordset(["points"])
        movements.invalidate_model()

    def _l10n_ir_tier(self):
        """The tier in which the member is now, an empty one where there is none."""
        return (
            self.env["crm.ir.loyalty.membership"]
            .sudo()
            .search(
                [
                    ("program_id", "=", self.program_id.id),
                    ("partner_id", "=", self.partner_id.id),
                    ("until", "=", False),
                ]
            )
            .tier_id
        )

    def _l10n_ir_portal_values(self):
        """The values of `crm_ir_loyalty.portal_my_club` for a card, as superuser."""
        self.ensure_one()
        self._l10n_ir_settle()
        today = self.env["crm.ir.loyalty.movement"]._today()
        awards = self.l10n_ir_movement_ids.filtered(lambda row: row.remaining > 0)
        pending = awards.filtered(lambda row: row.available_on > today)
        rewards = self.program_id.reward_ids.sorted("required_points")
        ready = rewards.filtered(
            lambda reward: exact(reward.required_points) <= exact(self.points)
        )
        rules = self.program_id.l10n_ir_rule_ids
        return {
            "card": self,
            "today": today,
            "pending_from": min(pending.mapped("available_on"), default=False),
            "expiring_on": min(
                filter(None, (awards - pending).mapped("expires_on")), default=False
            ),
            "rewards_ready": ready,
            "rewards_ahead": (rewards - ready)[:_REWARDS_AHEAD],
            "referral_rules": rules.filtered(
                lambda rule: rule.kind in ("referral", "friend")
            ),
            **self._l10n_ir_tier_values(today),
        }

    def _l10n_ir_tier_values(self, today):
        tiers = self.program_id.l10n_ir_tier_ids
        membership = self.env["crm.ir.loyalty.membership"].search(
            [
                ("program_id", "=", self.program_id.id),
                ("partner_id", "=", self.partner_id.id),
                ("until", "=", False),
            ]
        )
        tier = membership.tier_id
        rank = tiers._rank(tier)
        ahead = tiers[rank : rank + 1]
        since, conditions = (
            ahead._progress(self.partner_id, today) if ahead else (None, [])
        )
        return {
            "has_tiers": bool(tiers),
            "tier": tier,
            "membership": membership,
            "kept_until": tier and tier._kept_until(membership, today),
            "tier_ahead": ahead,
            "conditions": conditions,
            "conditions_since": since,
        }
