from odoo import models

from .date_format import date_style, format_date, format_datetime


class MailTrackingValue(models.Model):
    _inherit = "mail.tracking.value"

    def _format_display_value(self, field_type, new=True):
        """Override: write dates for e-mails; the web client formats them itself."""
        values = super()._format_display_value(field_type, new=new)
        lang = self.env.context.get("crm_ir_tracking_lang")
        is_date = field_type in ("date", "datetime")
        if not is_date or not lang or not date_style(self.env, lang).jalali:
            return values
        moments = self.mapped("new_value_datetime" if new else "old_value_datetime")
        if field_type == "date":
            return [
                moment and format_date(self.env, moment.date(), lang_code=lang)
                for moment in moments
            ]
        tz = self.env.user.tz or "UTC"
        return [
            moment
            and f"{format_datetime(self.env, moment, tz=tz, lang_code=lang)} {tz}"
            for moment in moments
        ]
