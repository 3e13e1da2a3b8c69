from odoo import api, fields, models
from odoo.tools import posix_to_ldml
from odoo.tools.misc import babel_locale_parse

from .date_format import (
    date_style,
    format_datetime,
    is_iso_8601,
    is_jalali,
    jalali_pattern,
    with_digits,
)
from .displayed_date import gregorian_element


class IrQwebFieldDatetime(models.AbstractModel):
    _inherit = "ir.qweb.field.datetime"

    @api.model
    def value_to_html(self, value, options):
        """Override: write the day, in the reader's time zone, in the reader's calendar."""
        style = date_style(self.env)
        if not value or not style.jalali or is_iso_8601(options.get("format")):
            return super().value_to_html(value, options)
        zone = {"tz": options["tz_name"]} if options.get("tz_name") else {}
        local = fields.Datetime.context_timestamp(
            self.with_context(**zone), fields.Datetime.to_datetime(value)
        )
        if not is_jalali(style, local.date()):
            return super().value_to_html(value, options)
        pattern = options.get("format") or self._crm_ir_pattern(options)
        pattern = jalali_pattern(local.date(), pattern, style.lang)
        html = super().value_to_html(value, dict(options, format=pattern))
        return with_digits(html, style)

    def _crm_ir_pattern(self, options):
        lang = self.user_lang()
        if options.get("time_only"):
            parts = [lang.time_format]
        elif options.get("date_only"):
            parts = [lang.date_format]
        else:
            parts = [lang.date_format, lang.time_format]
        return posix_to_ldml(" ".join(parts), locale=babel_locale_parse(lang.code))

    @api.model
    def attributes(self, record, field_name, options, values=None):
        """Override: offer the editor the date as `from_html` reads it."""
        attributes = super().attributes(record, field_name, options, values)
        if options.get("inherit_branding") and record[field_name]:
            attributes["data-oe-original-with-format"] = format_datetime(
                self.env,
                record[field_name],
                tz=attributes["data-oe-original-tz"],
                lang_code=self.env.user.lang,
            )
        return attributes

    @api.model
    def from_html(self, model, field, element):
        """Override: the date is displayed as Jalali."""
        return super().from_html(model, field, gregorian_element(self.env, element))
