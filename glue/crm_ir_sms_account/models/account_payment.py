from odoo import fields, models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    l10n_ir_is_told = fields.Boolean(
        string="Customer Told by SMS", readonly=True, copy=False
    )
