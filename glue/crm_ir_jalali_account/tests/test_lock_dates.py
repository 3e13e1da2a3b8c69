from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import Form, new_test_user, tagged

from .common import JalaliAccountCommon


@tagged("post_install", "-at_install")
class TestLockDates(JalaliAccountCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env,
            "manager",
            groups="account.group_account_manager",
            company_id=cls.iran.id,
            company_ids=[(6, 0, (cls.iran + cls.france).ids)],
        )

    def _lock(self, period, lock="fiscalyear_lock_date", company=None):
        wizard = (
            self.env["crm.ir.lock.dates"]
            .with_user(self.manager)
            .with_company(company or self.iran)
        )
        with Form(wizard) as form:
            form.period = period
            form.lock = lock
        form.record.action_lock()

    @freeze_time("2026-10-08 12:00")  # 16 Mehr 1405
    def test_books_are_closed_at_the_end_of_a_jalali_period(self):
        for period, expected in (
            ("month", date(2026, 9, 22)),  # 31 Shahrivar
            ("quarter", date(2026, 9, 22)),
            ("year", date(2026, 3, 20)),  # 29 Esfand 1404
        ):
            with self.subTest(period):
                self._lock(period)
                self.assertEqual(self.iran.fiscalyear_lock_date, expected)

    @freeze_time("2026-10-08 12:00")
    def test_each_lock_is_set_alone(self):
        self._lock("month", "sale_lock_date")
        self.assertEqual(self.iran.sale_lock_date, date(2026, 9, 22))
        self.assertFalse(self.iran.fiscalyear_lock_date)

    @freeze_time("2026-10-08 12:00")
    def test_other_companies_close_gregorian_periods(self):
        self._lock("month", company=self.france)
        self.assertEqual(self.france.fiscalyear_lock_date, date(2026, 9, 30))
        self._lock("year", company=self.france)
        self.assertEqual(self.france.fiscalyear_lock_date, date(2025, 12, 31))

    @freeze_time("2026-10-08 12:00")
    def test_an_invoice_of_a_closed_month_gets_the_end_of_the_next(self):
        self._lock("month")
        invoice = self._entry(date(2026, 9, 20))
        self.assertEqual(invoice.date, date(2026, 10, 8))

    def test_a_clerk_closes_nothing(self):
        with self.assertRaises(UserError):
            self.env["crm.ir.lock.dates"].with_user(self.clerk).create({})

    def test_nobody_closes_the_books_of_others(self):
        self.manager.company_ids = self.iran
        wizard = (
            self.env["crm.ir.lock.dates"]
            .with_user(self.manager)
            .create({"company_id": self.france.id})
        )
        with self.assertRaises(UserError):
            wizard.action_lock()
