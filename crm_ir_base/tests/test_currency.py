from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, TransactionCase, new_test_user

# Amounts of up to 15 digits and a tenth survive in a float, Odoo's form of money.
WHOLE_RIAL = st.integers(-(10**15), 10**15)


class CurrencyCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rial = cls.env.ref("base.IRR")
        cls.toman = cls.env.ref("crm_ir_base.IRT")
        cls.dollar = cls.env.ref("base.USD")
        cls.company_by_currency = {
            currency: cls.env["res.company"].create(
                {"name": f"{currency.name} Co.", "currency_id": currency.id}
            )
            for currency in (cls.rial, cls.toman, cls.dollar)
        }

    def _set_rate(self, currency, company, **values):
        return (
            self.env["res.currency.rate"]
            .with_company(company)
            .create(
                {
                    "name": "2025-01-01",
                    "currency_id": currency.id,
                    "company_id": company.id,
                    **values,
                }
            )
        )


class TestUnits(CurrencyCase):
    def test_rial_is_ready_for_use(self):
        self.assertTrue(self.rial.active)
        self.assertEqual(self.rial.symbol, "ریال")
        self.assertEqual(self.rial.position, "after")
        self.assertEqual(self.rial.decimal_places, 0)
        self.assertEqual(self.rial.currency_unit_label, "Rial")
        self.assertFalse(self.rial.currency_subunit_label)

    def test_toman_is_ready_for_use(self):
        self.assertTrue(self.toman.active)
        self.assertEqual(self.toman.name, "IRT")
        self.assertEqual(self.toman.symbol, "تومان")
        self.assertEqual(self.toman.rounding, 0.1)

    def test_a_toman_currency_made_by_the_company_is_taken_over(self):
        self.env["ir.model.data"].search(
            [("module", "=", "crm_ir_base"), ("name", "=", "IRT")]
        ).unlink()
        self.env["res.currency"]._l10n_ir_adopt_toman()
        self.assertEqual(self.env.ref("crm_ir_base.IRT"), self.toman)

    def test_unusual_decimals_are_told_in_the_settings(self):
        settings = self.env["res.config.settings"]
        self.assertFalse(settings.create({}).l10n_ir_rounding_warning)
        self.rial.rounding = 0.01
        self.assertIn("IRR", settings.create({}).l10n_ir_rounding_warning)

    def test_whole_rials_are_never_rounded_to_other_ones(self):
        for amount in (10**15 + 3, -(10**15) - 3, 527_765_581_332_481, 999, 0):
            self.assertEqual(self.rial.round(amount), amount)
        self.assertEqual(self.rial.round(10**15 + 0.5), 10**15 + 1)
        self.assertEqual(self.rial.round(1234.5), 1235)

    def test_a_large_amount_is_stored_to_the_rial(self):
        company = self.company_by_currency[self.rial]
        lead = self.env["crm.lead"].create(
            {
                "name": "Refinery",
                "company_id": company.id,
                "expected_revenue": 10**15 + 1,
            }
        )
        lead.invalidate_recordset()
        self.assertEqual(lead.expected_revenue, 10**15 + 1)


class TestRatio(CurrencyCase):
    def test_a_toman_is_ten_rial_in_every_company(self):
        for company in self.company_by_currency.values():
            self.assertEqual(self.toman._convert(1, self.rial, company), 10)
            self.assertEqual(self.rial._convert(10, self.toman, company), 1)
            rates = (self.rial + self.toman)._get_rates(company, date.today())
            self.assertAlmostEqual(rates[self.rial.id] / rates[self.toman.id], 10, 12)

    @settings(deadline=None, derandomize=True, database=None)
    @given(WHOLE_RIAL)
    def test_rial_to_toman_and_back_is_exact(self, amount):
        toman = self.rial._convert(amount, self.toman, self.env.company, date.today())
        self.assertEqual(repr(toman), repr(float(f"{amount}e-1") if amount else 0.0))
        self.assertEqual(
            self.toman._convert(toman, self.rial, self.env.company, date.today()),
            amount,
        )

    def test_toman_follows_the_rate_of_rial(self):
        company = self.company_by_currency[self.dollar]
        self._set_rate(self.rial, company, company_rate=600_000)
        day = date(2025, 6, 1)
        self.assertEqual(self.dollar._convert(1, self.rial, company, day), 600_000)
        self.assertEqual(self.dollar._convert(1, self.toman, company, day), 60_000)
        self.assertEqual(self.toman._convert(60_000, self.dollar, company, day), 1)

    def test_foreign_money_in_a_toman_company(self):
        company = self.company_by_currency[self.toman]
        self._set_rate(self.dollar, company, inverse_company_rate=60_000)
        day = date(2025, 6, 1)
        self.assertEqual(self.dollar._convert(1, self.toman, company, day), 60_000)
        self.assertEqual(self.dollar._convert(1, self.rial, company, day), 600_000)

    def test_foreign_money_in_a_rial_company(self):
        company = self.company_by_currency[self.rial]
        self._set_rate(self.dollar, company, inverse_company_rate=600_000)
        day = date(2025, 6, 1)
        self.assertEqual(self.dollar._convert(1, self.toman, company, day), 60_000)
        self.assertEqual(self.toman._convert(60_000, self.dollar, company, day), 1)

    def test_the_locked_rate_cannot_be_set(self):
        for currency, locked in (
            (self.rial, self.toman),
            (self.dollar, self.toman),
            (self.toman, self.rial),
        ):
            company = self.company_by_currency[currency]
            with self.assertRaisesRegex(
                ValidationError, "one Toman is always ten Rial"
            ):
                self._set_rate(locked, company, rate=2)

    def test_a_rate_cannot_be_moved_to_a_company_where_it_is_locked(self):
        rate = self._set_rate(
            self.rial, self.company_by_currency[self.dollar], rate=600_000
        )
        with self.assertRaises(ValidationError):
            rate.company_id = self.company_by_currency[self.toman]

    def test_rates_that_are_already_in_the_table_do_not_count(self):
        company = self.company_by_currency[self.rial]
        self.env.cr.execute(
            "INSERT INTO res_currency_rate (name, currency_id, company_id, rate)"
            " VALUES ('2020-01-01', %s, %s, 7)",
            [self.toman.id, company.id],
        )
        self._set_rate(self.dollar, company, inverse_company_rate=600_000)
        day = date(2025, 6, 1)
        self.assertEqual(self.toman._convert(3, self.rial, company, day), 30)
        self.assertEqual(self.dollar._convert(1, self.toman, company, day), 60_000)

    def test_a_toman_stays_ten_rial_when_the_module_goes(self):
        dollars = self.company_by_currency[self.dollar]
        self._set_rate(self.rial, dollars, company_rate=600_000)
        self.env["res.currency"]._l10n_ir_release_rates()
        self.patch(type(self.rial), "_l10n_ir_locked_code", lambda *args: "none")
        for company in self.company_by_currency.values():
            rates = (self.rial + self.toman)._get_rates(company, date(2025, 6, 1))
            self.assertAlmostEqual(rates[self.rial.id] / rates[self.toman.id], 10, 9)

    def test_other_currencies_stay_with_stock(self):
        company = self.company_by_currency[self.dollar]
        euro = self.env.ref("base.EUR")
        self._set_rate(euro, company, company_rate=0.5)
        self.assertEqual(self.dollar._convert(1, euro, company, date(2025, 6, 1)), 0.5)
        self.assertEqual(self.dollar.round(1.005), 1.01)

    def test_the_currency_form_hides_rates_where_they_are_locked(self):
        user = new_test_user(self.env, "currency_admin", "base.group_system")
        company = self.company_by_currency[self.rial]
        user.write({"company_ids": [(4, company.id)], "company_id": company.id})
        with Form(self.toman.with_user(user).with_company(company)) as form:
            self.assertTrue(form.l10n_ir_rate_is_locked)


class TestWholeRial(CurrencyCase):
    def test_money_for_a_bank_is_whole_rial(self):
        self.assertEqual(self.toman.l10n_ir_to_whole_rial(1250.5), 12505)
        self.assertEqual(self.rial.l10n_ir_to_whole_rial(12505.0), 12505)

    def test_a_remainder_is_refused_in_words(self):
        with self.assertRaisesRegex(
            UserError, "0.55 IRT is not a whole number of Rial"
        ):
            self.toman.l10n_ir_to_whole_rial(0.55)
        with self.assertRaisesRegex(UserError, "12.5 IRR"):
            self.rial.l10n_ir_to_whole_rial(12.5)

    def test_foreign_money_is_refused_in_words(self):
        with self.assertRaisesRegex(UserError, "5 USD has no fixed value in Rial"):
            self.dollar.l10n_ir_to_whole_rial(5)


class TestWords(CurrencyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("en_US", "fa_IR"):
            cls.env["res.lang"]._activate_lang(lang)
        for currency, unit in ((cls.rial, "ریال"), (cls.toman, "تومان")):
            currency.update_field_translations("currency_unit_label", {"fa_IR": unit})
        cls.toman.update_field_translations("currency_subunit_label", {"fa_IR": "ریال"})

    def _words(self, currency, amount, lang="fa_IR"):
        return currency.with_context(lang=lang).amount_to_text(amount)

    def test_rial_in_persian_words(self):
        self.assertEqual(
            self._words(self.rial, 1_230_000.0), "یک میلیون و دویست و سی هزار ریال"
        )

    def test_toman_in_persian_words(self):
        self.assertEqual(self._words(self.toman, 25_000.0), "بیست و پنج هزار تومان")
        self.assertEqual(self._words(self.toman, 20.5), "بیست تومان و پنج ریال")
        self.assertEqual(self._words(self.toman, 0.5), "پنج ریال")
        self.assertEqual(self._words(self.toman, -20.5), "منفی بیست تومان و پنج ریال")
        self.assertEqual(self._words(self.toman, 0), "صفر تومان")

    def test_english_words_stay_with_stock(self):
        self.assertEqual(self._words(self.rial, 12, "en_US"), "Twelve Rial")
        self.assertEqual(
            self._words(self.toman, 12.5, "en_US"), "Twelve Toman and Five Rial"
        )

    def test_foreign_money_in_persian_stays_with_stock(self):
        self.assertTrue(self._words(self.dollar, 5.0).startswith("پنج"))


class TestTomanBeside(CurrencyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.company_by_currency[cls.rial]
        cls.company.l10n_ir_show_toman = True
        cls.env["res.lang"]._activate_lang("en_US")
        cls.seller = new_test_user(
            cls.env,
            "seller",
            "sales_team.group_sale_salesman",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
            lang="en_US",
        )
        cls.leads = cls.env["crm.lead"].with_user(cls.seller).with_context(lang="en_US")

    def _lead(self, revenue, **values):
        return self.leads.create(
            {
                "name": "Deal",
                "type": "opportunity",
                "expected_revenue": revenue,
                **values,
            }
        )

    def test_an_opportunity_in_rial_shows_its_toman(self):
        lead = self._lead(12_500_000)
        self.assertEqual(
            lead.l10n_ir_expected_revenue_toman, "1,250,000\N{NO-BREAK SPACE}تومان"
        )
        lead.expected_revenue = 15
        self.assertEqual(
            lead.l10n_ir_expected_revenue_toman, "1.5\N{NO-BREAK SPACE}تومان"
        )

    def test_only_rial_is_typed_and_stored(self):
        with Form(self._lead(0)) as form:
            form.expected_revenue = 12_500_000
            self.assertIn("1,250,000", form.l10n_ir_expected_revenue_toman)
            with self.assertRaises(AssertionError):
                form.l10n_ir_expected_revenue_toman = "1"
        self.assertEqual(form.record.expected_revenue, 12_500_000)

    def test_nothing_is_shown_where_the_company_did_not_ask(self):
        self.company.l10n_ir_show_toman = False
        self.assertFalse(self._lead(12_500_000).l10n_ir_expected_revenue_toman)

    def test_nothing_is_shown_in_companies_of_other_currencies(self):
        for currency in (self.toman, self.dollar):
            company = self.company_by_currency[currency]
            company.l10n_ir_show_toman = True
            lead = self.env["crm.lead"].create(
                {"name": "Deal", "company_id": company.id, "expected_revenue": 5}
            )
            self.assertFalse(lead.l10n_ir_expected_revenue_toman)

    def test_an_administrator_switches_it_in_the_settings(self):
        admin = new_test_user(
            self.env,
            "settings_admin",
            "base.group_system",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        settings = self.env["res.config.settings"].with_user(admin)
        settings.create({"l10n_ir_show_toman": False}).execute()
        self.assertFalse(self.company.l10n_ir_show_toman)
        with self.assertRaises(AccessError):
            self.company.with_user(self.seller).l10n_ir_show_toman = True

    def test_it_costs_the_same_queries_for_one_opportunity_and_for_many(self):
        leads = self.leads.union(*(self._lead(index * 1000) for index in range(1, 41)))

        def cost(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.mapped("l10n_ir_expected_revenue_toman")
            return self.env.cr.sql_log_count - before

        cost(leads[:1]), cost(leads)  # fill the caches of the registry
        self.assertEqual(cost(leads[:1]), cost(leads))
