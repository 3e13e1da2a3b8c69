from datetime import timedelta

from odoo import fields, models

from odoo.addons.crm_ir_base.tools import jalali

# How many Jalali months after that of the invoice the month is that ends.
_MONTHS_AHEAD = {
    "l10n_ir_after_end_of_month": 0,
    "l10n_ir_after_end_of_next_month": 1,
}


class AccountPaymentTermLine(models.Model):
    _inherit = "account.payment.term.line"

    delay_type = fields.Selection(
        selection_add=[
            ("l10n_ir_after_end_of_month", "Days after end of Jalali month"),
            ("l10n_ir_after_end_of_next_month", "Days after end of next Jalali month"),
        ],
        ondelete={
            "l10n_ir_after_end_of_month": "set days_after_end_of_month",
            "l10n_ir_after_end_of_next_month": "set days_after_end_of_next_month",
        },
    )

    def _get_due_date(self, date_ref):
        if self.delay_type not in _MONTHS_AHEAD:
            return super()._get_due_date(date_ref)
        day = fields.Date.to_date(date_ref) or fields.Date.context_today(self)
        month = jalali.add(day, months=_MONTHS_AHEAD[self.delay_type])
        return jalali.end_of(month, "month") + timedelta(days=self.nb_days)
