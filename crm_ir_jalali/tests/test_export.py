import csv
import io
import json
from datetime import date, datetime

import openpyxl

from odoo.http import Request
from odoo.tests import HttpCase, tagged

from .test_print import PrintCase

FIELDS = [
    {"name": "name", "label": "Name", "type": "char"},
    {"name": "date_deadline", "label": "Deadline", "type": "date"},
    {"name": "date_deadline", "label": "Deadline (Jalali)", "type": "jalali"},
    {"name": "date_open", "label": "Opened", "type": "datetime"},
    {"name": "date_open", "label": "Opened (Jalali)", "type": "jalali"},
]
ROW = (
    "Lead",
    datetime(2025, 10, 10),
    "1404/07/18",
    datetime(2025, 10, 11, 0, 15),
    "1404/07/19 00:15:00",
)


@tagged("post_install", "-at_install")
class TestExport(HttpCase):
    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("fa_IR")
        groups = "sales_team.group_sale_salesman,base.group_allow_export"
        self.user = PrintCase.user_of.__func__(type(self), "fa_IR", groups)
        self.lead = self.env["crm.lead"].create(
            {"name": "Lead", "date_deadline": "2025-10-10", "user_id": self.user.id}
        )
        self.lead.date_open = datetime(2025, 10, 10, 20, 45)
        self.authenticate(self.user.login, self.user.login)

    def export(self, kind, fields, groupby=()):
        response = self.url_open(
            f"/web/export/{kind}",
            data={
                "csrf_token": Request.csrf_token(self),
                "data": json.dumps(
                    {
                        "model": "crm.lead",
                        "fields": fields,
                        "ids": self.lead.ids,
                        "domain": [],
                        "groupby": groupby,
                        "import_compat": False,
                        "context": {"lang": "fa_IR", "tz": "Asia/Tehran"},
                    }
                ),
            },
        )
        response.raise_for_status()
        return response.content

    def sheet(self, fields, groupby=()):
        content = self.export("xlsx", fields, groupby)
        book = openpyxl.load_workbook(io.BytesIO(content))
        return [list(row) for row in book.active.rows]

    def test_dates_of_a_spreadsheet_are_true_dates(self):
        fields = [field for field in FIELDS if field["type"] != "jalali"]
        [_headers, row] = self.sheet(fields)
        self.assertEqual(
            [cell.value for cell in row],
            [cell for cell in ROW if "14" not in str(cell)],
        )
        self.assertTrue(row[1].is_date and row[2].is_date)

    def test_a_jalali_column_stands_beside_the_true_date(self):
        [headers, row] = self.sheet(FIELDS)
        self.assertEqual(
            [cell.value for cell in headers], [field["label"] for field in FIELDS]
        )
        self.assertEqual(tuple(cell.value for cell in row), ROW)
        self.assertTrue(row[1].is_date and row[3].is_date)

    def test_a_grouped_export_has_the_same_cells(self):
        rows = self.sheet(FIELDS, ["user_id"])
        self.assertEqual(tuple(cell.value for cell in rows[-1]), ROW)

    def test_a_csv_file_has_both_too(self):
        text = self.export("csv", FIELDS).decode()
        [_headers, row] = csv.reader(io.StringIO(text))
        self.assertEqual(
            row,
            [
                "Lead",
                str(date(2025, 10, 10)),
                "1404/07/18",
                "2025-10-11 00:15:00",
                "1404/07/19 00:15:00",
            ],
        )
