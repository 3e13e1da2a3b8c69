from odoo import api, models

from odoo.addons.crm_ir_base.tools.identity import sheba


def is_sheba(number):
    """Tell whether `number` is a valid Sheba as it is stored, or typed with its IR."""
    number = number or ""
    return number.strip()[:2].upper() == "IR" and sheba.is_valid(number)


class ResPartnerBank(models.Model):
    """Iran among the countries of `base_iban`.

    Its table of countries belongs to the process, not to the database, and is left alone:
    the same server may serve databases without this module.
    """

    _inherit = "res.partner.bank"

    @api.model
    def retrieve_acc_type(self, acc_number):
        if is_sheba(acc_number):
            return "iban"
        return super().retrieve_acc_type(acc_number)

    def check_iban(self, iban=""):
        return is_sheba(iban) or super().check_iban(iban)

    @api.constrains("acc_number")
    def _check_iban(self):
        accounts = self.filtered(lambda account: not is_sheba(account.acc_number))
        return super(ResPartnerBank, accounts)._check_iban()
