from odoo import api, fields, models
from odoo.fields import Domain

from .crm_ir_customer_stat import LIFECYCLES, SEGMENTS


class ResPartner(models.Model):
    _inherit = "res.partner"

    l10n_ir_stat_ids = fields.One2many(
        "crm.ir.customer.stat", "partner_id", "Customer Values"
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
