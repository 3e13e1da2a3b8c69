from datetime import date

from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestFiscalDates(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.iran, cls.france = cls.env["res.company"].create(
            [
                {"name": "Iran", "l10n_ir_jalali_fiscal_year": True},
                {"name": "France", "l10n_ir_jalali_fiscal_year": False},
            ]
        )
        cls.clerk = new_test_user(
            cls.env,
            "clerk",
            groups="account.group_account_invoice",
            company_id=cls.iran.id,
            company_ids=[(6, 0, (cls.iran + cls.france).ids)],
        )

    def _year(self, day, company):
        [dates] = (
            self.env["res.company"]
            .with_user(self.clerk)
            .get_fiscal_dates([{"date": day, "company_id": company.id}])
        )
        return dates["start"], dates["end"]

    def test_the_fiscal_year_of_a_formula_is_that_of_the_company(self):
        year_1403 = (date(2024, 3, 20), date(2025, 3, 20))
        self.assertEqual(self._year("2024-03-20", self.iran), year_1403)
        self.assertEqual(self._year("2025-03-20", self.iran), year_1403)
        self.assertEqual(
            self._year("2025-03-20", self.france),
            (date(2025, 1, 1), date(2025, 12, 31)),
        )

    def test_the_default_company_is_that_of_the_user(self):
        [dates] = (
            self.env["res.company"]
            .with_user(self.clerk)
            .with_company(self.iran)
            .get_fiscal_dates([{"date": "2026-03-20", "company_id": None}])
        )
        self.assertEqual(dates["start"], date(2025, 3, 21))

    def test_balances_are_summed_over_the_fiscal_year(self):
        accounts = self.env["account.account"].with_user(self.clerk)
        for period, company, expected in (
            (
                {"range_type": "year", "year": 2024},
                self.iran,
                (date(2024, 3, 20), date(2025, 3, 20)),
            ),
            (
                {"range_type": "year", "year": 2024},
                self.france,
                (date(2024, 1, 1), date(2024, 12, 31)),
            ),
            (
                {"range_type": "day", "year": 2026, "month": 3, "day": 20},
                self.iran,
                (date(2025, 3, 21), date(2026, 3, 20)),
            ),
            (
                {"range_type": "month", "year": 2025, "month": 3},
                self.iran,
                (date(2025, 3, 1), date(2025, 3, 31)),
            ),
        ):
            with self.subTest(period=period, company=company.name):
                self.assertEqual(
                    accounts._get_date_period_boundaries(period, company), expected
                )
