from odoo import api, models
from odoo.tools import str2bool

from ..tools import text


class CrmIrTextMixin(models.AbstractModel):
    """Names and addresses stored in one spelling, where the settings ask for it.

    What PostgreSQL cannot store, the NUL character, never reaches it.
    """

    _name = "crm.ir.text.mixin"
    _description = "Clean Persian Text"

    # names of the char fields to clean: words of people, never codes or secrets
    _l10n_ir_text_fields = ()

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._l10n_ir_clean_text(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._l10n_ir_clean_text(vals))

    @api.model
    def _l10n_ir_clean_text(self, vals):
        if not any(vals.get(fname) for fname in self._l10n_ir_text_fields):
            return vals
        ICP = self.env["ir.config_parameter"].sudo()
        if str2bool(ICP.get_param("crm_ir_base.clean_text", "False")):
            clean = text.clean
        else:
            clean = _without_nul
        return vals | {
            fname: clean(vals[fname])
            for fname in self._l10n_ir_text_fields
            if isinstance(vals.get(fname), str)
        }


def _without_nul(value):
    return value.replace("\0", "")
