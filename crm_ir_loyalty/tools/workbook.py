"""Tables with charts in an .xlsx file."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

# Excel's own limits and taboos for the name of a sheet.
_SHEET_NAME = 31
_TABOO = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_NUMBER, _PERCENT = "#,##0", "0.0%"


@dataclass(frozen=True)
class Table:
    """A sheet: a row of headings, and rows of a label and figures.

    ``chart`` is a type of xlsxwriter ("column", "line"), or empty for none; of wide
    tables it shows at most ``series`` rows. Figures between 0 and 1 in a table of
    ``shares`` are percentages, coloured by size. None leaves a cell empty.
    """

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence]
    chart: str = ""
    shares: bool = False
    series: int = 12


def build(tables: Sequence[Table], right_to_left: bool) -> bytes:
    """Return the file; text is never taken for a formula or a link."""
    output = io.BytesIO()
    book = xlsxwriter.Workbook(
        output,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    figures = {
        shares: book.add_format({"num_format": _PERCENT if shares else _NUMBER})
        for shares in (False, True)
    }
    for table in tables:
        name = table.name.translate(_TABOO).strip()[:_SHEET_NAME]
        sheet = book.add_worksheet(name)
        if right_to_left:
            sheet.right_to_left()
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, len(table.headings), 14)
        sheet.write_row(0, 0, table.headings, heading)
        for number, (label, *values) in enumerate(table.rows, 1):
            sheet.write(number, 0, label)
            sheet.write_row(number, 1, values, figures[table.shares])
        if table.shares and table.rows:
            sheet.conditional_format(
                1,
                1,
                len(table.rows),
                len(table.headings) - 1,
                {
                    "type": "2_color_scale",
                    "min_color": "#FFFFFF",
                    "max_color": "#5B9BD5",
                },
            )
        if table.chart and table.rows:
            _add_chart(book, sheet, name, table)
    book.close()
    return output.getvalue()


def _add_chart(book, sheet, name: str, table: Table) -> None:
    chart = book.add_chart({"type": table.chart})
    last, width = len(table.rows), len(table.headings) - 1
    if table.shares:  # a line for each row
        for row in range(max(1, last - table.series + 1), last + 1):
            chart.add_series(
                {
                    "name": [name, row, 0],
                    "categories": [name, 0, 1, 0, width],
                    "values": [name, row, 1, row, width],
                }
            )
    else:  # the first column of figures
        chart.add_series(
            {
                "name": [name, 0, 1],
                "categories": [name, 1, 0, last, 0],
                "values": [name, 1, 1, last, 1],
            }
        )
    chart.set_title({"name": table.name})
    chart.set_size({"width": 720, "height": 360})
    sheet.insert_chart(last + 2, 0, chart)
