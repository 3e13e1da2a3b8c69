from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, split_every

from odoo.addons.crm_ir_base.tools import jalali

# the types of programs whose cards hold a balance
_BALANCES = ("loyalty", "gift_card", "ewallet")


class LoyaltyProgram(models.Model):
    """How long what a program gives is pending, and how long it can be spent."""

    _inherit = "loyalty.program"

    l10n_ir_pending_days = fields.Integer(
        "Pending Days",
        help="Points that a sale or an event earned can be spent so many days later,"
        " such as after the time in which goods come back.",
    )
    l10n_ir_validity_count = fields.Integer(
        "Points Validity",
        default=1,
        help="In days: as long as this. In months, seasons or years: until the end of"
        " the Jalali period so many after the one in which points become available; 1"
        " season is the end of next season, and 0 that of the present one.",
    )
    l10n_ir_validity_unit = fields.Selection(
        [
            ("day", "Days"),
            ("month", "Months"),
            ("quarter", "Seasons"),
            ("year", "Years"),
        ],
        "Validity Unit",
        help="Empty: points do not expire.",
    )
    l10n_ir_tier_ids = fields.One2many("crm.ir.loyalty.tier", "program_id", "Tiers")
    l10n_ir_rule_ids = fields.One2many(
        "crm.ir.loyalty.rule", "program_id", "Earning Rules"
    )

    @api.constrains(
        "l10n_ir_pending_days", "l10n_ir_validity_count", "l10n_ir_validity_unit"
    )
    def _check_l10n_ir_days(self):
        for program in self:
            days = program.l10n_ir_pending_days, program.l10n_ir_validity_count
            if not all(0 <= number <= 3650 for number in days) or (
                program.l10n_ir_validity_unit != "day"
                and program.l10n_ir_validity_count > 99
            ):
                raise ValidationError(
                    self.env._(
                        "Points of %(program)s are pending for 0 to 3650 days, and valid"
                        " for up to 3650 days or 99 months, seasons or years.",
                        program=program.name,
                    )
                )

    def write(self, vals):
        result = super().write(vals)
        if "program_type" in vals:
            self._l10n_ir_open_cards()
        return result

    def _l10n_ir_open_cards(self):
        """Begin the ledgers of all cards of those programs that keep one."""
        keepers = self.filtered(lambda program: program._l10n_ir_keeps_ledger())
        cards = self.env["loyalty.card"].sudo().with_context(active_test=False)
        for ids in split_every(
            10_000, cards.search([("program_id", "in", keepers.ids)]).ids
        ):
            cards.browse(ids)._l10n_ir_open()

    def _l10n_ir_keeps_ledger(self):
        """Whether the cards hold a balance: points of a person, or money.

        The points of coupons, promotions and codes only count how often one is used.
        """
        return self.program_type in _BALANCES

    def _l10n_ir_available_on(self, day):
        """From when points that are earned on a day can be spent."""
        return fields.Date.add(day, days=self.l10n_ir_pending_days)

    def _l10n_ir_expires_on(self, day):
        """Until when points that become available on a day can be spent, or False."""
        unit, count = self.l10n_ir_validity_unit, self.l10n_ir_validity_count
        if not unit:
            return False
        if unit == "day":
            return fields.Date.add(day, days=count)
        months = {"month": 1, "quarter": 3, "year": 12}[unit]
        start = jalali.start_of(day, unit)
        return jalali.end_of(jalali.add(start, months=count * months), unit)

    def _l10n_ir_companies(self):
        """The companies whose customers are in the club: its own and their branches."""
        self.ensure_one()
        domain = [("id", "child_of", self.company_id.ids)] if self.company_id else []
        return self.env["res.company"].sudo().search(domain)

    def _l10n_ir_card(self, contact):
        """The card of a contact, or of its company, in the club; empty if none."""
        self.ensure_one()
        cards = (
            self.env["loyalty.card"]
            .sudo()
            .search(
                [
                    ("program_id", "=", self.id),
                    ("partner_id", "in", (contact | contact.commercial_partner_id).ids),
                ],
                order="id",
            )
        )
        return (cards.filtered(lambda card: card.partner_id == contact) or cards)[:1]

    def _l10n_ir_join(self, contact):
        """The card of a contact in the club, a new one for its commercial entity where
        there is none; who joins has the tier that earlier purchases earn."""
        card = self._l10n_ir_card(contact)
        if not card:
            member = contact.commercial_partner_id
            card = card.create({"program_id": self.id, "partner_id": member.id})
            self.env["crm.ir.loyalty.membership"]._evaluate(self, member)
            for rule in self.sudo().l10n_ir_rule_ids:
                if rule.kind == "join":
                    rule._award(card, "join")
        return card

    def _l10n_ir_measure(self, first, last, partners=None):
        """SQL of what members bought and earned from `first` (None: since ever) to `last`.

        A query of (partner_id, amount, single, days, points) with one row for each row
        of the common table expression `member`, which has no others than `partners`
        where these are given. Amounts are in the currency of the club, at the rate of
        `last`: all purchases, and those of the best day. Days are those with purchases.
        Points are those given, less those revoked.
        """
        purchases = self.env["crm.ir.purchase"]
        ids = partners and partners.ids
        bought = SQL(" UNION ALL ").join(
            SQL(
                "SELECT partner_id, day, amount * %s::numeric AS amount"
                " FROM (%s) AS of_company WHERE day >= %s",
                company.currency_id._get_conversion_rate(
                    company.currency_id, self.currency_id, company, last
                ),
                purchases._get_purchases(company, last, ids),
                first or date.min,
            )
            for company in self._l10n_ir_companies()
        )
        return SQL(
            """
               SELECT member.partner_id,
                      COALESCE(bought.amount, 0) AS amount,
                      COALESCE(bought.single, 0) AS single,
                      COALESCE(bought.days, 0) AS days,
                      COALESCE(given.points, 0) AS points
                 FROM member
            LEFT JOIN (SELECT partner_id,
                              SUM(amount) AS amount,
                              MAX(amount) AS single,
                              COUNT(*) FILTER (WHERE amount > 0) AS days
                         FROM (SELECT partner_id, SUM(amount) AS amount
                                 FROM (%(bought)s) AS purchase
                             GROUP BY partner_id, day) AS purchase_day
                     GROUP BY partner_id) AS bought
                   ON bought.partner_id = member.partner_id
            LEFT JOIN (SELECT card.partner_id, SUM(movement.points) AS points
                         FROM crm_ir_loyalty_movement AS movement
                         JOIN loyalty_card AS card ON card.id = movement.card_id
                        WHERE card.program_id = %(program)s
                          AND movement.kind IN ('award', 'revoke')
                          AND movement.date BETWEEN %(first)s AND %(last)s
                          AND card.partner_id IN (SELECT partner_id FROM member)
                     GROUP BY card.partner_id) AS given
                   ON given.partner_id = member.partner_id
            """,
            bought=bought,
            first=first or date.min,
            last=last,
            program=self.id,
        )
