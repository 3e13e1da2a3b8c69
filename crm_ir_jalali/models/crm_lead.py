from odoo import models

from .date_format import replace_in_text
from .reader import for_any_reader


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def _notify_by_email_prepare_rendering_context(self, *args, **kwargs):
        """Override: the deadline, which stock has written into the last subtitle."""
        context = super()._notify_by_email_prepare_rendering_context(*args, **kwargs)
        if self.date_deadline:
            *others, last = context["subtitles"]
            env = for_any_reader(self).env
            last = replace_in_text(env, last, self.date_deadline, context["lang"])
            context["subtitles"] = [*others, last]
        return context
