from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    l10n_ir_registration_number = fields.Char(
        related="partner_id.l10n_ir_registration_number", readonly=False
    )
    l10n_ir_show_toman = fields.Boolean(
        string="Show Toman",
        help="Show amounts in Rial in Toman as well, to be read only.",
    )
