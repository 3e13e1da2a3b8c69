from datetime import date

from odoo import fields, models
from odoo.tools import SQL


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    l10n_ir_tier_ids = fields.One2many("crm.ir.loyalty.tier", "program_id", "Tiers")
    l10n_ir_rule_ids = fields.One2many(
        "crm.ir.loyalty.rule", "program_id", "Earning Rules"
    )

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
