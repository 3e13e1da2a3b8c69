from datetime import datetime, timezone
from zoneinfo import ZoneInfo

from odoo import api, fields, models

from .crm_ir_customer_cohort import CALENDARS

# A change of one of these changes all customers of the company.
CHOICES = {
    "l10n_ir_purchase_source",
    "l10n_ir_customer_kind",
    "l10n_ir_cohort_calendar",
    "l10n_ir_customer_new_days",
    "l10n_ir_customer_inactive_days",
    "l10n_ir_customer_lost_days",
}


class ResCompany(models.Model):
    _inherit = "res.company"

    l10n_ir_purchase_source = fields.Selection(
        [("invoice", "Posted Invoices"), ("sale", "Confirmed Sale Orders")],
        "Purchases",
        default="invoice",
        help="What counts as a purchase of a customer.",
    )
    l10n_ir_customer_kind = fields.Selection(
        [("commercial", "Companies"), ("contact", "Contacts")],
        "Customers",
        default="commercial",
        help="Whether purchases of the people of a company count as the company's or as "
        "their own.",
    )
    l10n_ir_cohort_calendar = fields.Selection(
        CALENDARS,
        "Months of Cohorts",
        compute="_compute_l10n_ir_cohort_calendar",
        precompute=True,
        store=True,
        readonly=False,
    )
    l10n_ir_customer_new_days = fields.Integer(
        "New for",
        default=60,
        help="Days from the first purchase for which a customer is new.",
    )
    l10n_ir_customer_inactive_days = fields.Integer(
        "Inactive after",
        default=180,
        help="Days without a purchase after which a customer is inactive.",
    )
    l10n_ir_customer_lost_days = fields.Integer(
        "Lost after",
        default=365,
        help="Days without a purchase after which a customer is lost.",
    )

    _l10n_ir_customer_days_order = models.Constraint(
        """CHECK (0 < l10n_ir_customer_new_days
                  AND l10n_ir_customer_new_days <= l10n_ir_customer_inactive_days
                  AND l10n_ir_customer_inactive_days < l10n_ir_customer_lost_days)""",
        "A customer is new for some days, inactive after at least as many, and lost after "
        "more than that: correct the three numbers of days.",
    )

    @api.depends("country_id")
    def _compute_l10n_ir_cohort_calendar(self):
        for company in self:
            company.l10n_ir_cohort_calendar = (
                "jalali" if company.country_id.code == "IR" else "gregorian"
            )

    def write(self, vals):
        """Override: customers are recomputed by what their company chose."""
        changed = self.filtered(
            lambda company: any(
                name in CHOICES and company[name] != value
                for name, value in vals.items()
            )
        )
        result = super().write(vals)
        self.env["crm.ir.customer.touch"]._add(
            (company, self.env["res.partner"]) for company in changed
        )
        return result

    def _l10n_ir_zone(self):
        """The time zone in which the days of the company begin."""
        return ZoneInfo(self.partner_id.tz or "Asia/Tehran")

    def _l10n_ir_today(self):
        return datetime.now(timezone.utc).astimezone(self._l10n_ir_zone()).date()
