from odoo import models

from .date_format import replace_in_text
from .reader import for_any_reader


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def message_notify(self, **kwargs):
        """Override: the deadline of an activity, which stock has written into subtitles."""
        deadline = self.env.context.get("crm_ir_deadline")
        if deadline and kwargs.get("subtitles"):
            kwargs["subtitles"] = [
                replace_in_text(self.env, subtitle, deadline)
                for subtitle in kwargs["subtitles"]
            ]
        return super().message_notify(**kwargs)

    def _notify_by_email_prepare_rendering_context(self, *args, **kwargs):
        """Override: tracked dates, in the language of the recipients."""
        lang = kwargs.get("force_email_lang") or self.env.lang
        thread = for_any_reader(self).with_context(crm_ir_tracking_lang=lang)
        return super(MailThread, thread)._notify_by_email_prepare_rendering_context(
            *args, **kwargs
        )
