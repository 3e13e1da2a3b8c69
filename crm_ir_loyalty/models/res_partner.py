from secrets import randbelow

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.crm_ir_base.tools.phone import to_e164
from odoo.addons.crm_ir_base.tools.text import normalize

from .crm_ir_customer_stat import LIFECYCLES, SEGMENTS

_CODE_DIGITS = 8


class ResPartner(models.Model):
    _inherit = "res.partner"

    l10n_ir_member_since = fields.Date(
        "Member Since", copy=False, help="When this person joined the customer club."
    )
    l10n_ir_referral_code = fields.Char(
        "Referral Code",
        readonly=True,
        copy=False,
        help="Friends write it when they join; members get it with their card.",
    )
    l10n_ir_referrer_id = fields.Many2one(
        "res.partner",
        "Brought by",
        compute="_compute_l10n_ir_referrer_id",
        inverse="_inverse_l10n_ir_referrer_id",
        search="_search_l10n_ir_referrer_id",
        groups="sales_team.group_sale_salesman",
    )
    l10n_ir_referral_ids = fields.One2many(
        "crm.ir.loyalty.referral",
        "friend_id",
        "Was Brought by",
        groups="sales_team.group_sale_salesman",
    )
    l10n_ir_friend_ids = fields.One2many(
        "crm.ir.loyalty.referral",
        "referrer_id",
        "Friends",
        groups="sales_team.group_sale_salesman",
    )
    l10n_ir_membership_ids = fields.One2many(
        "crm.ir.loyalty.membership",
        "partner_id",
        "Tiers",
        groups="sales_team.group_sale_salesman",
    )
    _l10n_ir_referral_code_uniq = models.UniqueIndex(
        "(l10n_ir_referral_code) WHERE l10n_ir_referral_code IS NOT NULL",
        "This referral code belongs to another member.",
    )
    l10n_ir_stat_ids = fields.One2many(
        "crm.ir.customer.stat",
        "partner_id",
        "Customer Values",
        groups="sales_team.group_sale_salesman",
    )
    l10n_ir_shown_stat_ids = fields.Many2many(
        "crm.ir.customer.stat",
        string="Customer Value",
        compute="_compute_l10n_ir_value",
        groups="sales_team.group_sale_salesman",
        help="What the purchases of this customer from each company say.",
    )
    l10n_ir_lifecycle = fields.Selection(
        LIFECYCLES,
        "Lifecycle",
        compute="_compute_l10n_ir_value",
        search="_search_l10n_ir_lifecycle",
        groups="sales_team.group_sale_salesman",
        help="Where this customer stands in the current company.",
    )
    l10n_ir_segment = fields.Selection(
        SEGMENTS,
        "Segment",
        compute="_compute_l10n_ir_value",
        search="_search_l10n_ir_segment",
        groups="sales_team.group_sale_salesman",
        help="By how recently, how often and for how much the customer buys.",
    )

    @api.depends("l10n_ir_referral_ids.referrer_id")
    def _compute_l10n_ir_referrer_id(self):
        for partner in self:
            partner.l10n_ir_referrer_id = partner.l10n_ir_referral_ids.referrer_id

    def _inverse_l10n_ir_referrer_id(self):
        referrals = self.env["crm.ir.loyalty.referral"]
        for partner in self:
            referrer, referral = (
                partner.l10n_ir_referrer_id,
                partner.l10n_ir_referral_ids,
            )
            if referral.referrer_id == referrer:
                continue
            if referral.invoice_id:
                raise UserError(
                    self.env._(
                        "%(friend)s has bought already; who brought them stays.",
                        friend=partner.display_name,
                    )
                )
            referral.unlink()
            if referrer:
                referrals.create({"referrer_id": referrer.id, "friend_id": partner.id})

    def _search_l10n_ir_referrer_id(self, operator, value):
        return Domain("l10n_ir_referral_ids.referrer_id", operator, value)

    def _l10n_ir_become_members(self):
        """Note since when they are members, and give each a code to bring friends."""
        today = self.env["crm.ir.loyalty.movement"]._today()
        self.filtered(lambda one: not one.l10n_ir_member_since).write(
            {"l10n_ir_member_since": today}
        )
        for partner in self.filtered(lambda one: not one.l10n_ir_referral_code):
            partner.l10n_ir_referral_code = self._l10n_ir_new_referral_code()

    @api.model
    def _l10n_ir_new_referral_code(self):
        while True:
            code = str(randbelow(10**_CODE_DIGITS)).zfill(_CODE_DIGITS)
            taken = self.with_context(active_test=False).search_count(
                [("l10n_ir_referral_code", "=", code)], limit=1
            )
            if not taken:
                return code

    def _l10n_ir_refer(self, code):
        """Note that the member with a referral `code` or mobile number brought this one.

        Raises UserError where no member has it, ValidationError where the referral is
        not allowed.
        """
        self.ensure_one()
        text = normalize(code or "").strip()
        domain = Domain("l10n_ir_referral_code", "=", text)
        if phone := to_e164(text):
            domain |= Domain("phone_sanitized", "=", phone)
        members = domain & Domain("l10n_ir_member_since", "!=", False)
        referrer = self.sudo().search(members, limit=2)
        if len(referrer) != 1:
            raise UserError(
                self.env._(
                    "No member has the referral code or mobile number %(code)s.",
                    code=text,
                )
            )
        self.sudo().l10n_ir_referrer_id = referrer

    def _l10n_ir_shares_household(self, other):
        """Whether two contacts are one person or have a number or an address in common."""
        if self.commercial_partner_id == other.commercial_partner_id:
            return True
        return bool(self._l10n_ir_household() & other._l10n_ir_household())

    def _l10n_ir_household(self):
        phones = (self.phone, self.l10n_ir_phone2)
        marks = {("phone", to_e164(phone) or phone) for phone in phones if phone}
        single = {
            "email": self.email_normalized,
            "national_code": self.l10n_ir_national_code,
            "zip": self.zip,
        }
        marks.update((kind, mark) for kind, mark in single.items() if mark)
        if self.street and self.city:
            marks.add(
                ("street", normalize(f"{self.city} {self.street} {self.street2}"))
            )
        return marks

    def _l10n_ir_has_paid(self, domain=Domain.TRUE):
        """Whether the commercial entity has paid a customer invoice of the `domain`."""
        paid = Domain(
            [
                ("commercial_partner_id", "in", self.commercial_partner_id.ids),
                ("move_type", "in", ["out_invoice", "out_receipt"]),
                ("payment_state", "in", ["in_payment", "paid", "reversed"]),
                ("state", "=", "posted"),
                ("amount_total", ">", 0),
            ]
        )
        return bool(
            self.env["account.move"].sudo().search_count(paid & domain, limit=1)
        )

    @api.depends_context("allowed_company_ids", "company", "uid")
    def _compute_l10n_ir_value(self):
        # a person of a company shows the company's row where purchases are kept by it
        customers = self | self.commercial_partner_id
        found = self.env["crm.ir.customer.stat"].search(
            [("partner_id", "in", customers.ids)]
        )
        by_partner = found.grouped("partner_id")
        for partner in self:
            stats = by_partner.get(
                partner, by_partner.get(partner.commercial_partner_id, found.browse())
            )
            current = stats.filtered(lambda one: one.company_id == self.env.company)
            partner.l10n_ir_shown_stat_ids = stats
            partner.l10n_ir_lifecycle = current.lifecycle
            partner.l10n_ir_segment = current.segment

    def _search_l10n_ir_lifecycle(self, operator, value):
        return self._l10n_ir_search_stat("lifecycle", operator, value)

    def _search_l10n_ir_segment(self, operator, value):
        return self._l10n_ir_search_stat("segment", operator, value)

    @api.model
    def _l10n_ir_search_stat(self, field, operator, value):
        if operator != "in":
            return NotImplemented
        known = [one for one in value if one]
        rows = Domain("company_id", "=", self.env.company.id)
        domain = Domain("l10n_ir_stat_ids", "any", rows & Domain(field, "in", known))
        if len(known) < len(value):  # also those without a state
            domain |= Domain(
                "l10n_ir_stat_ids", "not any", rows & Domain(field, "!=", False)
            )
        return domain
