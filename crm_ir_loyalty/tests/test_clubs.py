"""Clubs that exist in Iran, each as data, checked to the point."""

from ast import literal_eval

from lxml import etree

from odoo.tests import tagged

from .club_common import ClubCase, jalali, on


@tagged("post_install", "-at_install")
class TestSimoclub(ClubCase):
    """1 point per 100,000 IRR in store, per 90,000 IRR online; profile 10, first buy 5,
    survey 1, referral 1 (≤20), birthday 10 a year, wedding 5 a year."""

    def setUp(self):
        super().setUp()
        self.store = self.env["crm.team"].create({"name": "Store"})
        self.online = self.env["crm.team"].create({"name": "Online"})
        self.rule("amount", amount=100_000, team_ids=self.store.ids)
        self.rule("amount", amount=90_000, team_ids=self.online.ids)
        names = ["phone", "birthdate_date"]
        profile = self.env["ir.model.fields"].search(
            [("model", "=", "res.partner"), ("name", "in", names)]
        )
        self.rule("profile", 10, profile_field_ids=profile.ids)
        self.rule("first", 5)
        self.rule("survey", 1)
        self.rule("referral", 1, cap_total=20)
        self.rule("birthday", 10)
        self.rule("wedding", 5)

    @on(1405, 2, 1)
    def test_a_purchase_in_the_store_and_one_online(self):
        sara = self.person()
        self.invoice(sara, 1_990_000, team=self.store)
        self.assertEqual(self.points(sara), 19 + 5)
        self.invoice(sara, 1_990_000, team=self.online)
        self.assertEqual(self.points(sara), 19 + 5 + 22)

    def test_profile_and_the_days_of_a_member_over_two_years(self):
        with on(1404, 1, 5):
            sara = self.member()
            self.night()
            self.assertEqual(self.points(sara), 0)
            sara.write(
                {
                    "phone": "+989121234567",
                    "birthdate_date": jalali(1370, 2, 1),
                    "l10n_ir_wedding_date": jalali(1399, 12, 30),
                }
            )
            self.night()
            self.assertEqual(self.points(sara), 10)
        for year, total in ((1404, 25), (1405, 40)):
            with on(year, 2, 1):
                self.night()
                self.night()
                self.assertEqual(self.points(sara), total - 5)
            with on(year, 12, 28):
                self.night()
                self.assertEqual(self.points(sara), total - 5)
            with on(year, 12, 29):
                self.night()
                self.assertEqual(self.points(sara), total)

    @on(1405, 2, 1)
    def test_friends_count_to_twenty(self):
        sara = self.member()
        for number in range(21):
            friend = self.person(f"Friend {number}")
            friend._l10n_ir_refer(sara.l10n_ir_referral_code)
            self.invoice(friend, 10_000, team=self.store)
        self.assertEqual(self.points(sara), 20)

    @on(1405, 2, 1)
    def test_a_survey_counts_once(self):
        sara = self.member()
        self.rules._award_event("survey", sara, "survey.user_input:1")
        self.rules._award_event("survey", sara, "survey.user_input:1")
        self.rules._award_event("survey", sara, "survey.user_input:2")
        self.assertEqual(self.points(sara), 2)


@tagged("post_install", "-at_install")
class TestWaggon(ClubCase):
    """White from 500 k, silver from 5 M, gold from 15 M Toman of one invoice; credit
    10/15/20 %; birthday 50/100/200 k Toman; credit dies at the end of the next season.

    The points are Rial of credit.
    """

    def setUp(self):
        super().setUp()
        life = {"validity_count": 1, "validity_unit": "quarter"}
        steps = [
            ("White", 500_000, 10, 50_000),
            ("Silver", 5_000_000, 15, 100_000),
            ("Gold", 15_000_000, 20, 200_000),
        ]
        for name, toman, percent, gift in steps:
            tier = self.tier(name, period="ever", minimum_single=toman * 10)
            self.rule("amount", percent, amount=100, tier_ids=tier.ids, **life)
            self.rule("birthday", gift * 10, tier_ids=tier.ids, **life)

    def test_the_class_of_the_invoice_gives_its_credit(self):
        with on(1405, 2, 10):
            for toman, tier, credit in (
                (499_999, "", 0),
                (500_000, "White", 50_000),
                (5_000_000, "Silver", 750_000),
                (15_000_000, "Gold", 3_000_000),
            ):
                with self.subTest(toman=toman):
                    sara = self.person()
                    self.invoice(sara, toman * 10)
                    self.assertEqual(self.tier_of(sara) or "", tier)
                    self.assertEqual(self.points(sara), credit * 10)

    def test_birthday_by_class_and_credit_dies_with_the_next_season(self):
        with on(1405, 2, 10):
            sara = self.member(birthdate_date=jalali(1370, 3, 1))
            self.invoice(sara, 5_000_000 * 10)
        with on(1405, 3, 1):
            self.night()
        card = self.club._l10n_ir_card(sara)
        self.assertEqual(card.points, 7_500_000 + 1_000_000)
        self.assertEqual(
            set(card.l10n_ir_movement_ids.mapped("expires_on")), {jalali(1405, 6, 31)}
        )
        with on(1405, 6, 31):
            card._l10n_ir_settle()
            self.assertEqual(card.points, 8_500_000)
        with on(1405, 7, 1):
            card._l10n_ir_settle()
            self.assertEqual(card.points, 0)


@tagged("post_install", "-at_install")
class TestDibashop(ClubCase):
    """4 points per 100 k Toman; validity per kind; daily caps; referral 25 (≤3 a month)
    and 50 % of the friend's purchase points for 90 days; anniversary 30; birthday 100."""

    def setUp(self):
        super().setUp()
        year = {"validity_count": 365, "validity_unit": "day"}
        month = {"validity_count": 30, "validity_unit": "day"}
        self.rule("amount", 4, amount=1_000_000, **year)
        self.rule("referral", 25, cap_month=75, **month)
        self.rule("friend", share=50, days=90, **month)
        self.rule("anniversary", 30, **month)
        self.rule("birthday", 100, **month)
        self.rule("comment", 10, cap_day=20, **month)

    def test_a_friend_gives_points_for_ninety_days(self):
        with on(1405, 1, 10):
            sara, friend = self.member(), self.person("Friend")
            friend._l10n_ir_refer(sara.l10n_ir_referral_code)
        with on(1405, 1, 20):
            self.invoice(friend, 10_000_000)
            self.assertEqual(self.points(friend), 40)
            self.assertEqual(self.points(sara), 25 + 20)
        with on(1405, 4, 7):  # 90 days later
            self.invoice(friend, 10_000_000)
            self.assertEqual(self.points(sara) % 100, 20)  # the others have expired
        with on(1405, 4, 8):
            self.invoice(friend, 10_000_000)
            self.assertEqual(self.points(friend), 120)
            self.assertEqual(self.points(sara), 20)

    def test_three_friends_a_month(self):
        with on(1405, 2, 30):
            sara = self.member()
            friends = [self.person(f"Friend {number}") for number in range(5)]
            for friend in friends:
                friend._l10n_ir_refer(sara.l10n_ir_referral_code)
            for friend in friends[:4]:
                self.invoice(friend, 10_000)
            self.assertEqual(self.points(sara), 75)
        with on(1405, 3, 1):
            self.invoice(friends[4], 10_000)
            self.assertEqual(self.points(sara), 100)

    def test_days_of_a_member(self):
        with on(1403, 12, 30):
            sara = self.member(birthdate_date=jalali(1370, 12, 29))
            self.night()
            self.assertEqual(self.points(sara), 0, "joined after the birthday")
        with on(1404, 12, 29):
            self.night()
            self.assertEqual(self.points(sara), 100 + 30)

    @on(1405, 2, 1)
    def test_the_day_has_its_limit(self):
        sara = self.member()
        for number in range(3):
            self.rules._award_event("comment", sara, f"comment:{number}")
        self.assertEqual(self.points(sara), 20)


@tagged("post_install", "-at_install")
class TestCscmlaw(ClubCase):
    """Sign-up 250, comment 25 (≤100 a day), referral 125 (≤125 a day), birthday 125."""

    def setUp(self):
        super().setUp()
        self.rule("join", 250)
        self.rule("comment", 25, cap_day=100)
        self.rule("referral", 125, cap_day=125)
        self.rule("birthday", 125)

    def test_all_points_of_a_member(self):
        with on(1405, 2, 1):
            sara = self.member(birthdate_date=jalali(1370, 2, 2))
            self.night()
            self.assertEqual(self.points(sara), 250)
            for number in range(5):
                self.rules._award_event("comment", sara, f"comment:{number}")
            self.assertEqual(self.points(sara), 350)
            friends = [self.person("One"), self.person("Two")]
            for friend in friends:
                friend._l10n_ir_refer(sara.l10n_ir_referral_code)
                self.invoice(friend, 10_000)
            self.assertEqual(self.points(sara), 475)
        with on(1405, 2, 2):
            self.night()
            self.rules._award_event("comment", sara, "comment:9")
            self.assertEqual(self.points(sara), 475 + 125 + 25)


@tagged("post_install", "-at_install")
class TestPasargad(ClubCase):
    """Bronze 1-50, silver 50-200, gold 200-500, diamond from 500 points."""

    @on(1405, 2, 1)
    def test_points_make_the_tier(self):
        steps = [("Bronze", 1), ("Silver", 50), ("Gold", 200), ("Diamond", 500)]
        for name, points in steps:
            self.tier(name, period="ever", minimum_points=points)
        sara = self.member()
        card = self.club._l10n_ir_card(sara)
        expected = [
            (0, False),
            (1, "Bronze"),
            (49, "Bronze"),
            (50, "Silver"),
            (199, "Silver"),
            (200, "Gold"),
            (499, "Gold"),
            (500, "Diamond"),
        ]
        before = 0
        for points, name in expected:
            with self.subTest(points=points):
                if points > before:
                    card._l10n_ir_award(points - before, f"to {points}", "Test")
                before = points
                self.night()
                self.assertEqual(self.tier_of(sara), name)
        card._l10n_ir_spend(450, "spend", "Test")
        self.night()
        self.assertEqual(self.tier_of(sara), "Diamond", "spending costs no tier")


@tagged("post_install", "-at_install")
class TestSabzafzar(ClubCase):
    """1,000 points in 30 days give 200 more; 100 points are worth 10,000 IRR."""

    def setUp(self):
        super().setUp()
        self.rule("amount", amount=10_000)
        self.rule("bonus", 200, threshold=1000, days=30)

    def test_a_thousand_points_in_thirty_days(self):
        with on(1405, 1, 1):
            sara, late = self.member(), self.member("Late")
            for one in (sara, late):
                self.invoice(one, 6_000_000)
            self.night()
            self.assertEqual(self.points(sara), 600)
        with on(1405, 1, 30):
            self.invoice(sara, 4_000_000)
            self.night()
            self.night()
            self.assertEqual(self.points(sara), 1200)
        with on(1405, 1, 31):
            self.invoice(late, 4_000_000)
            self.night()
            self.assertEqual(self.points(late), 1000)
            self.assertEqual(self.points(sara), 1200)
        with on(1405, 2, 1):
            self.invoice(sara, 9_990_000)
            self.night()
            self.assertEqual(self.points(sara), 2199)
            self.invoice(sara, 10_000)
            self.night()
            self.assertEqual(self.points(sara), 2400)

    @on(1405, 1, 1)
    def test_a_hundred_points_pay_ten_thousand_rial(self):
        self.club.reward_ids.write(
            {
                "reward_type": "discount",
                "discount_mode": "per_point",
                "discount": 100,
                "discount_applicability": "order",
                "required_points": 100,
            }
        )
        sara = self.member()
        self.invoice(sara, 2_500_000)
        self.assertEqual(self.points(sara), 250)
        product = self.env["product.product"].create(
            {"name": "Seeds", "list_price": 100_000, "taxes_id": False}
        )
        order = self.env["sale.order"].create(
            {
                "partner_id": sara.id,
                "order_line": [(0, 0, {"product_id": product.id})],
            }
        )
        order._update_programs_and_rewards()
        card = self.club._l10n_ir_card(sara)
        order._apply_program_reward(self.club.reward_ids, card)
        order.action_confirm()
        self.assertEqual(order.amount_total, 100_000 - 20_000)
        self.assertEqual(card.points, 50)


@tagged("post_install", "-at_install")
class TestBaran360(ClubCase):
    """Thresholds of amount or number move members up and down."""

    def test_members_move_up_and_down(self):
        any_of = {"period": "month", "match": "any"}
        self.tier("Silver", minimum_amount=1_000_000, minimum_days=2, **any_of)
        self.tier("Gold", minimum_amount=10_000_000, minimum_days=4, **any_of)
        with on(1405, 1, 1):
            sara, reza = self.member("Sara"), self.member("Reza")
            self.invoice(sara, 10_000_000)
            self.invoice(reza, 100_000)
            self.assertEqual((self.tier_of(sara), self.tier_of(reza)), ("Gold", False))
        with on(1405, 1, 2):
            self.invoice(reza, 100_000)
            self.assertEqual(self.tier_of(reza), "Silver")
        with on(1405, 2, 20):
            self.invoice(sara, 2_000_000)
            self.night()
            self.assertEqual(self.tier_of(sara), "Gold", "earned the month before")
            self.assertEqual(self.tier_of(reza), "Silver")
        with on(1405, 3, 1):
            self.night()
            self.assertEqual(self.tier_of(sara), "Silver")
            self.assertEqual(self.tier_of(reza), False)
        moves = self.memberships.search([("partner_id", "=", reza.id)], order="id")
        self.assertEqual(moves.mapped("direction"), ["up", "down"])


@tagged("post_install", "-at_install")
class TestHamiPOS(ClubCase):
    """Gold, silver and bronze by amount, number and frequency; a report of those absent
    for N days; those whose rank fell are told."""

    def test_who_fell_is_told_and_who_is_absent_is_found(self):
        season = {"period": "quarter"}
        self.tier("Bronze", minimum_days=1, **season)
        silver = self.tier("Silver", minimum_amount=5_000_000, minimum_days=2, **season)
        silver.down_template_id = self.env.ref("crm_ir_loyalty.mail_template_tier_down")
        with on(1405, 1, 10):
            sara = self.member(email="sara@example.com")
            self.invoice(sara, 3_000_000)
            self.assertEqual(self.tier_of(sara), "Bronze")
        with on(1405, 1, 11):
            self.invoice(sara, 3_000_000)
            self.assertEqual(self.tier_of(sara), "Silver")
        with on(1405, 5, 1):
            self.invoice(sara, 1_000_000)
        mails = self.env["mail.mail"].search([])
        with on(1405, 7, 1):
            self.night()
            self.assertEqual(self.tier_of(sara), "Bronze")
        mail = self.env["mail.mail"].search([]) - mails
        self.assertEqual(mail.recipient_ids, sara)
        self.assertIn("Silver", mail.body_html)
        fell = self.memberships.with_user(self.salesman).search(
            [("direction", "=", "down"), ("until", "=", False)]
        )
        self.assertEqual(fell.partner_id, sara)
        self.env["crm.ir.customer.stat"].sudo().search([]).unlink()
        self.env["crm.ir.customer.stat"].sudo().create(
            {
                "partner_id": sara.id,
                "company_id": self.company.id,
                "last_purchase": jalali(1405, 5, 1),
            }
        )
        self.assertEqual(fell.last_purchase, jalali(1405, 5, 1))
        for name, days in (("absent_30", 30), ("absent_60", 60)):
            absent = self.members_by_filter(name)
            with on(1405, 5, 2):
                self.assertFalse(self.memberships.search(absent))
            with self.subTest(days=days), on(1405, 7, 2):
                self.assertEqual(self.memberships.search(absent).partner_id, sara)

    def members_by_filter(self, name):
        view = self.env.ref("crm_ir_loyalty.crm_ir_loyalty_membership_view_search")
        arch = self.memberships.get_view(view.id, "search")["arch"]
        node = etree.fromstring(arch).find(f".//filter[@name='{name}']")
        return [("until", "=", False), *literal_eval(node.get("domain"))]
