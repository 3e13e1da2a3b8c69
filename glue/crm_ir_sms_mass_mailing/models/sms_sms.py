from odoo import models


class SmsSms(models.Model):
    _inherit = "sms.sms"

    def _get_sms_company(self):
        """Override of `crm_ir_sms`: a mailing reaches records of several companies."""
        return self.mailing_id.l10n_ir_company_id or super()._get_sms_company()

    def _l10n_ir_ledger_values(self):
        return {
            **super()._l10n_ir_ledger_values(),
            "mailing_id": self.mailing_id.id,
        }
