from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    l10n_ir_purchase_source = fields.Selection(
        related="company_id.l10n_ir_purchase_source", readonly=False
    )
    l10n_ir_customer_kind = fields.Selection(
        related="company_id.l10n_ir_customer_kind", readonly=False
    )
    l10n_ir_cohort_calendar = fields.Selection(
        related="company_id.l10n_ir_cohort_calendar", readonly=False
    )
    l10n_ir_customer_new_days = fields.Integer(
        related="company_id.l10n_ir_customer_new_days", readonly=False
    )
    l10n_ir_customer_inactive_days = fields.Integer(
        related="company_id.l10n_ir_customer_inactive_days", readonly=False
    )
    l10n_ir_customer_lost_days = fields.Integer(
        related="company_id.l10n_ir_customer_lost_days", readonly=False
    )
