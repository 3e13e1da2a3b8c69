from datetime import date, timedelta

import jdatetime
from freezegun import freeze_time

from odoo.tests import new_test_user, tagged

from .common import JalaliAccountCommon

MONTHS = [
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور",
    "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
]  # fmt: skip


def named(day, with_year=True):
    name = jdatetime.date.fromgregorian(date=day)
    year = f" {name.year}" if with_year else ""
    return f"{name.day} {MONTHS[name.month - 1]}{year}"


@tagged("post_install", "-at_install")
class TestDashboard(JalaliAccountCommon):
    def graph(self, journal_type, lang):
        user = new_test_user(
            self.env,
            f"{journal_type}-{lang}",
            "account.group_account_readonly",
            lang=lang,
            company_id=self.iran.id,
            company_ids=self.iran.ids,
        )
        journal = self.company_data[f"default_journal_{journal_type}"]
        journal = journal.with_user(user).with_context(lang=lang)
        get_data = {
            "bank": journal._get_bank_cash_graph_data,
            "sale": journal._get_sale_purchase_graph_data,
        }[journal_type]
        return get_data()[journal.id][0]["values"]

    def test_the_days_of_a_bank_are_jalali(self):
        for today in (date(2025, 10, 10), date(2025, 12, 31), date(2026, 1, 2)):
            with freeze_time(today):
                points = self.graph("bank", "fa_IR")
                self.env["res.users"].search(
                    [("login", "=", "bank-fa_IR")]
                ).login = f"bank-{today}"
            days = [today - timedelta(days=count) for count in range(30, 0, -5)]
            self.assertEqual(
                [(point["name"], point["x"]) for point in points],
                [(named(day), named(day, with_year=False)) for day in days],
            )

    @freeze_time("2025-10-10")
    def test_the_weeks_of_open_invoices_are_jalali(self):
        labels = [point["label"] for point in self.graph("sale", "fa_IR")]
        self.assertEqual(labels[1], "5 - 11 مهر")
        self.assertEqual(labels[3], "19 - 25 مهر")
        self.assertEqual(labels[4], "26 مهر - 2 آبان")

    @freeze_time("2025-10-10")
    def test_an_english_reader_sees_stock(self):
        self.assertEqual(
            [point["label"] for point in self.graph("sale", "en_US")],
            ["Due", "28 Sep - 4 Oct", "This Week", "12 - 18 Oct", "19 - 25 Oct", "Not Due"],
        )  # fmt: skip
        self.assertEqual(self.graph("bank", "en_US")[-1]["name"], "5 October 2025")
