from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import date_utils

from odoo.addons.crm_ir_base.tools import jalali


class CrmIrLockDates(models.TransientModel):
    _name = "crm.ir.lock.dates"
    _description = "Close Periods"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    lock = fields.Selection(
        [
            ("fiscalyear_lock_date", "All Entries"),
            ("sale_lock_date", "Sales"),
            ("purchase_lock_date", "Purchases"),
            ("tax_lock_date", "Entries with Taxes"),
        ],
        required=True,
        default="fiscalyear_lock_date",
    )
    period = fields.Selection(
        [
            ("month", "Last month"),
            ("quarter", "Last quarter"),
            ("year", "Last fiscal year"),
        ],
        required=True,
        default="month",
    )
    current_lock_date = fields.Date(compute="_compute_current_lock_date")
    lock_date = fields.Date(
        string="Lock Through",
        compute="_compute_lock_date",
        store=True,
        readonly=False,
        precompute=True,
        help="Nobody posts or changes entries up to and including this day.",
    )

    @api.depends("company_id", "lock")
    def _compute_current_lock_date(self):
        for wizard in self:
            wizard.current_lock_date = wizard.company_id[wizard.lock]

    @api.depends("company_id", "period")
    def _compute_lock_date(self):
        today = fields.Date.context_today(self)
        for wizard in self:
            company = wizard.company_id
            if wizard.period == "year":
                start = company.compute_fiscalyear_dates(today)["date_from"]
            elif company._l10n_ir_counts_jalali(today):
                start = jalali.start_of(today, wizard.period)
            else:
                start = date_utils.start_of(today, wizard.period)
            wizard.lock_date = start - timedelta(days=1)

    def action_lock(self):
        """Accountants close their own companies, though they may not edit them."""
        self.company_id.check_access("read")
        self.company_id.sudo()[self.lock] = self.lock_date
        return {"type": "ir.actions.act_window_close"}
