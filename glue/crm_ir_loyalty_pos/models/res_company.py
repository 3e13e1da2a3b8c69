from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    l10n_ir_purchase_source = fields.Selection(
        selection_add=[("pos", "Posted Invoices and Point of Sale")],
        ondelete={"pos": "set default"},
    )
