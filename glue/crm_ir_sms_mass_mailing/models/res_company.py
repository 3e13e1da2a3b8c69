from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _l10n_ir_allows_links_in_advertising(self):
        """Whether every line that advertising may leave by lets links pass."""
        accounts = self.env["crm.ir.sms.account"].sudo()
        return not accounts.search_count(
            [
                ("company_id", "=", self.id),
                ("line_kind", "=", "promotional"),
                ("allows_links", "=", False),
            ],
            limit=1,
        )
