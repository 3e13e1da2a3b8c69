from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ..tools.tiers import Standing, decide


class CrmIrLoyaltyMembership(models.Model):
    """A member's time in a tier of a club; the row without an end is where they stand.

    Nightly, and when an invoice is posted or paid, `_evaluate` closes the rows of those
    who move and opens new ones, so that creation of a row is the news of a move. A row
    that a person creates is fixed: nobody moves the member before its day has passed.
    """

    _name = "crm.ir.loyalty.membership"
    _description = "Club Membership"
    _order = "since desc, id desc"
    _rec_name = "partner_id"

    program_id = fields.Many2one(
        "loyalty.program",
        "Club",
        required=True,
        ondelete="cascade",
        index=True,
        domain=[("program_type", "=", "loyalty")],
    )
    company_id = fields.Many2one(related="program_id.company_id", store=True)
    partner_id = fields.Many2one(
        "res.partner", "Member", required=True, ondelete="cascade", index=True
    )
    tier_id = fields.Many2one(
        "crm.ir.loyalty.tier",
        ondelete="restrict",
        index=True,
        domain="[('program_id', '=', program_id)]",
        help="Empty for those who fell out of the tiers.",
    )
    previous_tier_id = fields.Many2one(
        "crm.ir.loyalty.tier", "Tier Before", readonly=True, ondelete="restrict"
    )
    direction = fields.Selection(
        [("up", "Up"), ("down", "Down"), ("same", "Same")], readonly=True
    )
    since = fields.Date(
        required=True, readonly=True, default=lambda self: self._today()
    )
    until = fields.Date(readonly=True, help="Empty while the member is in this tier.")
    grace_until = fields.Date(
        readonly=True,
        help="The last day the tier is kept though it is not earned any more.",
    )
    fixed_until = fields.Date(
        help="The last day on which the tier stays whatever the member buys."
    )
    reason = fields.Char(help="Why a person fixed the tier.")
    last_purchase = fields.Date(compute="_compute_last_purchase")

    _current_uniq = models.UniqueIndex("(program_id, partner_id) WHERE until IS NULL")

    @api.depends_context("company")
    def _compute_last_purchase(self):
        days = dict(
            self.env["crm.ir.customer.stat"]._read_group(
                [
                    ("partner_id", "in", self.partner_id.ids),
                    ("company_id", "=", self.env.company.id),
                ],
                ["partner_id"],
                ["last_purchase:max"],
            )
        )
        for membership in self:
            membership.last_purchase = days.get(membership.partner_id)

    @api.constrains("tier_id", "program_id")
    def _check_tier(self):
        for membership in self:
            tier = membership.tier_id
            if tier and tier.program_id != membership.program_id:
                raise ValidationError(
                    self.env._(
                        "Tier %(tier)s belongs to another club.", tier=tier.display_name
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Override: the row before ends, and the member's pricelist and mail follow."""
        if not self.env.su:
            self._check_fixed(vals_list)
        memberships = super().create([self._following(vals) for vals in vals_list])
        for membership in memberships.sudo():
            membership._hand_over_pricelist()
            membership._tell()
        return memberships

    @api.model
    def _check_fixed(self, vals_list):
        today = fields.Date.to_string(self._today())
        for vals in vals_list:
            until = fields.Date.to_string(fields.Date.to_date(vals.get("fixed_until")))
            if not vals.get("reason") or not until or until < today:
                raise UserError(
                    self.env._(
                        "To fix a tier by hand, write the reason and the last day, which"
                        " is today or later."
                    )
                )

    @api.model
    def _following(self, vals):
        """End the row that holds so far; return the values of the one that follows it."""
        program = self.env["loyalty.program"].sudo().browse(vals["program_id"])
        before = self.sudo().search(
            [
                ("program_id", "=", program.id),
                ("partner_id", "=", vals["partner_id"]),
                ("until", "=", False),
            ]
        )
        before.until = vals.get("since") or self._today()
        before.flush_recordset()
        tiers = program.l10n_ir_tier_ids
        rank = tiers._rank(tiers.browse(vals.get("tier_id")))
        rank_before = tiers._rank(before.tier_id)
        return vals | {
            "previous_tier_id": before.tier_id.id,
            "direction": "up"
            if rank > rank_before
            else "down"
            if rank < rank_before
            else "same",
        }

    def _hand_over_pricelist(self):
        company = self.company_id or self.env.company
        partner = self.partner_id.with_company(company)
        chosen = partner.specific_property_product_pricelist
        pricelist = self.tier_id.pricelist_id
        if chosen != pricelist and chosen in (
            self.previous_tier_id.pricelist_id,
            chosen.browse(),
        ):
            partner.specific_property_product_pricelist = pricelist

    def _tell(self):
        """Note the move on the contact and write to the member."""
        if self.direction == "same":
            return
        outside = self.env._("none")
        self.partner_id.message_post(
            body=self.env._(
                "%(club)s: tier %(before)s → %(after)s",
                club=self.program_id.name,
                before=self.previous_tier_id.name or outside,
                after=self.tier_id.name or outside,
            )
        )
        template = (
            self.tier_id.up_template_id
            if self.direction == "up"
            else self.previous_tier_id.down_template_id
        )
        if template and self.partner_id.email:
            template.send_mail(self.id)

    @api.model
    def _today(self):
        return fields.Date.context_today(self.with_context(tz="Asia/Tehran"))

    @api.model
    def _cron_evaluate(self):
        """Move all members of all clubs by what they earned until today."""
        self._evaluate(
            self.env["loyalty.program"].search([("l10n_ir_tier_ids", "!=", False)])
        )

    @api.model
    def _evaluate(self, programs, partners=None, day=None):
        """Move the members of `programs` by what they earned until `day`, today unless
        given; with `partners` only those of them."""
        day = day or self._today()
        for program in programs.sudo().filtered("l10n_ir_tier_ids"):
            self.sudo()._evaluate_program(program, partners, day)

    def _evaluate_program(self, program, partners, day):
        tiers = program.l10n_ir_tier_ids
        moves = []
        for partner_id, membership_id, rank in self._differences(
            program, partners, day
        ):
            current = self.browse(membership_id)
            standing = decide(
                Standing(tiers._rank(current.tier_id), current.grace_until or None),
                rank,
                day,
                current.tier_id.grace_days,
                current.fixed_until or None,
            )
            tier = (
                tiers[standing.rank - 1 : standing.rank] if standing.rank else tiers[:0]
            )
            if tier != current.tier_id:
                moves.append(
                    {
                        "program_id": program.id,
                        "partner_id": partner_id,
                        "tier_id": tier.id,
                        "since": day,
                    }
                )
            elif current.grace_until != (standing.grace_until or False):
                current.grace_until = standing.grace_until
        self.create(moves)

    def _differences(self, program, partners, day):
        """The members who do not stand where they earned to, or live on grace.

        Returns rows of (id of the partner, id of the current row or None, earned rank).
        """
        self.env.flush_all()  # purchases and points of any model
        tiers = program.l10n_ir_tier_ids
        only = (
            SQL("AND card.partner_id = ANY(%s)", partners.ids)
            if partners is not None
            else SQL()
        )
        member = SQL(
            """SELECT DISTINCT card.partner_id
                 FROM loyalty_card AS card
                WHERE card.program_id = %s
                  AND card.active
                  AND card.partner_id IS NOT NULL
                  %s""",
            program.id,
            only,
        )
        measures, earned = tiers._measures(day, partners)
        rank_of = SQL(
            "CASE %s WHEN current.tier_id IS NULL THEN 0 ELSE -1 END",
            SQL(" ").join(
                SQL("WHEN current.tier_id = %s THEN %s", tier.id, rank)
                for rank, tier in enumerate(tiers, 1)
            ),
        )
        return self.env.execute_query(
            SQL(
                """
                WITH member AS (%(member)s), %(measures)s,
                     earned AS (
                         SELECT partner_id, MAX(rank) AS rank
                           FROM (%(earned)s) AS each_tier
                       GROUP BY partner_id)
                  SELECT member.partner_id, current.id, COALESCE(earned.rank, 0)
                    FROM member
               LEFT JOIN earned USING (partner_id)
               LEFT JOIN crm_ir_loyalty_membership AS current
                      ON current.partner_id = member.partner_id
                     AND current.program_id = %(program)s
                     AND current.until IS NULL
                   WHERE COALESCE(earned.rank, 0) != %(rank_of)s
                      OR current.grace_until IS NOT NULL
                ORDER BY member.partner_id
                """,
                member=member,
                measures=measures,
                earned=earned,
                program=program.id,
                rank_of=rank_of,
            )
        )
