from odoo import api, models

from odoo.addons.crm_ir_sms.tools.text import FOOTER


class SmsComposer(models.TransientModel):
    _inherit = "sms.composer"

    @api.model
    def _get_unsubscribe_info(self, url):
        """Override of `mass_mailing_sms`: one answers the text to unsubscribe."""
        if self.env.company._l10n_ir_has_sms_account():
            return FOOTER
        return super()._get_unsubscribe_info(url)
