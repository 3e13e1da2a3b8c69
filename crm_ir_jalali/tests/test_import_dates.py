import csv
import io
import json
from datetime import date, datetime

import jdatetime
import openpyxl

from odoo.http import Request
from odoo.tests import HttpCase, tagged

from odoo.addons.base_import.models.base_import import ImportValidationError

from .test_print import PrintCase

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {
    "advanced": True, "date_format": "", "datetime_format": "", "encoding": "utf-8",
    "float_decimal_separator": ".", "float_thousand_separator": ",", "has_headers": True,
    "keep_matches": False, "limit": 2000, "quoting": '"', "separator": ",", "sheet": "",
    "skip": 0,
}  # fmt: skip
# how people write 18 Mehr 1404
WRITTEN = [
    "1404/07/18", "1404-7-18", "۱۴۰۴/۰۷/۱۸", "١٤٠٤/٠٧/١٨", "1404.07.18", "14040718",
    "18/07/1404", "18 مهر 1404", "جمعه ۱۸ مهر ۱۴۰۴", "18 Mehr 1404",
]  # fmt: skip


def csv_file(rows):
    content = io.StringIO()
    csv.writer(content).writerows(rows)
    return content.getvalue().encode()


def xlsx_file(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@tagged("post_install", "-at_install")
class TestImportDates(PrintCase):
    """With the cleaning of crm_ir_base and, as here unless said, without it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "sales_team.group_sale_salesman"
        cls.persian = cls.user_of("fa_IR", groups)
        cls.english = cls.user_of("en_US", groups)

    def load(self, content, fields, model="crm.lead", user=None, **options):
        env = self.env_of(user or self.persian)
        importer = env["base_import.import"].create(
            {
                "res_model": model,
                "file": content,
                "file_type": XLSX if content.startswith(b"PK") else "text/csv",
            }
        )
        options = {**OPTIONS, "crm_ir_clean": False, **options}
        result = importer.execute_import(fields, fields, options)
        return result, env[model].browse(result.get("ids") or [])

    def load_days(self, cells, file=csv_file, **options):
        rows = [
            ["name", "date_deadline"],
            *([f"Lead {n}", c] for n, c in enumerate(cells)),
        ]
        result, leads = self.load(file(rows), ["name", "date_deadline"], **options)
        self.assertFalse(result["messages"], result)
        return leads.mapped("date_deadline")

    def error_of(self, cells, file=csv_file, **options):
        rows = [
            ["name", "date_deadline"],
            *([f"Lead {n}", c] for n, c in enumerate(cells)),
        ]
        result, leads = self.load(file(rows), ["name", "date_deadline"], **options)
        self.assertFalse(leads)
        [message] = result["messages"]
        return message["message"]

    def test_a_jalali_date_is_the_same_day_however_written(self):
        for clean in (False, True):
            days = self.load_days(WRITTEN, crm_ir_clean=clean)
            self.assertEqual(days, [date(2025, 10, 10)] * len(WRITTEN))

    def test_every_month_has_its_own_length(self):
        ends = [
            (1404, month, 31 if month <= 6 else 30 if month <= 11 else 29)
            for month in range(1, 13)
        ] + [(1403, 12, 30), (1408, 12, 30)]
        days = self.load_days([f"{y}/{m:02}/{d:02}" for y, m, d in ends])
        self.assertEqual(days, [jdatetime.date(*end).togregorian() for end in ends])

    def test_each_cell_of_a_mixed_column_counts_by_its_year(self):
        days = self.load_days(
            ["1404/07/18", "2025-10-10", "۲۰۲۵-۱۰-۱۰"], date_format="%Y-%m-%d"
        )
        self.assertEqual(days, [date(2025, 10, 10)] * 3)

    def test_real_dates_of_a_spreadsheet_are_taken_as_they_are(self):
        for clean in (False, True):
            for options in ({}, {"crm_ir_calendars": {"1": "jalali"}}):
                days = self.load_days(
                    [date(2025, 10, 10), "1404/07/18"],
                    xlsx_file,
                    crm_ir_clean=clean,
                    **options,
                )
                self.assertEqual(days, [date(2025, 10, 10)] * 2)

    def test_a_time_of_day_is_in_the_time_zone_of_the_user(self):
        rows = [
            ["name", "start", "stop"],
            ["Text", "1404/07/19 00:15", "۱۴۰۴/۰۷/۱۹ ۰۱:۱۵:۰۰"],
            ["Cells", datetime(2025, 10, 11, 0, 15), datetime(2025, 10, 11, 1, 15)],
        ]
        for clean in (False, True):
            _result, events = self.load(
                xlsx_file(rows), rows[0], "calendar.event", crm_ir_clean=clean
            )
            self.assertEqual(
                events.mapped("start"), [datetime(2025, 10, 10, 20, 45)] * 2
            )
            self.assertEqual(
                events.mapped("stop"), [datetime(2025, 10, 10, 21, 45)] * 2
            )

    def test_a_refused_date_is_named_by_row_and_reason(self):
        for cells, file, parts in (
            (["1404/07/18", "1404/12/30"], csv_file, ("3", "29")),
            (["1404/07/18", "1404/13/01"], csv_file, ("3", "13")),
            (["1404/07/18", "شنبه 18 مهر 1404"], csv_file, ("3",)),
        ):
            message = self.error_of(cells, file)
            for part in parts:
                self.assertIn(part, message)

    def test_a_date_cell_with_a_jalali_year_is_refused(self):
        # Excel has no dates before 1900, but other programs have.
        importer = self.env_of(self.persian)["base_import.import"].create(
            {"res_model": "crm.lead"}
        )
        data = [["Lead", date(1404, 7, 18)]]
        with self.assertRaisesRegex(ImportValidationError, "2.*1404"):
            importer._parse_date_from_data(data, 1, "date_deadline", "date", OPTIONS)

    def test_the_screen_offers_date_fields_for_a_jalali_column(self):
        rows = [["name", "x"], *(["Lead", cell] for cell in WRITTEN if "/" in cell)]
        rows += [["Lead", "1404/02/31"]]
        importer = self.env_of(self.persian)["base_import.import"].create(
            {
                "res_model": "crm.lead",
                "file": csv_file(rows),
                "file_type": "text/csv",
            }
        )
        for clean in (False, True):
            preview = importer.parse_preview({**OPTIONS, "crm_ir_clean": clean})
            self.assertEqual(preview["header_types"][1], ["date", "datetime"])

    def test_an_english_user_imports_as_in_stock(self):
        result, leads = self.load(
            csv_file([["name", "date_deadline"], ["Lead", "2025-10-10"]]),
            ["name", "date_deadline"],
            user=self.english,
        )
        self.assertEqual(leads.date_deadline, date(2025, 10, 10))
        result, leads = self.load(
            csv_file([["name", "date_deadline"], ["Lead", "1404-02-31"]]),
            ["name", "date_deadline"],
            user=self.english,
        )
        self.assertFalse(leads)
        self.assertIn("day is out of range", result["messages"][0]["message"])

    def test_the_machine_interface_takes_gregorian_dates_only(self):
        leads = self.env_of(self.persian)["crm.lead"]
        result = leads.load(["name", "date_deadline"], [["Lead", "2025-10-10"]])
        self.assertEqual(leads.browse(result["ids"]).date_deadline, date(2025, 10, 10))


@tagged("post_install", "-at_install")
class TestImportScreen(HttpCase):
    def test_a_file_is_imported_through_the_controllers(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        user = PrintCase.user_of.__func__(
            type(self), "fa_IR", "sales_team.group_sale_salesman"
        )
        self.authenticate(user.login, user.login)

        def call(method, args):
            url = f"/web/dataset/call_kw/base_import.import/{method}"
            params = {
                "model": "base_import.import",
                "method": method,
                "args": args,
                "kwargs": {"context": {"lang": "fa_IR", "tz": "Asia/Tehran"}},
            }
            return self.make_jsonrpc_request(url, params)

        import_id = call("create", [{"res_model": "crm.lead"}])
        content = csv_file([["name", "date_deadline"], ["Lead", "۱۴۰۴/۰۷/۱۸"]])
        response = self.url_open(
            "/base_import/set_file",
            data={"id": import_id, "csrf_token": Request.csrf_token(self)},
            files={"ufile": ("leads.csv", content, "text/csv")},
        )
        self.assertTrue(json.loads(response.text)["result"])
        preview = call("parse_preview", [import_id, OPTIONS])
        fields = ["name", "date_deadline"]
        self.assertEqual(preview["headers"], fields)
        options = preview["options"]
        result = call("execute_import", [import_id, fields, fields, options])
        lead = self.env["crm.lead"].browse(result["ids"])
        self.assertEqual(lead.date_deadline, date(2025, 10, 10))
