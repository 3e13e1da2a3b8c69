from odoo import models

from .sms_api import SmsApiIran


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_sms_api_class(self):
        """Override of `sms`: a company with an account of ours sends by it."""
        self.ensure_one()
        if self._l10n_ir_has_sms_account():
            return SmsApiIran
        return super()._get_sms_api_class()

    def _l10n_ir_has_sms_account(self):
        accounts = self.env["crm.ir.sms.account"].sudo()
        return bool(accounts.search_count([("company_id", "=", self.id)], limit=1))
