from datetime import timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .club_common import ClubCase, jalali, on


@tagged("post_install", "-at_install")
class TestTiers(ClubCase):
    def setUp(self):
        super().setUp()
        self.silver = self.tier("Silver", minimum_amount=1_000_000, grace_days=30)
        self.gold = self.tier("Gold", minimum_amount=5_000_000)

    def current(self, partner):
        return self.memberships.search(
            [("partner_id", "=", partner.id), ("until", "=", False)]
        )

    def test_a_posted_invoice_raises_at_once(self):
        with on(1405, 1, 5):
            sara = self.member()
            self.invoice(sara, 1_000_000, pay=False)
            self.assertEqual(self.tier_of(sara), "Silver")
            self.invoice(sara, 4_000_000, pay=False)
            self.assertEqual(self.tier_of(sara), "Gold")
        rows = self.memberships.search([("partner_id", "=", sara.id)], order="id")
        self.assertEqual(rows.mapped("previous_tier_id"), self.silver)
        self.assertEqual(rows.mapped("direction"), ["up", "up"])

    def test_who_is_not_a_member_has_no_tier(self):
        with on(1405, 1, 5):
            stranger = self.person()
            self.invoice(stranger, 9_000_000)
            self.night()
        self.assertFalse(self.current(stranger))

    def test_grace_then_fall(self):
        with on(1403, 1, 5):
            sara = self.member()
            self.invoice(sara, 2_000_000)
        with on(1404, 12, 29):
            self.night()
            self.assertFalse(self.current(sara).grace_until)
        with on(1405, 1, 1):
            self.night()
            self.assertEqual(self.current(sara).grace_until, jalali(1405, 1, 30))
        with on(1405, 1, 30):
            self.night()
            self.assertEqual(self.tier_of(sara), "Silver")
        with on(1405, 1, 31):
            self.night()
            self.assertFalse(self.tier_of(sara))
        self.assertEqual(self.current(sara).direction, "down")

    def test_a_purchase_in_the_grace_keeps_the_tier(self):
        with on(1403, 1, 5):
            sara = self.member()
            self.invoice(sara, 2_000_000)
        with on(1405, 1, 1):
            self.night()
        with on(1405, 1, 20):
            self.invoice(sara, 1_000_000)
            self.assertFalse(self.current(sara).grace_until)
        with on(1405, 3, 1):
            self.night()
            self.assertEqual(self.tier_of(sara), "Silver")

    def test_returns_count(self):
        with on(1405, 1, 5):
            sara = self.member()
            invoice = self.invoice(sara, 5_000_000)
            self.assertEqual(self.tier_of(sara), "Gold")
            self.refund(invoice, 4_500_000)
            self.assertEqual(self.current(sara).tier_id.name, False)

    def test_a_second_night_changes_nothing(self):
        with on(1405, 1, 5):
            sara = self.member()
            self.invoice(sara, 2_000_000)
            self.night()
            before = self.memberships.search([]).ids
            self.night()
        self.assertEqual(self.memberships.search([]).ids, before)

    def test_tiers_of_toman_clubs_measure_toman(self):
        self.env["res.currency.rate"].search([]).unlink()
        toman = self.env.ref("crm_ir_base.IRT")
        self.club.currency_id = toman
        with on(1405, 1, 5):
            sara = self.member()
            self.invoice(sara, 9_999_990)
            self.assertFalse(self.tier_of(sara))
            self.invoice(sara, 10)
            self.assertEqual(self.tier_of(sara), "Silver")

    def test_the_pricelist_follows_the_tier_but_not_over_a_choice(self):
        self.env.user.group_ids |= self.env.ref("product.group_product_pricelist")
        lists = self.env["product.pricelist"].create(
            [{"name": name} for name in ("Gold", "Chosen")]
        )
        self.gold.pricelist_id = lists[0]
        with on(1405, 1, 5):
            sara, reza = self.member("Sara"), self.member("Reza")
            reza.property_product_pricelist = lists[1]
            for one in (sara, reza):
                invoice = self.invoice(one, 5_000_000)
            self.assertEqual(sara.property_product_pricelist, lists[0])
            self.assertEqual(reza.property_product_pricelist, lists[1])
            self.refund(invoice, 5_000_000)
            self.assertEqual(reza.property_product_pricelist, lists[1])
        with on(1407, 1, 1):
            self.night()
            self.assertFalse(sara.specific_property_product_pricelist)

    def test_the_multiplier_counts_for_purchases_alone(self):
        self.rule("amount", amount=100_000)
        self.rule("survey", 10)
        self.gold.multiplier = 1.5
        with on(1405, 1, 5):
            sara = self.member()
            self.invoice(sara, 5_000_000)
            self.assertEqual(self.points(sara), 75)
            self.rules._award_event("survey", sara, "survey:1")
            self.assertEqual(self.points(sara), 85)

    def test_who_rises_gets_the_message_and_a_note(self):
        self.gold.up_template_id = self.env.ref("crm_ir_loyalty.mail_template_tier_up")
        with on(1405, 1, 5):
            sara = self.member(email="sara@example.com")
            mails = self.env["mail.mail"].search([])
            self.invoice(sara, 5_000_000)
        mail = self.env["mail.mail"].search([]) - mails
        self.assertEqual(mail.recipient_ids, sara)
        self.assertIn("Gold", mail.body_html)
        self.assertIn("Gold", str(sara.message_ids[0].body))

    def test_a_manager_fixes_a_tier_until_a_day(self):
        with on(1405, 1, 5):
            sara = self.member()
            self.memberships.with_user(self.manager).create(
                {
                    "program_id": self.club.id,
                    "partner_id": sara.id,
                    "tier_id": self.gold.id,
                    "fixed_until": jalali(1405, 1, 10),
                    "reason": "A promise",
                }
            )
        with on(1405, 1, 10):
            self.night()
            self.assertEqual(self.tier_of(sara), "Gold")
        with on(1405, 1, 11):
            self.night()
            self.assertFalse(self.tier_of(sara))

    @on(1405, 1, 5)
    def test_fixing_needs_a_reason_a_day_and_a_manager(self):
        sara = self.member()
        values = {
            "program_id": self.club.id,
            "partner_id": sara.id,
            "tier_id": self.gold.id,
        }
        day = jalali(1405, 1, 5)
        rows = self.memberships.with_user(self.manager)
        for wrong in (
            {},
            {"reason": "A promise"},
            {"fixed_until": day},
            {"reason": "A promise", "fixed_until": day - timedelta(1)},
        ):
            with self.subTest(wrong=wrong), self.assertRaises(UserError):
                rows.create(values | wrong)
        right = values | {"reason": "A promise", "fixed_until": day}
        with self.assertRaises(AccessError):
            self.memberships.with_user(self.salesman).create(right)
        self.assertTrue(rows.create(right))

    @on(1405, 1, 5)
    def test_tiers_of_another_company_are_not_seen(self):
        other = self._create_company(name="Other")
        theirs = self.club.sudo().copy({"company_id": other.id})
        tier = self.tiers.sudo().create({"name": "Theirs", "program_id": theirs.id})
        tiers = self.tiers.with_user(self.salesman)
        self.assertNotIn(tier, tiers.search([]))
        self.assertIn(self.gold, tiers.search([]))

    def test_impossible_tiers_are_refused(self):
        for values in (
            {"minimum_amount": -1},
            {"grace_days": -1},
            {"multiplier": 0},
            {"period": "rolling", "months": 0},
        ):
            with (
                self.subTest(values=values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.tier("Wrong", **values)

    def test_a_tier_with_members_is_archived_not_deleted(self):
        with on(1405, 1, 5):
            sara = self.member()
            self.invoice(sara, 5_000_000)
            with self.assertRaises(ValidationError):
                self.gold.unlink()
            self.gold.action_archive()
            self.night()
            self.assertEqual(self.tier_of(sara), "Silver")
