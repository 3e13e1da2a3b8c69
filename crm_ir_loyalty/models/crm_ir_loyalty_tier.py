from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..tools.periods import windows


class CrmIrLoyaltyTier(models.Model):
    """A rank of a club, by what a member buys or earns in a Jalali window.

    The tiers of a program are ordered from the lowest to the highest. Amounts are in the
    currency of the program; conditions left at zero are not asked.
    """

    _name = "crm.ir.loyalty.tier"
    _description = "Club Tier"
    _order = "program_id, sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10, help="The lowest tier comes first.")
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
    period = fields.Selection(
        [
            ("month", "Jalali Month"),
            ("quarter", "Jalali Season"),
            ("year", "Jalali Year"),
            ("rolling", "Last Months"),
            ("ever", "Since Ever"),
        ],
        required=True,
        default="year",
        help="Where purchases and points count. A tier that was earned in a month, season"
        " or year lasts to the end of the next one.",
    )
    months = fields.Integer(default=12, help="How many Jalali months back, to today.")
    match = fields.Selection(
        [("all", "All Conditions"), ("any", "Any Condition")],
        required=True,
        default="all",
    )
    minimum_amount = fields.Monetary(
        "Purchases from",
        help="What the member bought in the window, less what came back, without tax.",
    )
    minimum_single = fields.Monetary(
        "One Day from", help="What the member bought on the best day of the window."
    )
    minimum_days = fields.Integer(
        "Purchase Days",
        help="On how many days of the window the member bought something.",
    )
    minimum_points = fields.Float(
        "Points Earned",
        help="Points that were given in the window, less those revoked.",
    )
    grace_days = fields.Integer(
        help="How many days a member keeps this tier without earning it any more."
    )
    multiplier = fields.Float(
        default=1.0, help="Points for purchases are multiplied by this."
    )
    pricelist_id = fields.Many2one(
        "product.pricelist",
        check_company=True,
        help="Given to those who come into this tier, unless a person chose another for"
        " them, and taken from those who leave it.",
    )
    up_template_id = fields.Many2one(
        "mail.template",
        "Message on Rise",
        domain=[("model", "=", "crm.ir.loyalty.membership")],
        help="E-mail to those who rise to this tier.",
    )
    down_template_id = fields.Many2one(
        "mail.template",
        "Message on Fall",
        domain=[("model", "=", "crm.ir.loyalty.membership")],
        help="E-mail to those who fall out of this tier.",
    )
    member_count = fields.Integer("Members", compute="_compute_member_count")

    _months_positive = models.Constraint(
        "CHECK (period != 'rolling' OR months BETWEEN 1 AND 1200)",
        "Last months: write a number from 1 to 1200.",
    )
    _minimums_not_negative = models.Constraint(
        "CHECK (LEAST(minimum_amount, minimum_single, minimum_days, minimum_points,"
        " grace_days) >= 0)",
        "Conditions and grace days of a tier cannot be negative; zero is not asked.",
    )
    _multiplier_positive = models.Constraint(
        "CHECK (multiplier > 0)", "The multiplier of a tier must be above zero."
    )

    def _compute_member_count(self):
        counts = dict(
            self.env["crm.ir.loyalty.membership"]._read_group(
                [("tier_id", "in", self.ids), ("until", "=", False)],
                ["tier_id"],
                ["__count"],
            )
        )
        for tier in self:
            tier.member_count = counts.get(tier, 0)

    @api.constrains("program_id")
    def _check_program(self):
        if any(tier.program_id.program_type != "loyalty" for tier in self):
            raise ValidationError(
                self.env._("Only programs of loyalty cards have tiers.")
            )

    def _rank(self, tier):
        """The place of `tier` in these, from 1 for the lowest; 0 where it is not one."""
        return self.ids.index(tier.id) + 1 if tier in self else 0

    def _measures(self, day, partners=None):
        """What members bought and earned, and which of these tiers that reaches on `day`.

        Returns two pieces of SQL: common table expressions, which need another named
        member (see `loyalty.program._l10n_ir_measure`), and a query of (partner_id,
        rank).
        """
        program = self.program_id
        tables, earned, names = [], [], {}
        for rank, tier in enumerate(self, 1):
            for window in windows(tier.period, tier.months, day):
                if window not in names:
                    names[window] = SQL.identifier(f"measure_{len(names)}")
                    tables.append(
                        SQL(
                            "%s AS (%s)",
                            names[window],
                            program._l10n_ir_measure(*window, partners),
                        )
                    )
                earned.append(
                    SQL(
                        "SELECT partner_id, %s AS rank FROM %s WHERE %s",
                        rank,
                        names[window],
                        tier._condition(),
                    )
                )
        return SQL(", ").join(tables), SQL(" UNION ALL ").join(earned)

    def _condition(self):
        self.ensure_one()
        minimums = {
            "amount": self.minimum_amount,
            "single": self.minimum_single,
            "days": self.minimum_days,
            "points": self.minimum_points,
        }
        conditions = [
            SQL("%s >= %s", SQL.identifier(measure), minimum)
            for measure, minimum in minimums.items()
            if minimum
        ]
        joint = SQL(" AND ") if self.match == "all" else SQL(" OR ")
        return joint.join(conditions) or SQL("TRUE")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_members(self):
        memberships = self.env["crm.ir.loyalty.membership"]
        if memberships.search_count([("tier_id", "in", self.ids)], limit=1):
            raise ValidationError(
                self.env._("Members are or were in this tier: archive it instead.")
            )

    def action_members(self):
        """Open the members that are in the tier."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_ir_loyalty.crm_ir_loyalty_membership_action"
        )
        return action | {
            "domain": [("tier_id", "=", self.id), ("until", "=", False)],
            "context": {},
        }
