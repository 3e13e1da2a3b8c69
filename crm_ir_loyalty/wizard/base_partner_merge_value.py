from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Override of `base`, which keeps one value of those merged: it is recomputed."""
        values = (
            self.env["crm.ir.customer.stat"]
            .sudo()
            .search([("partner_id", "in", (src_partners | dst_partner).ids)])
        )
        companies = values.company_id
        result = super()._update_foreign_keys(src_partners, dst_partner)
        self.env["crm.ir.customer.touch"]._add(
            (company, dst_partner) for company in companies
        )
        return result
