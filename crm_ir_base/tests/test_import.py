import io
import json
from collections import Counter
from datetime import date, datetime

import openpyxl

from odoo import http
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged
from odoo.tools import file_open

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {
    "advanced": True, "date_format": "", "datetime_format": "", "encoding": "",
    "float_decimal_separator": ".", "float_thousand_separator": ",", "has_headers": True,
    "keep_matches": False, "limit": 2000, "quoting": '"', "separator": "", "sheet": "", "skip": 0,
}  # fmt: skip


def workbook(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


class ImportCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.iran = cls.env.ref("base.ir")
        cls.env.company.country_id = cls.iran
        cls.env["res.lang"]._activate_lang("fa_IR")
        groups = "sales_team.group_sale_salesman,base.group_partner_manager"
        cls.user = new_test_user(cls.env, "importer", groups, lang="en_US")

    def importer(self, content, model="res.partner", user=None):
        kind = XLSX if content.startswith(b"PK") else "text/csv"
        values = {
            "res_model": model,
            "file": content,
            "file_name": "",
            "file_type": kind,
        }
        return self.env(user=user or self.user)["base_import.import"].create(values)

    def preview(self, importer, **options):
        preview = importer.parse_preview({**OPTIONS, **options})
        self.assertNotIn("error", preview)
        matches = preview["matches"] or {}
        preview["paths"] = [
            "/".join(matches.get(index, [])) or False
            for index in range(len(preview["headers"]))
        ]
        return preview

    def run_import(
        self, content, model="res.partner", user=None, dryrun=False, **options
    ):
        importer = self.importer(content, model, user)
        preview = self.preview(importer)
        options = {**preview["options"], "crm_ir_errors": "report", **options}
        return importer.execute_import(
            preview["paths"], preview["headers"], options, dryrun=dryrun
        )

    def reported(self, result):
        return {
            row["row"]: [(p["column"], p["message"]) for p in row["problems"]]
            for row in result["crm_ir"]["reported"]
        }

    def assertAccount(self, result, created, updated, reported):
        account = result["crm_ir"]
        self.assertEqual(
            (account["created"], account["updated"], len(account["reported"])),
            (created, updated, reported),
            self.reported(result),
        )
        self.assertEqual(account["rows"], created + updated + reported)


@tagged("post_install", "-at_install")
class TestImportSample(ImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with file_open("crm_ir_base/demo/sample_contacts.xlsx", "rb") as file:
            cls.sample = file.read()
        with file_open("crm_ir_base/tests/vectors/sample_contacts.json") as file:
            cls.truth = json.load(file)
        cls.kinds = Counter(row["mistake"] for row in cls.truth)

    def test_a_thousand_messy_rows_are_created_or_reported_and_everybody_is_found(self):
        result = self.run_import(self.sample)
        good = self.kinds[None]
        self.assertAccount(result, good, 0, 1000 - good)
        self.assertEqual(
            set(self.reported(result)),
            {row["row"] for row in self.truth if row["mistake"]},
        )
        Partner = self.env["res.partner"].with_user(self.user)
        imported = Partner.browse(result["ids"])
        provinces = {state.l10n_ir_iso_code: state for state in imported.state_id}
        for truth in self.truth:
            if truth["mistake"]:
                continue
            partner = Partner.search([("phone", "=", truth["mobile"])]) & imported
            self.assertEqual(len(partner), 1, truth)
            self.assertEqual(
                (
                    partner.name, partner.is_company, partner.l10n_ir_phone2 or None,
                    partner.l10n_ir_national_code or None, partner.zip,
                    partner.birthdate_date and partner.birthdate_date.isoformat() or None,
                    partner.state_id, partner.country_id, partner.email_normalized or None,
                ),
                (
                    truth["name"], truth["is_company"], truth["phone2"], truth["code"],
                    truth["zip"], truth["birthdate"], provinces[truth["province"]], self.iran,
                    truth["email"],
                ),
            )  # fmt: skip
            city = partner.with_context(lang="fa_IR").city_id
            self.assertIn(city.name, (False, partner.city), truth)
            self.assertIn(partner, Partner.search([("name", "ilike", truth["name"])]))
            if truth["code"]:
                self.assertIn(
                    partner, Partner.search([("display_name", "ilike", truth["code"])])
                )
        without_city = imported.filtered(lambda partner: not partner.city_id)
        self.assertFalse(without_city.mapped("city"))

    def test_updating_repeated_people_gives_the_same_people(self):
        result = self.run_import(self.sample, crm_ir_duplicates="update")
        repeated = self.kinds["repeated"]
        self.assertAccount(
            result, self.kinds[None], repeated, 1000 - self.kinds[None] - repeated
        )
        self.assertEqual(len(set(result["ids"])), self.kinds[None])

    def test_batches_and_a_test_run_give_the_account_of_the_whole(self):
        for dryrun in (True, False):
            account, skip = Counter(), 0
            while True:
                result = self.run_import(
                    self.sample,
                    dryrun=dryrun,
                    skip=skip,
                    limit=300,
                    crm_ir_duplicates="update",
                )
                account.update(
                    created=result["crm_ir"]["created"],
                    updated=result["crm_ir"]["updated"],
                    reported=len(result["crm_ir"]["reported"]),
                )
                skip = result["nextrow"]
                if not skip:
                    break
            repeated = self.kinds["repeated"]
            self.assertEqual(
                account,
                {
                    "created": self.kinds[None],
                    "updated": repeated,
                    "reported": 1000 - self.kinds[None] - repeated,
                },
            )

    def test_the_same_file_as_leads_brings_its_tomans_as_rials(self):
        rial = self.env.ref("base.IRR")
        rial.active = True
        company = self.env["res.company"].create(
            {"name": "IR", "country_id": self.iran.id, "currency_id": rial.id}
        )
        self.user.write({"company_ids": [(4, company.id)], "company_id": company.id})
        self.assertEqual(self.user.company_id.currency_id.name, "IRR")
        rows = [row for row in self.truth[:200] if not row["mistake"]]
        result = self.run_import(self.sample, model="crm.lead", limit=200)
        self.assertEqual(result["crm_ir"]["created"], len(rows))
        leads = self.env["crm.lead"].browse(result["ids"])
        self.assertEqual(
            [(lead.phone, lead.expected_revenue) for lead in leads],
            [(row["mobile"], row["rial"] or 0) for row in rows],
        )


@tagged("post_install", "-at_install")
class TestImport(ImportCase):
    def test_a_file_without_iranian_traits_is_stock_for_a_foreign_user(self):
        self.env.company.country_id = self.env.ref("base.be")
        importer = self.importer(
            workbook([["Name", "Phone"], ["  John  Doe ", "0470 123456"]])
        )
        preview = self.preview(importer)
        self.assertNotIn("crm_ir", preview)
        self.assertFalse(preview["options"]["crm_ir_clean"])
        result = importer.execute_import(
            ["name", "phone"], ["name", "phone"], preview["options"]
        )
        self.assertNotIn("crm_ir", result)
        self.assertEqual(
            self.env["res.partner"].browse(result["ids"]).phone, "0470 123456"
        )

    def test_an_iranian_file_is_only_a_proposal_for_a_foreign_user(self):
        self.env.company.country_id = self.env.ref("base.be")
        importer = self.importer(
            workbook([["نام", "موبایل"], ["علي پور", "09121234567"]])
        )
        preview = self.preview(importer)
        self.assertFalse(preview["options"]["crm_ir_clean"])
        self.assertEqual(preview["crm_ir"]["cells"], 0)

    def test_a_preview_tells_each_cell_that_will_be_cleaned(self):
        importer = self.importer(
            workbook([["نام", "موبایل"], ["علي", "09121234567"], ["رضا", None]])
        )
        preview = self.preview(importer)
        self.assertEqual(preview["paths"], ["name", "phone"])
        self.assertEqual(preview["crm_ir"]["cells"], 2)
        self.assertEqual(
            preview["crm_ir"]["examples"],
            [
                {"row": 2, "column": "نام", "before": "علي", "after": "علی"},
                {
                    "row": 2,
                    "column": "موبایل",
                    "before": "09121234567",
                    "after": "+989121234567",
                },
            ],
        )

    def test_a_problem_stops_everything_unless_the_user_chose_otherwise(self):
        content = workbook(
            [["نام", "کد ملی"], ["علی", "0499370899"], ["رضا", "0499370898"]]
        )
        before = self.env["res.partner"].search_count([])
        result = self.run_import(content, crm_ir_errors="stop")
        self.assertFalse(result["ids"])
        self.assertTrue(any(m["type"] == "error" for m in result["messages"]))
        self.assertEqual(list(self.reported(result)), [3])
        self.assertEqual(self.env["res.partner"].search_count([]), before)
        self.assertAccount(self.run_import(content), 1, 0, 1)

    def test_a_row_that_only_saving_refuses_keeps_no_other_row_out(self):
        names = [f"نام {number}" for number in range(40)]
        names[7] = names[33] = None
        rows = [["نام", "آدرس"], *([name, "خیابان آزادی"] for name in names)]
        result = self.run_import(workbook(rows))
        self.assertAccount(result, 38, 0, 2)
        self.assertEqual(list(self.reported(result)), [9, 35])
        partners = self.env["res.partner"].browse(result["ids"])
        self.assertEqual(partners.mapped("name"), [name for name in names if name])

    def test_a_value_that_is_not_found_names_its_row_and_what_was_meant(self):
        content = workbook(
            [["نام", "استان"], ["علی", "استان تهران"], ["رضا", "تهرران"]]
        )
        [(row, [(column, message)])] = self.reported(self.run_import(content)).items()
        self.assertEqual((row, column), (3, "استان"))
        self.assertIn("Tehran", message)
        stopped = self.run_import(content, crm_ir_errors="stop")
        error = next(m for m in stopped["messages"] if m.get("field") == "state_id")
        self.assertEqual(error["rows"], {"from": 2, "to": 2})
        self.assertIn("3", error["message"])

    def test_stocks_remedies_for_an_unknown_value_still_work_and_hide_no_row(self):
        content = workbook([["نام", "استان"], ["علی", "تهران"], ["رضا", "ناکجا"]])
        self.assertAccount(
            self.run_import(content, import_set_empty_fields=["state_id"]), 2, 0, 0
        )
        skipped = self.run_import(content, import_skip_records=["state_id"])
        self.assertAccount(skipped, 1, 0, 1)
        self.assertEqual(list(self.reported(skipped)), [3])

    def test_known_people_are_reported_updated_or_created_as_chosen(self):
        known = self.env["res.partner"].create(
            {
                "name": "علی",
                "phone": "09121234567",
                "street": "خیابان آزادی",
                "country_id": self.iran.id,
            }
        )
        content = workbook(
            [
                ["نام", "موبایل", "آدرس", "شهر"],
                ["علی رضایی", "۰۹۱۲۱۲۳۴۵۶۷", "", "شیراز"],
            ]
        )
        result = self.run_import(content)
        self.assertAccount(result, 0, 0, 1)
        self.assertIn("علی", str(self.reported(result)[2]))
        self.assertAccount(
            self.run_import(content, crm_ir_duplicates="update"), 0, 1, 0
        )
        self.assertEqual(known.name, "علی رضایی")
        self.assertEqual(known.street, "خیابان آزادی", "an empty cell erases nothing")
        self.assertEqual(known.with_context(lang="fa_IR").city_id.name, "شیراز")
        self.assertAccount(
            self.run_import(content, crm_ir_duplicates="create"), 1, 0, 0
        )

    def test_a_household_with_one_phone_is_several_people(self):
        content = workbook([
            ["نام", "موبایل", "کد ملی"],
            ["مریم", "09121234567", "0499370899"],
            ["رضا", "09121234567", "0790419904"],
            ["رضا", "09121234567", "0790419904"],
        ])  # fmt: skip
        result = self.run_import(content)
        self.assertAccount(result, 2, 0, 1)
        self.assertEqual(list(self.reported(result)), [4])

    def test_equal_rows_without_any_number_are_one_person(self):
        content = workbook(
            [["نام", "شهر"], ["علی", "یزد"], [" علي", "یزد"], ["علی", "قم"]]
        )
        result = self.run_import(content)
        self.assertAccount(result, 2, 0, 1)
        self.assertEqual(list(self.reported(result)), [3])

    def test_the_second_phone_of_a_cell_is_never_lost(self):
        result = self.run_import(workbook([
            ["نام", "موبایل", "تلفن دوم"],
            ["علی", "09121234567 - 02188776655", None],
            ["رضا", "09121234568 و 09121234569", "02188776650"],
        ]))  # fmt: skip
        self.assertAccount(result, 1, 0, 1)
        partner = self.env["res.partner"].browse(result["ids"])
        self.assertEqual(
            (partner.phone, partner.l10n_ir_phone2), ("+989121234567", "+982188776655")
        )
        self.assertIn("+989121234569", str(self.reported(result)[3]))

    def test_a_row_of_another_country_keeps_its_phone_and_postal_code(self):
        result = self.run_import(workbook([
            ["نام", "موبایل", "کد پستی", "کشور"],
            ["Hans", "0912 345678", "12345-678", "Germany"],
            ["علی", "0912 3456789", "1234567891", "ایران"],
        ]))  # fmt: skip
        german, iranian = self.env["res.partner"].browse(result["ids"])
        self.assertEqual((german.phone, german.zip), ("0912 345678", "12345-678"))
        self.assertEqual(
            (iranian.phone, iranian.country_id), ("+989123456789", self.iran)
        )

    def test_a_column_that_mixes_calendars_is_reported_until_one_is_chosen(self):
        content = workbook([
            ["نام", "تاریخ تولد"],
            ["علی", "1370/05/12"],
            ["رضا", "1991-08-03"],
            ["مینا", datetime(1991, 8, 3)],
        ])  # fmt: skip
        result = self.run_import(content)
        self.assertAccount(result, 1, 0, 2)
        result = self.run_import(
            content, crm_ir_calendars={"1": "jalali"}, crm_ir_duplicates="create"
        )
        self.assertEqual(list(self.reported(result)), [3])
        partners = self.env["res.partner"].browse(result["ids"])
        self.assertEqual(partners.mapped("birthdate_date"), [date(1991, 8, 3)] * 2)

    def test_a_bare_amount_is_in_the_unit_of_the_field_unless_chosen(self):
        self.env.ref("base.IRR").active = True
        company = self.env["res.company"].create(
            {
                "name": "IR",
                "country_id": self.iran.id,
                "currency_id": self.env.ref("base.IRR").id,
            }
        )
        self.user.write({"company_ids": [(4, company.id)], "company_id": company.id})
        content = workbook([["عنوان", "مبلغ"], ["الف", 1200], ["ب", "۱٬۲۰۰ تومان"]])
        for units, rials in (({}, [1200, 12000]), ({"1": "IRT"}, [12000, 12000])):
            result = self.run_import(content, "crm.lead", crm_ir_units=units)
            leads = self.env["crm.lead"].browse(result["ids"])
            self.assertEqual(leads.mapped("expected_revenue"), rials)

    def test_a_toman_is_never_stored_in_another_currency(self):
        self.assertNotIn(self.env.company.currency_id.name, ("IRR", "IRT"))
        content = workbook([["عنوان", "مبلغ"], ["الف", "1,200"], ["ب", "۱٬۲۰۰ تومان"]])
        result = self.run_import(content, "crm.lead")
        self.assertEqual(list(self.reported(result)), [3])
        self.assertEqual(
            self.env["crm.lead"].browse(result["ids"]).expected_revenue, 1200
        )

    def test_rows_keep_the_numbers_they_have_in_the_file(self):
        content = workbook([
            ["فهرست مشتریان"], [], ["نام", "موبایل"], ["علی", "09121234567"], [], ["رضا", "0912"],
        ])  # fmt: skip
        result = self.run_import(content)
        self.assertAccount(result, 1, 0, 1)
        self.assertEqual(list(self.reported(result)), [6])

    def test_a_row_without_a_value_in_any_matched_column_is_reported(self):
        result = self.run_import(
            workbook([["نام", "ستون دیگر"], ["علی", 1], [None, 2], ["  ", 3]])
        )
        self.assertAccount(result, 1, 0, 2)
        self.assertEqual(list(self.reported(result)), [3, 4])

    def test_a_separator_in_an_unquoted_text_is_reported(self):
        content = "نام,آدرس\nعلی,آزادی\nرضا,آزادی, پلاک ۳\nمینا\n".encode()
        result = self.run_import(content)
        self.assertAccount(result, 2, 0, 1)
        self.assertEqual(list(self.reported(result)), [3])

    def test_a_formula_without_a_result_is_reported_and_not_taken_for_empty(self):
        result = self.run_import(
            workbook([["نام", "آدرس"], ["علی", "=A2&1"], ["رضا", "آزادی"]])
        )
        self.assertAccount(result, 1, 0, 1)
        self.assertEqual(list(self.reported(result)), [2])

    def test_old_persian_files_are_read_in_windows_1256(self):
        content = "نام,موبايل\nعلي كريمي,09121234567\nگلي پويا,09121234568\n".encode(
            "cp1256"
        )
        result = self.run_import(content)
        self.assertAccount(result, 2, 0, 0)
        partners = self.env["res.partner"].browse(result["ids"])
        self.assertEqual(partners.mapped("name"), ["علی کریمی", "گلی پویا"])

    def test_hostile_cells_end_as_text_or_as_a_problem(self):
        content = "نام,موبایل,آدرس\nع\0لی,09121234567,=1+1\nرضا,{},x\n".format(
            "0912" * 20000
        )
        result = self.run_import(content.encode())
        self.assertAccount(result, 1, 0, 1)
        partner = self.env["res.partner"].browse(result["ids"])
        self.assertEqual((partner.name, partner.street), ("علی", "=1+1"))

    def test_a_persian_reader_gets_two_phone_columns_matched_to_two_fields(self):
        self.user.lang = "fa_IR"
        headers = [
            "نام",
            "نام خانوادگی",
            "تلفن",
            "تلفن همراه",
            "کدملی",
            "تاريخ تولد",
            "استان",
            "ایمیل",
        ]
        importer = self.importer(workbook([headers, ["علی"] * 8]))
        self.assertEqual(
            self.preview(importer)["paths"],
            ["name", "name", "l10n_ir_phone2", "phone", "l10n_ir_national_code",
             "birthdate_date", "state_id", "email"],
        )  # fmt: skip

    def test_a_match_that_the_user_saved_wins(self):
        self.env["base_import.mapping"].create(
            {"res_model": "res.partner", "column_name": "موبایل", "field_name": "ref"}
        )
        importer = self.importer(workbook([["نام", "موبایل"], ["علی", "1"]]))
        self.assertEqual(self.preview(importer)["paths"], ["name", "ref"])

    def test_lines_of_a_record_stay_with_it(self):
        content = workbook([
            ["name", "child_ids/name", "child_ids/phone"],
            ["شرکت الف", "علی", "09121234567"],
            [None, "رضا", "09121234568"],
            ["شرکت ب", "مینا", "0912"],
            [None, "سارا", "09121234569"],
        ])  # fmt: skip
        result = self.run_import(content)
        self.assertAccount(result, 2, 0, 2)
        self.assertEqual(list(self.reported(result)), [4, 5])
        company = self.env["res.partner"].browse(result["ids"])
        self.assertEqual(
            company.child_ids.sorted("name").mapped("phone"),
            ["+989121234568", "+989121234567"],
        )

    def test_records_named_by_external_id_are_counted_as_updated(self):
        content = workbook(
            [["id", "نام"], ["__import__.one", "علی"], ["__import__.two", "رضا"]]
        )
        self.assertAccount(self.run_import(content), 2, 0, 0)
        self.assertAccount(self.run_import(content), 0, 2, 0)

    def test_cleaning_asks_the_database_as_often_for_many_rows_as_for_few(self):
        def count_queries(rows):
            content = workbook([
                ["نام", "موبایل", "استان", "شهر", "ایمیل"],
                *(
                    [f"نام {n}", f"0912{n:07}", "تهران", "تهران", f"a{n}@example.com"]
                    for n in range(rows)
                ),
            ])  # fmt: skip
            importer = self.importer(content)
            paths = ["name", "phone", "state_id", "city", "email"]
            options = {**OPTIONS, "crm_ir_clean": True}
            importer._read_file(options)
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            importer._crm_ir_clean(paths, options)
            return self.env.cr.sql_log_count - before

        count_queries(3)
        self.assertEqual(count_queries(5), count_queries(200))

    def test_a_client_cannot_pass_an_account_of_its_own(self):
        Partner = self.env["res.partner"].with_context(
            crm_ir_import_batch={"rows": [1]}
        )
        self.assertTrue(Partner.load(["name"], [["علی"]])["ids"])


@tagged("post_install", "-at_install")
class TestImportReport(HttpCase):
    def test_reported_rows_come_back_as_they_were_written(self):
        new_test_user(self.env, "importer", "base.group_user")
        self.authenticate("importer", "importer")
        table = {
            "filename": "rows.xlsx",
            "headers": ["a"],
            "rows": [["0912"], ["=1+1"], ["علي"]],
        }
        response = self.url_open(
            "/crm_ir_base/import/report",
            data={"csrf_token": http.Request.csrf_token(self)},
            files={"data": ("blob", json.dumps(table), "application/json")},
        )
        sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
        self.assertEqual(
            [row[0].value for row in sheet.rows], ["a", "0912", "=1+1", "علي"]
        )
        self.assertNotIn("f", [row[0].data_type for row in sheet.rows])
