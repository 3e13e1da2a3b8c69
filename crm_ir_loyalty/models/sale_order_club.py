from odoo import models

from odoo.addons.crm_ir_base.tools.text import normalize


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _try_apply_code(self, code):
        """Override: a code may be typed in Persian digits, with blanks between them."""
        digits = "".join(normalize(code or "").split())
        return super()._try_apply_code(digits if digits.isdecimal() else code)
