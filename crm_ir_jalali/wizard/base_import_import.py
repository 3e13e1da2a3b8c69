from datetime import date

from odoo import api, models

from odoo.addons.base_import.models.base_import import ImportValidationError
from odoo.addons.crm_ir_base.models.import_messages import MESSAGES
from odoo.addons.crm_ir_base.tools import jalali_text
from odoo.addons.crm_ir_base.tools.import_cleaning import (
    CellError,
    calendar_of,
    clean_date,
)
from odoo.addons.crm_ir_base.tools.jalali import JalaliError
from odoo.addons.crm_ir_base.tools.text import to_latin_digits

from ..models.date_format import date_style


def _is_jalali_date(cell) -> bool:
    if not isinstance(cell, str) or calendar_of(cell) != "jalali":
        return False
    try:
        jalali_text.parse_datetime(cell)
    except JalaliError:
        return False
    return True


class BaseImportImport(models.TransientModel):
    _inherit = "base_import.import"

    @api.model
    def _try_match_date_time(self, preview_values, options):
        """Override: tell columns of Jalali dates, whose months have other lengths."""
        cells = [cell for cell in preview_values if cell]
        if cells and date_style(self.env).jalali and all(map(_is_jalali_date, cells)):
            return ["date", "datetime"]
        return super()._try_match_date_time(preview_values, options)

    @api.model
    def _parse_date_from_data(self, data, index, name, field_type, options):
        """Override: read Jalali dates where the user does not have the file cleaned.

        Each cell counts by its own year. A date cell of a spreadsheet is Gregorian by
        nature: with a Jalali year it is none of both, and refused.
        """
        if date_style(self.env).jalali:
            first = 1 + (options.get("skip") or 0) + bool(options.get("has_headers"))
            for number, row in enumerate(data, start=first):
                try:
                    row[index] = self._crm_ir_read_date(row[index], field_type)
                except CellError as error:
                    reason = self.env._(MESSAGES[error.reason])
                    raise ImportValidationError(
                        self.env._(
                            "Column %(column)s, row %(row)s: %(reason)s",
                            column=name,
                            row=number,
                            reason=reason % error.values,
                        ),
                        field=name,
                        field_type=field_type,
                    ) from error
        return super()._parse_date_from_data(data, index, name, field_type, options)

    def _crm_ir_read_date(self, cell, field_type):
        if isinstance(cell, date) or (cell and calendar_of(cell) == "jalali"):
            return clean_date(cell, "jalali", (), time=field_type == "datetime")
        return to_latin_digits(cell) if cell else cell
