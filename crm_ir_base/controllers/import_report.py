import io
import json

import xlsxwriter

from odoo import http
from odoo.http import content_disposition, request


class ImportReport(http.Controller):
    @http.route("/crm_ir_base/import/report", type="http", auth="user", readonly=True)
    def report(self, data, **kwargs):
        """An xlsx file of the rows that an import has left out, to correct and import again.

        :param data: JSON file of ``headers``, ``rows`` (lists of cells) and ``filename``
        """
        table = json.load(data)
        output = io.BytesIO()
        # Cells are text as the user wrote it: leading zeros stay, "=…" is no formula.
        book = xlsxwriter.Workbook(
            output,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
        )
        sheet = book.add_worksheet()
        if (request.env.lang or "").startswith("fa"):
            sheet.right_to_left()
        for number, row in enumerate([table["headers"], *table["rows"]]):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, str(cell))
        book.close()
        mimetype = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return request.make_response(
            output.getvalue(),
            headers=[
                ("Content-Type", mimetype),
                ("Content-Disposition", content_disposition(table["filename"])),
            ],
        )
