from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .club_common import ClubCase, jalali, on


@tagged("post_install", "-at_install")
class TestPurchaseRules(ClubCase):
    @on(1405, 1, 5)
    def test_points_come_when_the_invoice_is_paid(self):
        self.rule("amount", amount=100_000)
        sara = self.person()
        invoice = self.invoice(sara, 1_000_000, pay=False)
        self.assertEqual(self.points(sara), 0)
        self._register_payment(invoice)
        self.assertEqual(self.points(sara), 10)
        self.assertEqual(sara.l10n_ir_member_since, jalali(1405, 1, 5))

    @on(1405, 1, 5)
    def test_a_payment_that_comes_twice_gives_points_once(self):
        self.rule("amount", amount=100_000)
        sara = self.person()
        invoice = self.invoice(sara, 1_000_000)
        invoice._invoice_paid_hook()
        self.assertEqual(self.points(sara), 10)

    @on(1405, 1, 5)
    def test_a_return_takes_points_back_in_proportion(self):
        self.rule("amount", amount=100_000)
        sara = self.person()
        invoice = self.invoice(sara, 1_000_000)
        self.refund(invoice, 300_000)
        self.assertEqual(self.points(sara), 7)

    @on(1405, 1, 5)
    def test_an_invoice_back_in_draft_earned_nothing_until_it_is_paid_again(self):
        self.rule("amount", amount=100_000)
        sara = self.person()
        invoice = self.invoice(sara, 1_000_000)
        invoice.button_draft()
        self.assertEqual(self.points(sara), 0)
        invoice.invoice_line_ids.price_unit = 600_000
        invoice.action_post()
        self._register_payment(invoice)
        self.assertEqual(self.points(sara), 6)
        invoice.button_draft()
        invoice.button_cancel()
        self.assertEqual(self.points(sara), 0)

    @on(1405, 1, 5)
    def test_products_and_categories_count_by_quantity(self):
        parent = self.env["product.category"].create({"name": "Tea"})
        child = parent.create({"name": "Green", "parent_id": parent.id})
        green, cup = self.env["product.product"].create(
            [{"name": "Sencha", "categ_id": child.id}, {"name": "Cup"}]
        )
        self.rule("product", 3, product_categ_ids=parent.ids)
        self.rule("product", 5, product_ids=cup.ids)
        sara = self.person()
        self.invoice(
            sara,
            0,
            lines=[
                Command.create(
                    {
                        "product_id": product.id,
                        "quantity": quantity,
                        "price_unit": 1000,
                        "tax_ids": False,
                    }
                )
                for product, quantity in ((green, 4), (cup, 2))
            ],
        )
        self.assertEqual(self.points(sara), 4 * 3 + 2 * 5)

    @on(1405, 1, 5)
    def test_only_the_first_purchase_counts_as_first(self):
        self.rule("first", 5)
        sara = self.person()
        self.invoice(sara, 1_000)
        self.invoice(sara, 1_000)
        self.assertEqual(self.points(sara), 5)

    @on(1405, 1, 5)
    def test_a_rule_has_its_dates_tags_and_pending_days(self):
        tag = self.env["res.partner.category"].create({"name": "Teachers"})
        self.rule("amount", amount=1_000, date_to=jalali(1405, 1, 4))
        self.rule("amount", amount=1_000, date_from=jalali(1405, 1, 6))
        self.rule("amount", amount=10_000, category_ids=tag.ids, pending_days=7)
        sara = self.person()
        self.invoice(sara, 100_000)
        self.assertEqual(self.points(sara), 0)
        sara.category_id = tag
        self.invoice(sara, 100_000)
        card = self.club._l10n_ir_card(sara)
        self.assertEqual((card.points, card.l10n_ir_pending), (0, 10))
        with on(1405, 1, 12):
            card._l10n_ir_settle()
            self.assertEqual(card.points, 10)

    def test_limits_of_month_and_year_are_jalali(self):
        self.rule("amount", amount=1_000, cap_month=100, cap_year=150)
        for month, day, total in (
            (1, 31, 100),
            (2, 1, 150),
            (2, 2, 150),
        ):
            with on(1405, month, day):
                sara = self.env["res.partner"].search([("name", "=", "Limited")])
                sara = sara or self.person("Limited")
                self.invoice(sara, 1_000_000)
                self.assertEqual(self.points(sara), total)
        with on(1406, 1, 1):
            self.invoice(sara, 1_000_000)
            self.assertEqual(self.points(sara), 250)

    @on(1405, 1, 5)
    def test_what_a_return_took_does_not_use_up_the_limit(self):
        self.rule("amount", amount=1_000, cap_year=100)
        sara = self.person()
        self.refund(self.invoice(sara, 100_000), 100_000)
        self.invoice(sara, 100_000)
        self.assertEqual(self.points(sara), 100)

    @on(1405, 1, 5)
    def test_a_toman_invoice_counts_its_rial(self):
        self.rule("amount", amount=100_000)
        sara = self.person()
        invoice = self.invoice(sara, 0, pay=False)
        invoice.button_draft()
        invoice.currency_id = self.env.ref("crm_ir_base.IRT")
        invoice.invoice_line_ids.price_unit = 100_000
        invoice.action_post()
        self._register_payment(invoice)
        self.assertEqual(self.points(sara), 10)

    @on(1405, 1, 5)
    def test_who_books_payments_need_not_know_the_club(self):
        self.rule("amount", amount=100_000)
        self.rule("referral", 25)
        self.tier("Gold", minimum_amount=1_000_000)
        sara, friend = self.member("Sara"), self.person("Friend")
        friend._l10n_ir_refer(sara.l10n_ir_referral_code)
        accountant = new_test_user(
            self.env,
            "club_accountant",
            "account.group_account_invoice",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        invoice = self.invoice(friend, 1_000_000, pay=False).with_user(accountant)
        self.env["account.payment.register"].with_user(accountant).with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({})._create_payments()
        self.assertEqual((self.points(friend), self.points(sara)), (10, 25))
        self.assertEqual(self.tier_of(friend), "Gold")
        invoice.button_draft()
        self.assertEqual((self.points(friend), self.points(sara)), (0, 0))

    @on(1405, 1, 5)
    def test_without_rules_of_the_day_nobody_joins_by_paying(self):
        self.rule("amount", amount=1_000, date_to=jalali(1405, 1, 4))
        sara = self.person()
        self.invoice(sara, 100_000)
        self.assertFalse(self.club._l10n_ir_card(sara))

    def test_a_club_with_points_on_orders_has_no_purchase_rules(self):
        self.env["loyalty.rule"].create({"program_id": self.club.id})
        with self.assertRaises(ValidationError):
            self.rule("amount", amount=1_000)
        self.assertTrue(self.rule("birthday"))

    def test_incomplete_rules_say_what_is_missing(self):
        for kind in ("product", "profile"):
            with self.subTest(kind=kind), self.assertRaises(ValidationError):
                self.rule(kind)
        with self.assertRaises(ValidationError):
            self.rule("join", date_from="2026-02-01", date_to="2026-01-01")


@tagged("post_install", "-at_install")
class TestReferrals(ClubCase):
    def setUp(self):
        super().setUp()
        self.rule("referral", 25)
        with on(1405, 1, 1):
            self.sara = self.member(
                phone="+989121234567", street="Narvan 5", city="Tehran"
            )

    def bring(self, **values):
        friend = self.person("Friend", **values)
        friend.with_user(self.salesman)._l10n_ir_refer(self.sara.l10n_ir_referral_code)
        return friend

    @on(1405, 1, 5)
    def test_the_reward_comes_with_the_first_paid_invoice_once(self):
        friend = self.bring()
        invoice = self.invoice(friend, 1_000, pay=False)
        self.assertEqual(self.points(self.sara), 0)
        self._register_payment(invoice)
        self.invoice(friend, 1_000)
        self.assertEqual(self.points(self.sara), 25)
        self.assertEqual(friend.l10n_ir_referral_ids.state, "rewarded")

    @on(1405, 1, 5)
    def test_the_mobile_number_of_a_member_is_a_code_too(self):
        friend = self.person("Friend")
        friend._l10n_ir_refer("۰۹۱۲ ۱۲۳ ۴۵۶۷")
        self.assertEqual(friend.l10n_ir_referrer_id, self.sara)
        with self.assertRaises(UserError):
            self.person("Other")._l10n_ir_refer("12")

    @on(1405, 1, 5)
    def test_a_household_does_not_bring_itself(self):
        for same in (
            {"phone": "0912 123 4567", "country_id": self.env.ref("base.ir").id},
            {"l10n_ir_phone2": "+989121234567"},
            {"street": "Narvan 5", "city": "Tehran"},
        ):
            with self.subTest(same=same), self.assertRaises(ValidationError):
                self.bring(**same)
        with self.assertRaises(ValidationError):
            self.sara._l10n_ir_refer(self.sara.l10n_ir_referral_code)

    @on(1405, 1, 5)
    def test_a_number_that_turns_out_to_be_the_same_is_refused_at_the_purchase(self):
        friend = self.bring()
        friend.phone = "+989121234567"
        self.invoice(friend, 1_000)
        self.assertEqual(self.points(self.sara), 0)
        self.assertEqual(friend.l10n_ir_referral_ids.state, "refused")

    @on(1405, 1, 5)
    def test_customers_are_not_brought_anew_nor_each_other(self):
        old = self.person("Old")
        self.invoice(old, 1_000)
        with self.assertRaises(ValidationError):
            old._l10n_ir_refer(self.sara.l10n_ir_referral_code)
        friend = self.bring()
        self.club._l10n_ir_join(friend)
        with self.assertRaises(ValidationError):
            self.sara._l10n_ir_refer(friend.l10n_ir_referral_code)

    @on(1405, 1, 5)
    def test_a_cancelled_first_invoice_takes_the_reward_back(self):
        friend = self.bring()
        invoice = self.invoice(friend, 1_000)
        invoice.button_draft()
        self.assertEqual(self.points(self.sara), 0)
        self.assertEqual(friend.l10n_ir_referral_ids.state, "waiting")
        self.invoice(friend, 1_000)
        self.assertEqual(self.points(self.sara), 25)


@tagged("post_install", "-at_install")
class TestDaysOfMembers(ClubCase):
    def test_a_night_that_was_missed_is_made_up_for(self):
        self.rule("birthday", 10)
        with on(1405, 1, 1):
            sara = self.member(birthdate_date=jalali(1370, 2, 1))
        with on(1405, 2, 6):
            self.night()
            self.assertEqual(self.points(sara), 10)

    def test_changing_the_birthday_earns_nothing_more_that_year(self):
        self.rule("birthday", 10)
        with on(1405, 1, 1):
            sara = self.member(birthdate_date=jalali(1370, 2, 1))
        with on(1405, 2, 1):
            self.night()
        sara.birthdate_date = jalali(1370, 8, 1)
        with on(1405, 8, 1):
            self.night()
            self.assertEqual(self.points(sara), 10)

    def test_the_day_of_joining_is_no_anniversary(self):
        self.rule("anniversary", 30)
        with on(1405, 2, 1):
            sara = self.member()
            self.night()
            self.assertEqual(self.points(sara), 0)
        with on(1406, 2, 1):
            self.night()
            self.assertEqual(self.points(sara), 30)
