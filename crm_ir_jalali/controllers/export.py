from datetime import date, datetime

from odoo.http import request

from odoo.addons.web.controllers import export

from ..models.date_format import format_date, format_datetime


def _write_jalali(fields, rows):
    """Turn the dates of columns that were asked for as Jalali into text, in place.

    The export dialog asks for such a column by the type "jalali", beside the true date.
    """
    columns = [i for i, field in enumerate(fields) if field.get("type") == "jalali"]
    for row in rows:
        for column in columns:
            value = row[column]
            if isinstance(value, datetime):
                # exported in the time zone of the user already
                row[column] = format_datetime(request.env, value, tz="UTC")
            elif isinstance(value, date):
                row[column] = format_date(request.env, value)


def _nodes(node):
    yield node
    for child in node.children.values():
        yield from _nodes(child)


class CSVExport(export.CSVExport):
    def from_data(self, fields, columns_headers, rows):
        _write_jalali(fields, rows)
        return super().from_data(fields, columns_headers, rows)


class ExcelExport(export.ExcelExport):
    def from_data(self, fields, columns_headers, rows):
        _write_jalali(fields, rows)
        return super().from_data(fields, columns_headers, rows)

    def from_group_data(self, fields, columns_headers, groups):
        nodes = list(_nodes(groups))
        for node in nodes:
            getattr(node, "aggregated_values")  # noqa: B009 - kept, of true dates
        for node in nodes:
            _write_jalali(fields, node.data)
        return super().from_group_data(fields, columns_headers, groups)
