from odoo import api, models

from .date_format import format_date
from .displayed_date import gregorian_element


class IrQwebFieldDate(models.AbstractModel):
    _inherit = "ir.qweb.field.date"

    @api.model
    def attributes(self, record, field_name, options, values=None):
        """Override: offer the editor the date as `from_html` reads it."""
        attributes = super().attributes(record, field_name, options, values)
        is_date = record._fields[field_name].type == "date"
        if is_date and options.get("inherit_branding") and record[field_name]:
            attributes["data-oe-original-with-format"] = format_date(
                self.env, record[field_name], lang_code=self.env.user.lang
            )
        return attributes

    @api.model
    def from_html(self, model, field, element):
        """Override: the date is displayed as Jalali."""
        return super().from_html(model, field, gregorian_element(self.env, element))
