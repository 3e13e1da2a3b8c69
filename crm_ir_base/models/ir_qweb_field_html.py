import re

from markupsafe import Markup

from odoo import api, models
from odoo.tools.misc import get_lang

# tags and entities come first, to be left alone
PHONE_IN_HTML = re.compile(r"<[^>]*>|&#?\w+;|(?P<phone>[+(]?\d[\d\s()./-]{5,}\d)")


class IrQwebFieldHtml(models.AbstractModel):
    _inherit = "ir.qweb.field.html"

    @api.model
    def record_to_html(self, record, field_name, options):
        """Override of `base`: phones of the company are not reversed in documents.

        In a right-to-left line the groups of a number change places and its + goes to
        the end. The details, header and footer of a company are free text, in which a
        phone number has no mark of its own. An element with `dir` is what the old engine
        of wkhtmltopdf understands.
        """
        html = super().record_to_html(record, field_name, options)
        if (
            html
            and record._name in ("res.company", "base.document.layout")
            and get_lang(self.env).direction == "rtl"
        ):
            html = Markup(PHONE_IN_HTML.sub(_left_to_right, html))
        return html


def _left_to_right(match):
    phone = match["phone"]
    return f'<bdi dir="ltr">{phone}</bdi>' if phone else match[0]
