from odoo import api, models
from odoo.fields import Datetime

from .date_format import replace_in_text


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    @api.model
    def _get_display_time(self, start, stop, zduration, zallday):
        """Override: the days, which stock writes without asking for a calendar."""
        text = super()._get_display_time(start, stop, zduration, zallday)
        zone = self.env.context.get("tz") or self.env.user.partner_id.tz or "UTC"
        event = self.with_context(tz=zone)
        days = {
            Datetime.context_timestamp(event, Datetime.to_datetime(moment)).date()
            for moment in (start, stop)
        }
        for day in days:
            text = replace_in_text(self.env, text, day)
        return text
