from odoo import api, fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.readonly
    @api.model
    def get_fiscal_dates(self, payload):
        results = super().get_fiscal_dates(payload)
        for index, (data, result) in enumerate(zip(payload, results, strict=True)):
            company = self.browse(data["company_id"] or self.env.company.id)
            day = fields.Date.to_date(data["date"])
            if result and company._l10n_ir_counts_jalali(day):
                year = company.compute_fiscalyear_dates(day)
                results[index] = {"start": year["date_from"], "end": year["date_to"]}
        return results
