from odoo import api, fields, models
from odoo.tools import ormcache

from ..tools.identity import card, common, sheba


class CrmIrBankCode(models.Model):
    """First digits by which the bank of a number is known.

    Three digits are the bank's code in a Sheba, six the prefix of a card. A bank has as many
    of them as it needs: some print several card prefixes, and those of a merged bank stay
    alive in old accounts.
    """

    _name = "crm.ir.bank.code"
    _description = "Iranian Bank Code"
    _rec_name = "code"
    _order = "code"

    code = fields.Char(
        required=True,
        help="Three digits: code of the bank in a Sheba. Six digits: beginning of a card number.",
    )
    bank_id = fields.Many2one("res.bank", required=True, index=True, ondelete="cascade")

    _code_uniq = models.Constraint("UNIQUE(code)", "This code already names a bank.")
    _code_length = models.Constraint(
        "CHECK(code ~ '^([0-9]{3}|[0-9]{6})$')",
        "A bank code has three digits (Sheba) or six (card).",
    )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create([self._compact(vals) for vals in vals_list])
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        result = super().write(self._compact(vals))
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    def _compact(self, vals):
        if not vals.get("code"):
            return vals
        return {**vals, "code": common.compact(vals["code"])}

    @api.model
    @ormcache()
    def _bank_id_by_code(self):
        return {record.code: record.bank_id.id for record in self.sudo().search([])}

    @api.model
    def _find_bank(self, number):
        """Return the `res.bank` of a Sheba or card number as typed, empty when unknown."""
        if sheba.is_valid(number):
            code = sheba.bank_code(number)
        elif card.is_valid(number):
            code = card.prefix(number)
        else:
            return self.env["res.bank"]
        return self.env["res.bank"].browse(self._bank_id_by_code().get(code))
