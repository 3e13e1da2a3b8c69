from odoo import fields, models
from odoo.fields import Domain


class ResBank(models.Model):
    _inherit = "res.bank"

    l10n_ir_english_name = fields.Char(
        string="English Name", help="Name as foreign banks and statements write it."
    )
    l10n_ir_code_ids = fields.One2many(
        "crm.ir.bank.code", "bank_id", string="Sheba Codes and Card Prefixes"
    )

    def _search_display_name(self, operator, value):
        domain = Domain(super()._search_display_name(operator, value))
        if operator == "ilike" and value:
            domain |= Domain("l10n_ir_english_name", "ilike", value)
        return domain

    def unlink(self):
        # Not left to the database, which would not refresh the cache of codes.
        self.sudo().l10n_ir_code_ids.unlink()
        return super().unlink()
