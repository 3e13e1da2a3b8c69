from datetime import datetime, time

from odoo import api, fields, models


class ResourceCalendar(models.Model):
    _inherit = "resource.calendar"

    @api.model
    def l10n_ir_unusual_days(self, date_from: str, date_to: str) -> dict[str, bool]:
        """Tell for each day whether the company of the user is closed.

        Both are UTC date-times as the web client writes them, both days included; the
        keys are days in the time zone of the company's working hours.
        """
        company = self.env.company
        return company.resource_calendar_id._get_unusual_days(
            datetime.combine(fields.Datetime.to_datetime(date_from), time.min),
            datetime.combine(fields.Datetime.to_datetime(date_to), time.max),
            company,
        )
