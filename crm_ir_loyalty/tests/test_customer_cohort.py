from datetime import date

from odoo.tests import tagged

from .customer_common import CustomerCase

MONTHS = ("cohort", "month_offset", "size", "customers", "revenue")


@tagged("post_install", "-at_install")
class TestCustomerCohort(CustomerCase):
    def cohorts(self, calendar, reference):
        self.company.l10n_ir_cohort_calendar = calendar
        self.refresh(reference)
        cohorts = self.env["crm.ir.customer.cohort"]
        cohorts._refresh(self.company, reference)
        return cohorts.with_user(self.user).search(
            [("company_id", "=", self.company.id)]
        )

    def cells(self, calendar, reference):
        return [
            tuple(row[name] for name in MONTHS)
            for row in self.cohorts(calendar, reference)
        ]

    def test_gregorian_months_by_hand(self):
        january, february = date(2026, 1, 1), date(2026, 2, 1)
        self.bought(
            (0, date(2026, 1, 5), 100), (0, date(2026, 1, 31), 50),
            (1, date(2026, 1, 31), 10), (2, date(2026, 1, 1), 1),
            # two of the three come back in February, nobody in March, one in April
            (0, date(2026, 2, 1), 20), (0, date(2026, 2, 28), 20),
            (1, date(2026, 2, 14), 5), (2, date(2026, 4, 30), 7),
            (3, date(2026, 2, 2), 1000), (3, date(2026, 3, 2), -300),
        )  # fmt: skip
        self.assertEqual(
            self.cells("gregorian", date(2026, 6, 15)),
            [
                (january, 0, 3, 3, 161),
                (january, 1, 3, 2, 45),
                (january, 2, 3, 0, 0),
                (january, 3, 3, 1, 7),
                (february, 0, 1, 1, 1000),
                (february, 1, 1, 0, -300),
                (february, 2, 1, 0, 0),
            ],
        )

    def test_jalali_months_begin_on_their_own_days(self):
        # 1 Farvardin 1405 is 21 March 2026, 1 Ordibehesht is 21 April
        self.bought(
            (0, date(2026, 3, 20), 1), (0, date(2026, 3, 21), 2),
            (1, date(2026, 3, 21), 4), (1, date(2026, 4, 20), 8),
            (1, date(2026, 4, 21), 16),
        )  # fmt: skip
        esfand, farvardin = date(2026, 2, 20), date(2026, 3, 21)
        self.assertEqual(
            self.cells("jalali", date(2026, 4, 30)),
            [
                (esfand, 0, 1, 1, 1),
                (esfand, 1, 1, 1, 2),
                (esfand, 2, 1, 0, 0),
                (farvardin, 0, 1, 1, 12),
                (farvardin, 1, 1, 1, 16),
            ],
        )

    def test_retention_is_the_share_that_came_back(self):
        self.bought(
            *[(who, date(2026, 1, 5), 1) for who in range(4)],
            (0, date(2026, 2, 5), 1),
        )
        rows = self.cohorts("gregorian", date(2026, 2, 28))
        self.assertEqual(rows.mapped("retention"), [1, 0.25])

    def test_later_days_than_the_reference_are_left_out(self):
        self.bought((0, date(2026, 1, 5), 1), (0, date(2026, 3, 5), 1))
        self.assertEqual(
            self.cells("gregorian", date(2026, 2, 1)), [(date(2026, 1, 1), 0, 1, 1, 1)]
        )

    def test_what_comes_back_after_the_last_month_is_not_of_that_month(self):
        self.bought((0, date(2026, 1, 5), 10), (0, date(2026, 2, 5), -3))
        for calendar, cohort in (
            ("gregorian", date(2026, 1, 1)),
            ("jalali", date(2025, 12, 22)),
        ):
            self.assertEqual(
                self.cells(calendar, date(2026, 3, 1)), [(cohort, 0, 1, 1, 10)]
            )

    def test_a_year_typed_wrongly_stops_nobody(self):
        self.bought((0, date(203, 1, 5), 10), (1, date(203, 2, 5), 10))
        self.assertFalse(self.cells("jalali", date(2026, 3, 1)))
        self.bought((0, date(203, 1, 5), 10), (1, date(203, 2, 5), 10))
        self.assertEqual(
            self.cells("gregorian", date(2026, 3, 1)),
            [
                (date(203, 1, 1), 0, 1, 1, 10),
                (date(203, 1, 1), 1, 1, 0, 0),
                (date(203, 2, 1), 0, 1, 1, 10),
            ],
        )

    def test_without_purchases_there_are_no_cohorts(self):
        self.bought((0, date(2026, 1, 5), 1))
        self.assertTrue(self.cells("jalali", date(2026, 2, 1)))
        self.bought()
        self.assertFalse(self.cells("jalali", date(2026, 2, 1)))

    def test_iranian_companies_have_jalali_months_and_may_choose(self):
        company = self.env["res.company"].create(
            {"name": "Tehran Shop", "country_id": self.env.ref("base.ir").id}
        )
        self.assertEqual(company.l10n_ir_cohort_calendar, "jalali")
        company.l10n_ir_cohort_calendar = "gregorian"
        self.assertEqual(company.l10n_ir_cohort_calendar, "gregorian")
        company.country_id = self.env.ref("base.de")
        self.assertEqual(company.l10n_ir_cohort_calendar, "gregorian")
