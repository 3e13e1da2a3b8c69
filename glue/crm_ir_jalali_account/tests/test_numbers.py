from datetime import date, timedelta

import jdatetime
from freezegun import freeze_time
from hypothesis import given, settings, strategies
from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import JalaliAccountCommon

YEARS = range(1402, 1412)


@tagged("post_install", "-at_install")
class TestNumbers(JalaliAccountCommon):
    def test_invoices_begin_again_on_1_farvardin(self):
        for year in YEARS:
            first = jdatetime.date(year, 1, 1).togregorian()
            last = jdatetime.date(year + 1, 1, 1).togregorian() - timedelta(days=1)
            with self.subTest(year=year):
                names = [self._entry(day).name for day in (first, first, last)]
                self.assertEqual(
                    names,
                    [f"INV/{year}/00001", f"INV/{year}/00002", f"INV/{year}/00003"],
                )

    def test_numbers_do_not_depend_on_the_order_of_dates(self):
        names = [
            self._entry(date.fromisoformat(day)).name
            for day in ("2026-03-21", "2026-03-20", "2025-01-01", "2026-03-19")
        ]
        self.assertEqual(
            names,
            ["INV/1405/00001", "INV/1404/00001", "INV/1403/00001", "INV/1404/00002"],
        )

    def test_the_gregorian_new_year_changes_nothing(self):
        self.assertEqual(self._entry(date(2025, 12, 31)).name, "INV/1404/00001")
        self.assertEqual(self._entry(date(2026, 1, 1)).name, "INV/1404/00002")

    def test_entries_begin_again_every_jalali_month(self):
        names = [
            self._entry(date.fromisoformat(day), "entry").name
            for day in (
                "2025-09-22",  # 31 Shahrivar 1404
                "2025-09-23",  # 1 Mehr
                "2025-09-30",
                "2025-10-01",
                "2026-03-20",  # 29 Esfand
                "2026-03-21",  # 1 Farvardin 1405
            )
        ]
        self.assertEqual(
            names,
            [
                "MISC/1404/06/0001",
                "MISC/1404/07/0001",
                "MISC/1404/07/0002",
                "MISC/1404/07/0003",
                "MISC/1404/12/0001",
                "MISC/1405/01/0001",
            ],
        )

    def test_bills_and_refunds_have_series_of_their_own(self):
        day = date(2025, 9, 23)
        with freeze_time("2025-09-23 12:00"):
            self.assertEqual(self._entry(day, "in_invoice").name, "BILL/1404/07/0001")
            self.assertEqual(self._entry(day, "in_refund").name, "RBILL/1404/07/0001")
            self.assertEqual(self._entry(day, "in_refund").name, "RBILL/1404/07/0002")
            self.assertEqual(self._entry(day, "in_invoice").name, "BILL/1404/07/0002")
        self.assertEqual(self._entry(day, "out_refund").name, "RINV/1404/00001")
        self.assertEqual(self._entry(day).name, "INV/1404/00001")
        self.assertEqual(self._entry(day, "out_refund").name, "RINV/1404/00002")

    def test_a_shared_series_counts_refunds_too(self):
        self.company_data["default_journal_sale"].refund_sequence = False
        day = date(2025, 9, 23)
        self.assertEqual(self._entry(day).name, "INV/1404/00001")
        self.assertEqual(self._entry(day, "out_refund").name, "INV/1404/00002")

    def test_payments_and_statements_are_numbered_by_jalali_year(self):
        journal = self.company_data["default_journal_bank"]
        line = self.env["account.bank.statement.line"].create(
            {"journal_id": journal.id, "date": "2025-09-23", "amount": 5}
        )
        self.assertEqual(line.move_id.name, f"{journal.code}/1404/00001")
        invoice = self._entry(date(2025, 9, 23))
        journal.inbound_payment_method_line_ids.payment_account_id = (
            self.inbound_payment_method_line.payment_account_id
        )
        payment = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"payment_date": "2026-03-20"})
            ._create_payments()
        )
        self.assertEqual(payment.move_id.name, f"P{journal.code}/1404/00001")

    def test_the_company_decides_and_never_the_language(self):
        day = date(2026, 3, 20)
        in_persian = self._clerk("persian_in_iran", self.iran, "fa_IR")
        self.assertEqual(self._entry(day).name, "INV/1404/00001")
        self.assertEqual(self._entry(day, user=in_persian).name, "INV/1404/00002")
        self.assertEqual(
            self._entry(day, user=self.persian_in_paris).name, "INV/2026/00001"
        )
        self.assertEqual(
            self._entry(day, "entry", user=self.persian_in_paris).name,
            "MISC/2026/03/0001",
        )

    def test_a_series_may_restart_every_month(self):
        first = self._entry(date(2025, 9, 22), post=False)
        first.name = "INV/1404/06/0001"
        first.action_post()
        self.assertEqual(self._entry(date(2025, 9, 22)).name, "INV/1404/06/0002")
        self.assertEqual(self._entry(date(2025, 9, 23)).name, "INV/1404/07/0001")
        self.assertEqual(self._entry(date(2026, 3, 21)).name, "INV/1405/01/0001")

    def test_a_series_changes_its_restart_from_its_next_number_on(self):
        self._entry(date(2025, 8, 23))
        for day, name, following in (
            ("2025-09-23", "INV/1404/07/0001", "INV/1404/08/0001"),
            ("2025-11-22", "FACT/1404/0001", "FACT/1404/0002"),
        ):
            with self.subTest(name):
                invoice = self._entry(date.fromisoformat(day), post=False)
                invoice.name = name
                invoice.action_post()
                next_month = jdatetime.date.fromgregorian(
                    date=invoice.date
                ) + timedelta(days=31)
                self.assertEqual(self._entry(next_month.togregorian()).name, following)

    def test_a_series_may_never_restart(self):
        first = self._entry(date(2025, 9, 22), post=False)
        first.name = "INV00041"
        first.action_post()
        self.assertEqual(self._entry(date(2026, 3, 20)).name, "INV00042")
        self.assertEqual(self._entry(date(2026, 3, 21)).name, "INV00043")
        self.assertEqual(self._entry(date(2024, 3, 21)).name, "INV00044")

    def test_an_entry_named_by_hand_starts_no_series(self):
        self._entry(date(2025, 9, 22), "entry")
        opening = self._entry(date(2025, 3, 20), "entry", post=False)
        opening.name = "OPENING"
        opening.action_post()
        self.assertEqual(
            self._entry(date(2025, 9, 22), "entry").name, "MISC/1404/06/0002"
        )

    def test_a_journal_with_a_pattern_of_its_own_counts_jalali_years(self):
        first = self._entry(date(2026, 3, 20), post=False)
        first.name = "F140400001"
        first.action_post()
        self.company_data[
            "default_journal_sale"
        ].sequence_override_regex = (
            r"^(?P<prefix1>\D*)(?P<year>\d{4})(?P<seq>\d{5})(?P<suffix>\D*)$"
        )
        self.assertEqual(self._entry(date(2026, 3, 20)).name, "F140400002")
        self.assertEqual(self._entry(date(2026, 3, 21)).name, "F140500001")

    def test_a_draft_tells_the_number_it_will_get(self):
        invoice = self._entry(date(2026, 3, 20), post=False)
        self.assertEqual(invoice.name_placeholder, "INV/1404/00001")
        entry = self._entry(date(2025, 9, 23), "entry", post=False)
        self.assertEqual(entry.name_placeholder, "MISC/1404/07/0001")

    def test_a_draft_moved_across_nowruz_is_numbered_anew(self):
        self._entry(date(2026, 3, 20))
        invoice = self._entry(date(2026, 3, 20), post=False)
        invoice.name = "INV/1404/00002"
        with Form(invoice) as form:
            form.invoice_date = date(2026, 3, 21)
        self.assertFalse(invoice.name)
        self.assertEqual(invoice.name_placeholder, "INV/1405/00001")
        invoice.action_post()
        self.assertEqual(invoice.name, "INV/1405/00001")

    def test_a_draft_moved_within_its_year_keeps_its_number(self):
        invoice = self._entry(date(2025, 12, 31), post=False)
        invoice.name = "INV/1404/00007"
        with Form(invoice) as form:
            form.invoice_date = date(2026, 1, 1)
        self.assertEqual(invoice.name, "INV/1404/00007")

    def test_a_number_once_given_stays_with_its_year(self):
        invoice = self._entry(date(2026, 3, 20))
        invoice.button_draft()
        invoice.invoice_date = invoice.date = date(2026, 3, 21)
        with self.assertRaises(ValidationError):
            invoice.action_post()

    def test_a_number_of_another_year_is_refused(self):
        invoice = self._entry(date(2026, 3, 20), post=False)
        for name in ("INV/1405/00001", "INV/1404/11/0001", "INV/2025/00001"):
            with (
                self.subTest(name),
                self.assertRaises(ValidationError),
                self.cr.savepoint(),
            ):
                invoice.name = name
                invoice.action_post()

    def test_no_number_comes_twice(self):
        first = self._entry(date(2026, 3, 20))
        second = self._entry(date(2026, 3, 20))
        with (
            self.assertRaises(UniqueViolation),
            mute_logger("odoo.sql_db"),
        ):
            second.name = first.name

    def test_gaps_are_seen(self):
        moves = [self._entry(date(2026, 3, 20)) for _ in range(3)]
        self.assertEqual([m.made_sequence_gap for m in moves], [False] * 3)
        moves[1].with_context(force_delete=True).button_draft()
        moves[1].sudo().with_context(force_delete=True).unlink()
        self.assertTrue(moves[2].made_sequence_gap)
        self.assertFalse(self._entry(date(2026, 3, 21)).made_sequence_gap)

    def test_many_entries_of_two_years_are_numbered_at_once(self):
        moves = self.env["account.move"]
        for day in ("2026-03-20", "2026-03-21") * 3:
            moves |= self._entry(date.fromisoformat(day), post=False)
        moves.action_post()
        self.assertEqual(
            sorted(moves.mapped("name")),
            [
                f"INV/{year}/{number:05}"
                for year in (1404, 1405)
                for number in range(1, 4)
            ],
        )

    def test_late_bills_stay_in_their_jalali_month(self):
        with freeze_time("2026-04-10 12:00"):
            self._entry(date(2026, 2, 1), "in_invoice")
            bill = self._entry(date(2026, 3, 16), "in_invoice")
        self.assertEqual(bill.date, date(2026, 3, 20))
        self.assertEqual(bill.name, "BILL/1404/12/0001")

    @settings(max_examples=40, deadline=None, derandomize=True, database=None)
    @given(
        strategies.lists(
            strategies.dates(date(2023, 1, 1), date(2033, 1, 1)), min_size=1, max_size=4
        ),
        strategies.sampled_from(["out_invoice", "entry"]),
    )
    def test_numbers_name_the_period_of_their_day(self, days, move_type):
        with self.cr.savepoint() as savepoint:
            moves = self.env["account.move"]
            for day in days:
                moves |= self._entry(day, move_type)
            self.assertEqual(len(set(moves.mapped("name"))), len(days))
            for move in moves:
                jalali = jdatetime.date.fromgregorian(date=move.date)
                wanted = "%Y" if move_type == "out_invoice" else "%Y/%m"
                self.assertEqual(
                    move.sequence_prefix.split("/", 1)[1], jalali.strftime(wanted + "/")
                )
                reset = move._deduce_sequence_number_reset(move.name)
                start, end, *_years = move._get_sequence_date_range(reset)
                self.assertLessEqual(start, move.date)
                self.assertLessEqual(move.date, end)
                for edge in (start, end):
                    name = jdatetime.date.fromgregorian(date=edge).strftime(wanted)
                    self.assertEqual(name, jalali.strftime(wanted))
                for beyond in (start - timedelta(1), end + timedelta(1)):
                    name = jdatetime.date.fromgregorian(date=beyond).strftime(wanted)
                    self.assertNotEqual(name, jalali.strftime(wanted))
            savepoint.rollback()
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestSwitch(JalaliAccountCommon):
    """The company had numbers of its own before it chose Jalali years."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.iran.l10n_ir_jalali_fiscal_year = False

    def _switch(self, on=True):
        self.iran.l10n_ir_jalali_fiscal_year = on

    def test_numbers_given_stay_and_the_next_is_jalali(self):
        days = (date(2025, 9, 22), date(2025, 9, 23))
        old = [self._entry(day) for day in days]
        self._switch()
        new = [self._entry(day) for day in (*days, date(2026, 1, 5), date(2026, 3, 21))]
        self.assertEqual([m.name for m in old], ["INV/2025/00001", "INV/2025/00002"])
        self.assertEqual(
            [m.name for m in new],
            ["INV/1404/00001", "INV/1404/00002", "INV/1404/00003", "INV/1405/00001"],
        )

    def test_monthly_and_two_digit_years_give_way_too(self):
        self._entry(date(2025, 9, 22), "entry")
        invoice = self._entry(date(2025, 9, 22), post=False)
        invoice.name = "INV/25/0001"
        invoice.action_post()
        self._switch()
        self.assertEqual(
            self._entry(date(2025, 9, 22), "entry").name, "MISC/1404/06/0001"
        )
        self.assertEqual(self._entry(date(2025, 9, 22)).name, "INV/1404/00001")

    def test_fiscal_years_of_two_gregorian_years_give_way_too(self):
        self.iran.write({"fiscalyear_last_day": 20, "fiscalyear_last_month": "3"})
        invoice = self._entry(date(2025, 9, 22))
        self.assertEqual(invoice.name, "INV/25-26/0001")
        self._switch()
        self.assertEqual(self._entry(date(2025, 9, 22)).name, "INV/1404/0001")
        self.assertEqual(self._entry(date(2024, 3, 20)).name, "INV/1403/0001")
        self.assertEqual(invoice.name, "INV/25-26/0001")

    def test_jalali_numbers_written_by_hand_are_gone_on_with(self):
        invoice = self._entry(date(2026, 3, 20), post=False)
        invoice.name = "INV/1404/00120"
        invoice.action_post()
        unnoticed = self._entry(date(2026, 4, 1))
        self.assertEqual(unnoticed.name, "INV/1404/00121")
        self._switch()
        self.assertEqual(self._entry(date(2026, 3, 20)).name, "INV/1404/00122")
        self.assertEqual(self._entry(date(2026, 4, 2)).name, "INV/1405/00001")

    def test_series_that_never_restart_go_on(self):
        invoice = self._entry(date(2025, 9, 22), post=False)
        invoice.name = "INV00041"
        invoice.action_post()
        self._switch()
        self.assertEqual(self._entry(date(2026, 3, 21)).name, "INV00042")

    def test_old_numbers_are_checked_as_in_stock(self):
        invoice = self._entry(date(2025, 12, 31))
        self._switch()
        invoice.button_draft()
        invoice.invoice_date = invoice.date = date(2025, 12, 30)
        invoice.action_post()
        self.assertEqual(invoice.name, "INV/2025/00001")
        invoice.button_draft()
        invoice.invoice_date = invoice.date = date(2026, 1, 1)
        with self.assertRaises(ValidationError):
            invoice.action_post()

    def test_drafts_are_numbered_when_they_are_posted(self):
        draft = self._entry(date(2025, 9, 22), post=False)
        self._switch()
        draft.action_post()
        self.assertEqual(draft.name, "INV/1404/00001")

    def test_switched_off_nothing_comes_twice(self):
        self._entry(date(2025, 9, 22))
        self._switch()
        self._entry(date(2025, 9, 22))
        self._switch(False)
        names = [self._entry(day).name for day in [date(2025, 9, 22)] * 2]
        self.assertEqual(names, ["INV/1404/00002", "INV/1404/00003"])

    def test_refunds_of_old_invoices_are_jalali(self):
        invoice = self._entry(date(2025, 9, 22))
        self._entry(date(2025, 9, 22), "out_refund")
        self._switch()
        refund = invoice._reverse_moves([{"date": date(2025, 9, 23)}])
        refund.invoice_date = refund.date
        refund.action_post()
        self.assertEqual(refund.name, "RINV/1404/00001")

    def test_two_companies_share_no_series(self):
        both = self._clerk("both", self.iran, "en_US")
        both.company_ids = [Command.link(self.france.id)]
        self._switch()
        self.assertEqual(self._entry(date(2026, 3, 20)).name, "INV/1404/00001")
        self.assertEqual(
            self._entry(date(2026, 3, 20), user=self.persian_in_paris).name,
            "INV/2026/00001",
        )
        self.assertEqual(
            self._entry(date(2026, 3, 20), user=both).name, "INV/1404/00002"
        )
