import hashlib
import re

from odoo import models

from odoo.addons.base.models.assetsbundle import AssetsBundle

REMOTE = r"(?:https?:)?//"
REMOTE_FONT = re.compile(
    rf"""
    @import\s*(?:url\(\s*)?
        (?:"{REMOTE}[^"]*"|'{REMOTE}[^']*'|{REMOTE}[^)\s;]*)\s*\)?[^;]*;
    | @font-face\s*{{[^}}]*url\(\s*["']?{REMOTE}[^}}]*}}
    """,
    re.VERBOSE,
)


class LocalFontsBundle(AssetsBundle):
    """An asset bundle whose stylesheets load no font or stylesheet of another host."""

    def get_checksum(self, asset_type):
        # the address differs, so that no cache serves the stock stylesheet
        checksum = super().get_checksum(asset_type)
        return hashlib.sha512(f"local fonts {checksum}".encode()).hexdigest()[:64]

    def preprocess_css(self, *args, **kwargs):
        super().preprocess_css(*args, **kwargs)
        for stylesheet in self.stylesheets:
            stylesheet._content = REMOTE_FONT.sub("", stylesheet.content)
        return "\n".join(stylesheet.minify() for stylesheet in self.stylesheets)


class IrQweb(models.AbstractModel):
    _inherit = "ir.qweb"

    def _get_asset_bundle(self, *args, **kwargs):
        bundle = super()._get_asset_bundle(*args, **kwargs)
        if self.env["ir.config_parameter"].sudo().get_param("crm_ir_base.no_web_fonts"):
            # not a new bundle: another module may have changed this one
            bundle.__class__ = LocalFontsBundle
        return bundle
