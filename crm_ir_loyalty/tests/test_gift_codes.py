from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .club_common import ClubCase, jalali, on


@tagged("post_install", "-at_install")
class TestGiftCodes(ClubCase):
    def codes(self, quantity=3, **values):
        self.company.country_id = self.env.ref("base.ir")
        gifts = self.env["loyalty.program"].create(
            {
                "name": "Gifts",
                "program_type": "coupons",
                "trigger": "with_code",
                "applies_on": "current",
                "company_id": self.company.id,
                "reward_ids": [Command.create({"required_points": 1, "discount": 10})],
            }
        )
        wizard = (
            self.env["loyalty.generate.wizard"]
            .with_user(self.salesman)
            .create({"program_id": gifts.id, "coupon_qty": quantity, **values})
        )
        return wizard.sudo().generate_coupons().mapped("code")

    def test_codes_are_digits_and_differ(self):
        codes = self.codes(50)
        self.assertEqual(len(set(codes)), 50)
        for code in codes:
            self.assertRegex(code, r"\A[0-9]{16}\Z")

    def test_who_wants_codes_of_stock_gets_them(self):
        for code in self.codes(l10n_ir_digits=False):
            self.assertTrue(code.startswith("044"))

    def test_a_code_is_found_in_persian_digits_and_with_blanks(self):
        [code] = self.codes(1)
        persian = code.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
        product = self.env["product.product"].create(
            {"name": "Tea", "list_price": 100_000, "taxes_id": False}
        )
        order = self.env["sale.order"].create(
            {
                "partner_id": self.person().id,
                "order_line": [Command.create({"product_id": product.id})],
            }
        )
        typed = " ".join(persian[place : place + 4] for place in range(0, 16, 4))
        found = order.with_user(self.salesman)._try_apply_code(typed)
        self.assertEqual([card.code for card in found], [code])
        wrong = order._try_apply_code("هدیه ۱۲")
        self.assertIn("هدیه ۱۲", wrong["error"])


@tagged("post_install", "-at_install")
class TestPointsByHand(ClubCase):
    def grant(self, user, rule, members):
        return (
            self.env["crm.ir.loyalty.grant"]
            .with_user(user)
            .create(
                {
                    "rule_id": rule.id,
                    "partner_ids": members.ids,
                    "reason": "A late delivery",
                }
            )
        )

    @on(1405, 1, 5)
    def test_a_manager_gives_points_with_a_reason_within_the_limit(self):
        rule = self.rule("manual", 40, cap_month=60)
        members = self.member("Sara") | self.member("Reza")
        grant = self.grant(self.manager, rule, members)
        message = grant.action_give()["params"]["message"]
        self.assertIn("80", message)
        self.grant(self.manager, rule, members[0]).action_give()
        self.assertEqual([self.points(one) for one in members], [60, 40])
        movements = self.club._l10n_ir_card(members[0]).l10n_ir_movement_ids
        self.assertEqual(set(movements.mapped("reason")), {"A late delivery"})
        with self.assertRaises(AccessError):
            self.grant(self.salesman, rule, members)


@tagged("post_install", "-at_install")
class TestMergedMembers(ClubCase):
    @on(1405, 1, 5)
    def test_a_merged_member_keeps_the_better_of_both(self):
        self.tier("Silver", period="ever", minimum_amount=100)
        self.tier("Gold", period="ever", minimum_amount=1000)
        with on(1404, 1, 5):
            old = self.member("Sara")
            self.invoice(old, 5000)
        new = self.member("Sara")
        friend = self.person("Friend")
        friend._l10n_ir_refer(old.l10n_ir_referral_code)
        self.invoice(new, 200)
        merge = self.env["base.partner.merge.automatic.wizard"].create({})
        merge._merge((old | new).ids, new)
        self.assertFalse(old.exists())
        self.assertEqual(self.tier_of(new), "Gold")
        self.assertEqual(new.l10n_ir_member_since, jalali(1404, 1, 5))
        self.assertTrue(new.l10n_ir_referral_code)
        self.assertEqual(friend.l10n_ir_referrer_id, new)

    @on(1405, 1, 5)
    def test_a_member_merged_into_a_stranger_keeps_the_code(self):
        member, stranger = self.member("Sara"), self.person("Sara")
        code = member.l10n_ir_referral_code
        merge = self.env["base.partner.merge.automatic.wizard"].create({})
        merge._merge((member | stranger).ids, stranger)
        self.assertEqual(stranger.l10n_ir_referral_code, code)
