from datetime import date, timedelta

import jdatetime
from freezegun import freeze_time
from persiantools.jdatetime import JalaliDate

from odoo.tests import Form, tagged

from ..hooks import post_init_hook
from .common import JalaliAccountCommon


@tagged("post_install", "-at_install")
class TestFiscalYear(JalaliAccountCommon):
    def test_the_year_ends_on_the_eve_of_nowruz(self):
        for year in range(1402, 1412):
            first = jdatetime.date(year, 1, 1).togregorian()
            last = JalaliDate(year + 1, 1, 1).to_gregorian() - timedelta(days=1)
            for day in (first, last, date(first.year, 12, 31)):
                with self.subTest(year=year, day=day):
                    self.assertEqual(
                        self.iran.with_user(self.clerk).compute_fiscalyear_dates(day),
                        {"date_from": first, "date_to": last},
                    )

    def test_20_march_is_the_last_day_of_some_years_only(self):
        ends = [
            self.iran.compute_fiscalyear_dates(date(year, 10, 1))["date_to"]
            for year in range(2023, 2027)
        ]
        self.assertEqual(
            ends,
            [
                date(2024, 3, 19),
                date(2025, 3, 20),
                date(2026, 3, 20),
                date(2027, 3, 20),
            ],
        )

    def test_other_companies_keep_their_year(self):
        self.assertFalse(self.france.l10n_ir_jalali_fiscal_year)
        self.assertEqual(
            self.france.with_user(self.persian_in_paris).compute_fiscalyear_dates(
                date(2025, 6, 1)
            ),
            {"date_from": date(2025, 1, 1), "date_to": date(2025, 12, 31)},
        )

    def test_new_companies_in_iran_count_jalali_years(self):
        for country, expected in (("base.ir", True), ("base.fr", False)):
            company = self.env["res.company"].create(
                {"name": country, "country_id": self.env.ref(country).id}
            )
            self.assertEqual(company.l10n_ir_jalali_fiscal_year, expected)
        company = self.env["res.company"].create(
            {
                "name": "Other",
                "country_id": self.env.ref("base.ir").id,
                "l10n_ir_jalali_fiscal_year": False,
            }
        )
        self.assertFalse(company.l10n_ir_jalali_fiscal_year)

    def test_moving_to_iran_changes_no_books(self):
        self.france.country_id = self.env.ref("base.ir")
        self.assertFalse(self.france.l10n_ir_jalali_fiscal_year)

    def test_installation_decides_only_where_nothing_is_booked(self):
        empty, other_year = self.env["res.company"].create(
            [
                {"name": "Empty"},
                {
                    "name": "Other",
                    "fiscalyear_last_month": "9",
                    "fiscalyear_last_day": 22,
                },
            ]
        )
        self._entry(date(2025, 6, 1), user=self.persian_in_paris)
        companies = empty + other_year + self.france
        companies.country_id = self.env.ref("base.ir")
        post_init_hook(self.env)
        self.assertEqual(
            companies.mapped("l10n_ir_jalali_fiscal_year"), [True, False, False]
        )

    def test_branches_count_as_their_company(self):
        branch = self.env["res.company"].create(
            {"name": "Shiraz", "parent_id": self.iran.id}
        )
        self.assertTrue(branch.l10n_ir_jalali_fiscal_year)
        self.iran.l10n_ir_jalali_fiscal_year = False
        self.assertFalse(branch.l10n_ir_jalali_fiscal_year)

    def test_the_opening_entry_precedes_the_year(self):
        with freeze_time("2027-03-21 12:00"):
            values = self.iran._get_default_opening_move_values()
        self.assertEqual(values["date"], date(2027, 3, 20))
        with freeze_time("2027-03-20 12:00"):
            values = self.iran._get_default_opening_move_values()
        self.assertEqual(values["date"], date(2026, 3, 20))

    def test_days_outside_the_calendar_are_stock(self):
        self.assertEqual(
            self.iran.compute_fiscalyear_dates(date(2125, 6, 1))["date_to"],
            date(2125, 12, 31),
        )

    def test_the_year_is_chosen_in_the_onboarding(self):
        wizard = self.env["account.financial.year.op"].create(
            {"company_id": self.france.id, "opening_date": "2025-03-21"}
        )
        with Form(wizard) as form:
            form.l10n_ir_jalali_fiscal_year = True
        self.assertTrue(self.france.l10n_ir_jalali_fiscal_year)

    def test_the_year_is_chosen_in_the_settings(self):
        settings = (
            self.env["res.config.settings"]
            .with_company(self.france)
            .create({"l10n_ir_jalali_fiscal_year": True})
        )
        settings.execute()
        self.assertTrue(self.france.l10n_ir_jalali_fiscal_year)
