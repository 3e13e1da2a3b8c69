from odoo import models

from .date_format import date_style, format_date, is_jalali


class CalendarRecurrence(models.Model):
    _inherit = "calendar.recurrence"

    def get_recurrence_name(self):
        """Override: the last day, which stock writes as in ISO 8601."""
        name = super().get_recurrence_name()
        if not self.until or not is_jalali(date_style(self.env), self.until):
            return name
        return name.replace(self.until.isoformat(), format_date(self.env, self.until))
