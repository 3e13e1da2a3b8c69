from odoo import api, models


class MailRenderMixin(models.AbstractModel):
    _inherit = "mail.render.mixin"

    @api.model
    def _shorten_links_text(
        self, content, link_tracker_vals, blacklist=None, base_url=None
    ):
        if self.env.context.get("l10n_ir_keeps_links"):
            return content
        return super()._shorten_links_text(
            content, link_tracker_vals, blacklist, base_url
        )
