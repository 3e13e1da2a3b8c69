from datetime import date, timedelta

import jdatetime
from hypothesis import given, settings, strategies

from odoo.tests import Form, tagged

from .common import JalaliAccountCommon


@tagged("post_install", "-at_install")
class TestPaymentTerms(JalaliAccountCommon):
    def _term(self, delay_type, days=0):
        return self.env["account.payment.term"].create(
            {
                "name": "x",
                "line_ids": [
                    (
                        0,
                        0,
                        {
                            "value_amount": 100,
                            "delay_type": delay_type,
                            "nb_days": days,
                        },
                    )
                ],
            }
        )

    def test_an_invoice_is_due_at_the_end_of_its_jalali_month(self):
        term = self._term("l10n_ir_after_end_of_month")
        for booked, due in (
            (date(2025, 9, 22), date(2025, 9, 22)),  # 31 Shahrivar 1404
            (date(2025, 9, 23), date(2025, 10, 22)),  # 1 Mehr
            (date(2025, 3, 20), date(2025, 3, 20)),  # 30 Esfand 1403
            (date(2026, 2, 20), date(2026, 3, 20)),  # 1 Esfand 1404, of 29 days
        ):
            with self.subTest(booked):
                invoice = self._entry(booked, invoice_payment_term_id=term.id)
                self.assertEqual(invoice.invoice_date_due, due)

    def test_days_are_counted_from_the_end_of_the_next_month(self):
        term = self._term("l10n_ir_after_end_of_next_month", 10)
        # 31 Shahrivar, end of Mehr, 10 days
        self.assertEqual(
            term.line_ids._get_due_date(date(2025, 9, 22)), date(2025, 11, 1)
        )

    @settings(deadline=None, derandomize=True, database=None)
    @given(strategies.dates(date(1925, 3, 22), date(2123, 1, 1)))
    def test_the_due_day_is_the_eve_of_a_jalali_month(self, day):
        booked = jdatetime.date.fromgregorian(date=day)
        for delay, ahead in (
            ("l10n_ir_after_end_of_month", 1),
            ("l10n_ir_after_end_of_next_month", 2),
        ):
            line = self.env["account.payment.term.line"].new(
                {"delay_type": delay, "nb_days": 0}
            )
            years, month = divmod(booked.month - 1 + ahead, 12)
            next_month = jdatetime.date(booked.year + years, month + 1, 1)
            self.assertEqual(
                line._get_due_date(day), next_month.togregorian() - timedelta(days=1)
            )

    def test_the_terms_of_stock_stay(self):
        term = self._term("days_after_end_of_month")
        self.assertEqual(
            term.line_ids._get_due_date(date(2025, 9, 22)), date(2025, 9, 30)
        )

    def test_the_form_previews_the_due_day(self):
        term = self._term("l10n_ir_after_end_of_month").with_context(lang="en_US")
        with Form(term) as form:
            form.example_date = "2025-09-23"
            self.assertIn("10/22/2025", form.example_preview)
