from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.crm_ir_base.tools import jalali

from ..tools.earning import left_of, points_for_amount
from ..tools.periods import celebrated_on, last_day
from ..tools.points import exact

PURCHASE_KINDS = ("amount", "product")
# the member's day that is celebrated
OCCASIONS = {
    "birthday": "birthdate_date",
    "wedding": "l10n_ir_wedding_date",
    "anniversary": "l10n_ir_member_since",
}
# the nightly run celebrates what it missed while the server was down
_CATCH_UP_DAYS = 7


class CrmIrLoyaltyRule(models.Model):
    """For what the members of a club get points, how many and how long they live.

    Rules of purchases look at paid customer invoices. Each award is told apart by a
    reference "rule:<id>:<occasion>", so that a run that comes twice gives nothing more.
    """

    _name = "crm.ir.loyalty.rule"
    _description = "Earning Rule"
    _order = "program_id, sequence, id"

    name = fields.Char(
        required=True, translate=True, help="Members see it with their points."
    )
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    program_id = fields.Many2one(
        "loyalty.program",
        "Club",
        required=True,
        ondelete="cascade",
        index=True,
        domain=[("program_type", "=", "loyalty")],
    )
    company_id = fields.Many2one(related="program_id.company_id", store=True)
    currency_id = fields.Many2one(related="program_id.currency_id")
    kind = fields.Selection(
        [
            ("amount", "Purchase Amount"),
            ("product", "Products Bought"),
            ("first", "First Purchase"),
            ("referral", "Bringing a Friend"),
            ("friend", "Share of a Friend's Points"),
            ("join", "Joining the Club"),
            ("profile", "Complete Profile"),
            ("birthday", "Birthday"),
            ("wedding", "Wedding Anniversary"),
            ("anniversary", "Membership Anniversary"),
            ("survey", "Survey"),
            ("comment", "Comment"),
            ("bonus", "Bonus for Points Earned"),
            ("manual", "By Hand"),
        ],
        required=True,
        default="amount",
    )
    points = fields.Float(default=1.0)
    amount = fields.Monetary(
        "For Each", help="The points are given for each full amount of this size."
    )
    share = fields.Float(
        help="Percentage of the points that the friend gets for purchases."
    )
    threshold = fields.Float(
        "Points to Reach", help="The bonus is given once so many points were earned."
    )
    days = fields.Integer(
        "Within Days",
        default=30,
        help="For a bonus, the days in which the points are earned, today included; for"
        " a friend's points, the days since the friend was brought.",
    )
    product_ids = fields.Many2many("product.product", string="Products")
    product_categ_ids = fields.Many2many(
        "product.category", string="Product Categories"
    )
    profile_field_ids = fields.Many2many(
        "ir.model.fields",
        string="Profile Fields",
        domain=[("model", "=", "res.partner"), ("store", "=", True)],
        help="A profile is complete where all of these are filled in.",
    )
    team_ids = fields.Many2many(
        "crm.team",
        string="Channels",
        help="Only for invoices of these sales teams: the website and each point of sale"
        " have their own. Empty for all.",
    )
    tier_ids = fields.Many2many(
        "crm.ir.loyalty.tier",
        string="Tiers",
        domain="[('program_id', '=', program_id)]",
        help="Only for members in one of these tiers. Empty for all.",
    )
    category_ids = fields.Many2many(
        "res.partner.category",
        string="Tags",
        help="Only for members with one of these tags. Empty for all.",
    )
    date_from = fields.Date("From")
    date_to = fields.Date("To")
    pending_days = fields.Integer(
        help="The points are shown, but cannot be spent for so many days."
    )
    validity_count = fields.Integer(
        "Validity",
        default=1,
        help="In days: as long as this. In months, seasons or years: until the end of"
        " the Jalali period so many after the one in which points become available; 1"
        " season is the end of next season, and 0 that of the present one.",
    )
    validity_unit = fields.Selection(
        [
            ("day", "Days"),
            ("month", "Months"),
            ("quarter", "Seasons"),
            ("year", "Years"),
        ],
        help="Empty: as long as the club's points live.",
    )
    cap_day = fields.Float("Most in a Day", help="Points of a member; 0 for no limit.")
    cap_month = fields.Float(
        "Most in a Month", help="Points of a member in a Jalali month; 0 for no limit."
    )
    cap_year = fields.Float(
        "Most in a Year", help="Points of a member in a Jalali year; 0 for no limit."
    )
    cap_total = fields.Float("Most in All", help="Points of a member; 0 for no limit.")

    _points_positive = models.Constraint(
        "CHECK (kind = 'friend' OR points > 0)", "A rule gives more than zero points."
    )
    _amount_positive = models.Constraint(
        "CHECK (kind != 'amount' OR amount > 0)",
        "Write for how large an amount the points are given.",
    )
    _share_percent = models.Constraint(
        "CHECK (kind != 'friend' OR share > 0 AND share <= 100)",
        "The share of a friend's points is above 0 and at most 100 percent.",
    )
    _bonus_reached = models.Constraint(
        "CHECK (kind != 'bonus' OR threshold > 0)",
        "Write how many points a member must earn for the bonus.",
    )
    _days_positive = models.Constraint(
        "CHECK (kind NOT IN ('bonus', 'friend') OR days BETWEEN 1 AND 36500)",
        "Within days: write a number from 1 to 36,500.",
    )
    _lives = models.Constraint(
        "CHECK (pending_days BETWEEN 0 AND 3650 AND validity_count BETWEEN 0 AND 3650"
        " AND (validity_unit IS NULL OR validity_unit = 'day' OR validity_count <= 99))",
        "Points are pending for 0 to 3650 days, and valid for up to 3650 days or 99"
        " months, seasons or years.",
    )
    _caps_not_negative = models.Constraint(
        "CHECK (LEAST(cap_day, cap_month, cap_year, cap_total) >= 0)",
        "The most points of a member cannot be below zero; 0 is no limit.",
    )

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for rule in self:
            if rule.date_from and rule.date_to and rule.date_from > rule.date_to:
                raise ValidationError(
                    self.env._("Rule %(rule)s ends before it begins.", rule=rule.name)
                )

    @api.constrains("kind", "product_ids", "product_categ_ids")
    def _check_products(self):
        for rule in self:
            if rule.kind == "product" and not (
                rule.product_ids or rule.product_categ_ids
            ):
                raise ValidationError(
                    self.env._("Choose the products that give points.")
                )

    @api.constrains("kind", "profile_field_ids")
    def _check_profile_fields(self):
        for rule in self:
            if rule.kind == "profile" and not rule.profile_field_ids:
                raise ValidationError(
                    self.env._("Choose the fields of a complete profile.")
                )

    @api.constrains("kind", "program_id", "active")
    def _check_no_points_twice(self):
        for rule in self:
            program = rule.program_id
            if program.program_type != "loyalty":
                raise ValidationError(
                    self.env._("Only programs of loyalty cards have earning rules.")
                )
            if rule.active and rule.kind in PURCHASE_KINDS and program.rule_ids:
                raise ValidationError(
                    self.env._(
                        "Club %(club)s gives points on orders already. Remove its"
                        " conditional rules, or purchases would earn twice.",
                        club=program.name,
                    )
                )

    def _award(self, card, occasion, points=None, document=None, reason=None):
        """Give `card` the points of the rule for an `occasion`, once, within its limits.

        What a document had earned and lost by its own cancellation is given anew.
        Returns the points given now, 0 where the rule is not for this member or day.
        """
        self.ensure_one()
        today = self._today()
        if not self._is_for(card, today):
            return 0
        card = card._l10n_ir_locked()
        reference = f"rule:{self.id}:{occasion}"
        earlier = self._movements(card, reference)
        if any(not award._is_undone() for award in earlier):
            return 0
        points = exact(self.points if points is None else points)
        points = min([points, *self._left_of_limits(card, today)])
        if points <= 0:
            return 0
        available_on = expires_on = None  # by the club
        if self.pending_days:
            available_on = today + timedelta(self.pending_days)
        if self.validity_unit:
            expires_on = last_day(
                available_on or self.program_id._l10n_ir_available_on(today),
                self.validity_count,
                self.validity_unit,
            )
        card._l10n_ir_award(
            points,
            f"{reference}:{len(earlier)}" if earlier else reference,
            reason or self.name,
            available_on=available_on,
            expires_on=expires_on,
            document=document,
        )
        return points

    @api.model
    def _today(self):
        return self.env["crm.ir.loyalty.movement"]._today()

    def _is_for(self, card, day):
        if (
            self.date_from
            and day < self.date_from
            or self.date_to
            and day > self.date_to
        ):
            return False
        if self.category_ids and not self.category_ids & card.partner_id.category_id:
            return False
        return not self.tier_ids or card._l10n_ir_tier() in self.tier_ids

    def _movements(self, card, reference=None, since=None):
        """What the rule gave to `card`, for one occasion or from a day on."""
        domain = Domain("card_id", "=", card.id) & Domain("kind", "=", "award")
        if reference:
            domain &= Domain("reference", "=", reference) | Domain(
                "reference", "=like", f"{reference}:%"
            )
        else:
            domain &= Domain("reference", "=like", f"rule:{self.id}:%")
        if since:
            domain &= Domain("date", ">=", since)
        return self.env["crm.ir.loyalty.movement"].sudo().search(domain)

    def _left_of_limits(self, card, day):
        """What each limit of the rule leaves to `card` on `day`, in points."""
        limits = [
            (self.cap_day, day),
            (self.cap_month, jalali.start_of(day, "month")),
            (self.cap_year, jalali.start_of(day, "year")),
            (self.cap_total, None),
        ]
        return [
            left_of(
                limit,
                [
                    exact(award.points) - award._taken()
                    for award in self._movements(card, since=since)
                ],
            )
            for limit, since in limits
            if limit
        ]

    @api.model
    def _award_invoices(self, invoices):
        """Give the points of customer invoices that have been paid."""
        today = self._today()
        for invoice in invoices.sudo():
            rules = self.sudo().search(
                [
                    (
                        "kind",
                        "in",
                        ["amount", "product", "first", "referral", "friend"],
                    ),
                    ("program_id.active", "=", True),
                    ("company_id", "in", [False, *invoice.company_id.parent_ids.ids]),
                    "|",
                    ("date_from", "=", False),
                    ("date_from", "<=", today),
                    "|",
                    ("date_to", "=", False),
                    ("date_to", ">=", today),
                ]
            )
            for program, of_program in rules.grouped("program_id").items():
                of_program._award_invoice(program, invoice)

    def _award_invoice(self, program, invoice):
        """Give the points of one club for a paid invoice, to its customer and to who
        brought them."""
        rules = self.filtered(
            lambda rule: not rule.team_ids or invoice.team_id in rule.team_ids
        ).grouped("kind")
        none = self.browse()
        is_first = invoice._l10n_ir_is_first_paid()
        customer = invoice.partner_id
        card = program._l10n_ir_card(customer)
        gains = [
            (rule, points)
            for kind in PURCHASE_KINDS
            for rule in rules.get(kind, none)
            if (points := rule._points_of(invoice, card)) > 0
        ]
        firsts = rules.get("first", none) if is_first else none
        if gains or firsts:
            card = program._l10n_ir_join(customer)
        occasion = f"invoice:{invoice.id}"
        earned = sum(
            rule._award(card, occasion, points, invoice) for rule, points in gains
        )
        for rule in firsts:
            rule._award(card, "first", document=invoice)
        referral = (customer | customer.commercial_partner_id).l10n_ir_referral_ids[:1]
        if is_first:
            referral._settle(invoice)
        if referral.state == "rewarded":
            rules = rules.get("referral", none) | rules.get("friend", none)
            rules._award_referrer(program, referral, invoice, earned)

    def _award_referrer(self, program, referral, invoice, earned):
        card = program._l10n_ir_join(referral.referrer_id)
        for rule in self:
            if rule.kind == "referral":
                if referral.invoice_id == invoice:
                    friend = f"friend:{referral.friend_id.id}"
                    rule._award(card, friend, document=invoice)
            elif self._today() <= last_day(referral.date, rule.days, "day"):
                points = earned * exact(rule.share) / 100
                rule._award(card, f"invoice:{invoice.id}", points, invoice)

    def _points_of(self, invoice, card):
        """The points of a purchase rule for an invoice, times those of the tier."""
        if self.kind == "amount":
            paid = invoice.currency_id._convert(
                invoice.amount_total,
                self.currency_id,
                invoice.company_id,
                invoice.invoice_date,
            )
            points = points_for_amount(paid, self.amount, self.points)
        else:
            quantity = sum(
                line.product_uom_id._compute_quantity(
                    line.quantity, line.product_id.uom_id
                )
                for line in invoice.invoice_line_ids
                if self._counts(line.product_id)
            )
            points = exact(quantity) * exact(self.points)
        return points * Decimal(str(card._l10n_ir_tier().multiplier or 1))

    def _counts(self, product):
        categories = product.categ_id.parent_path or ""
        return product in self.product_ids or any(
            categories.startswith(category.parent_path)
            for category in self.product_categ_ids
        )

    @api.model
    def _award_event(self, kind, partner, event):
        """Give a member the points of a "survey" or another `kind` of event.

        `event` tells one event from another, for example "survey.user_input:7". Who is
        not a member of a club gets nothing there. Returns the points given.
        """
        cards = (
            self.env["loyalty.card"]
            .sudo()
            .search(
                [
                    ("partner_id", "=", partner.id),
                    ("program_id.l10n_ir_rule_ids.kind", "=", kind),
                ]
            )
        )
        return sum(
            rule._award(card, event)
            for card in cards
            for rule in card.program_id.l10n_ir_rule_ids
            if rule.kind == kind
        )

    @api.model
    def _cron_award(self):
        """Give what no document brings: the points of joining, complete profiles, the
        days of members and bonuses, to each member once whenever the run comes again."""
        for rule in self.search([("program_id.active", "=", True)]):
            if rule.kind == "join":
                rule._award_members("join", [])
            elif rule.kind == "profile":
                filled = [
                    (f"partner_id.{field.name}", "!=", False)
                    for field in rule.profile_field_ids.sudo()
                ]
                rule._award_members("profile", filled)
            elif rule.kind in OCCASIONS:
                rule._award_occasion()
            elif rule.kind == "bonus":
                rule._award_bonus()

    def _award_members(self, occasion, domain):
        """Give the points to those members in the `domain` that have not got them."""
        given = [("reference", "=", f"rule:{self.id}:{occasion}")]
        cards = self.env["loyalty.card"].search(
            [
                ("program_id", "=", self.program_id.id),
                ("partner_id.active", "=", True),
                ("l10n_ir_movement_ids", "not any", given),
                *domain,
            ]
        )
        for card in cards:
            self._award(card, occasion)

    def _award_occasion(self):
        """Celebrate the days of members, each once in a Jalali year."""
        field = f"partner_id.{OCCASIONS[self.kind]}"
        for back in range(_CATCH_UP_DAYS):
            day = self._today() - timedelta(back)
            self._award_members(
                jalali.to_jalali(day).year,
                [
                    (field, "in", celebrated_on(day)),
                    ("partner_id.l10n_ir_member_since", "<=", day),
                ],
            )

    def _award_bonus(self):
        """Give the bonus to those who earned enough in time since their last one."""
        today = self._today()
        earned = [
            ("card_id.program_id", "=", self.program_id.id),
            ("card_id.partner_id.active", "=", True),
            ("kind", "in", ["award", "revoke"]),
            ("date", ">", today - timedelta(self.days)),
            "|",
            ("reference", "=", False),
            ("reference", "not =like", f"rule:{self.id}:%"),
        ]
        movements = self.env["crm.ir.loyalty.movement"]
        enough = [("points:sum", ">=", self.threshold)]
        for (card,) in movements._read_group(earned, ["card_id"], having=enough):
            last = self._movements(card)[:1]
            since = [*earned, ("card_id", "=", card.id), ("id", ">", last.id or 0)]
            points = sum(map(exact, movements.search(since).mapped("points")))
            if points >= exact(self.threshold):
                self._award(card, f"bonus:{today}")
