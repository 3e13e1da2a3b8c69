from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Override of `web`: for which of the user's companies texts are counted."""
        accounts = self.env["crm.ir.sms.account"].sudo()
        companies = accounts.search(
            [("company_id", "in", self.env.user.company_ids.ids)]
        ).company_id
        return super().session_info() | {"crm_ir_sms_companies": companies.ids}
