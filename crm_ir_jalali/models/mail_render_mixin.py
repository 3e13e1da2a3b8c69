from odoo import api, models

from .reader import for_any_reader


class MailRenderMixin(models.AbstractModel):
    _inherit = "mail.render.mixin"

    @api.model
    def _render_template(self, *args, **kwargs):
        """Override: the language of the recipient decides, whoever sends."""
        return super(MailRenderMixin, for_any_reader(self))._render_template(
            *args, **kwargs
        )
