from datetime import timedelta

import jdatetime
from lxml import html

from odoo.fields import Command
from odoo.http import Request
from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestPortal(HttpCase):
    """What a member reads about their club, and what nobody else does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["loyalty.program"].search([]).active = False
        cls.club = cls.env["loyalty.program"].create(
            {
                "name": "Club",
                "program_type": "loyalty",
                "applies_on": "both",
                "trigger": "auto",
                "portal_visible": True,
                "portal_point_name": "Points",
                "reward_ids": [
                    Command.create({"discount": 5, "required_points": 100}),
                    Command.create({"discount": 10, "required_points": 1000}),
                ],
            }
        )
        cls.user = new_test_user(cls.env, "club_member", "base.group_portal")
        cls.member = cls.user.partner_id
        cls.card = cls.env["loyalty.card"].create(
            {"program_id": cls.club.id, "partner_id": cls.member.id}
        )
        cls.stranger = cls.env["res.partner"].create({"name": "Stranger"})
        cls.other_card = cls.env["loyalty.card"].create(
            {"program_id": cls.club.id, "partner_id": cls.stranger.id}
        )
        cls.other_card._l10n_ir_award(77, "join", "Joined")
        cls.today = cls.env["crm.ir.loyalty.movement"]._today()

    def setUp(self):
        super().setUp()
        self.authenticate("club_member", "club_member")

    def rule(self, kind, **values):
        return self.env["crm.ir.loyalty.rule"].create(
            {"name": kind, "program_id": self.club.id, "kind": kind, "points": 50}
            | values
        )

    def tier(self, **values):
        return self.env["crm.ir.loyalty.tier"].create(
            {"program_id": self.club.id, **values}
        )

    def page(self, path="/my/club"):
        response = self.url_open(path)
        self.assertEqual(response.status_code, 200)
        return html.fromstring(response.text)

    def post(self, path, **values):
        response = self.url_open(
            path, data={"csrf_token": Request.csrf_token(self), **values}
        )
        self.assertEqual(response.status_code, 200)
        return html.fromstring(response.text)

    def text(self, page, name):
        """The text of the element of this name, None where the page lacks it."""
        found = page.xpath(f"//*[@name='{name}']")
        return " ".join(found[0].text_content().split()) if found else None

    def balance(self, page):
        return float(page.xpath("//*[@name='points']/@data-points")[0])

    # Who sees what

    def test_a_member_sees_their_own_card(self):
        self.card._l10n_ir_award(150, "join", "Joined the club")
        page = self.page()
        self.assertEqual(self.balance(page), 150)
        self.assertIn(self.card.code, self.text(page, "balance"))
        self.assertIn("Joined the club", page.text_content())
        self.assertNotIn(self.other_card.code, page.text_content())

    def test_the_card_of_another_cannot_be_named_in_the_address(self):
        for path in (
            f"/my/club/{self.other_card.id}",
            f"/my/club/{self.other_card.id}/page/2",
            "/my/club/999999999999999",
        ):
            page = self.page(path)
            self.assertEqual(self.balance(page), 0)
            self.assertNotIn(self.other_card.code, page.text_content())

    def test_visitors_are_asked_to_log_in(self):
        self.authenticate(None, None)
        for path in ("/my/club", f"/my/club/{self.card.id}"):
            self.assertIn("/web/login", self.url_open(path).url)

    def test_people_of_a_company_see_its_card(self):
        company = self.env["res.partner"].create({"name": "Firm", "is_company": True})
        card = self.env["loyalty.card"].create(
            {"program_id": self.club.id, "partner_id": company.id}
        )
        self.member.parent_id = company
        page = self.page(f"/my/club/{card.id}")
        self.assertIn(card.code, self.text(page, "balance"))
        self.assertIn(self.card.code, self.text(self.page(), "balance"))

    def test_a_club_that_is_not_for_the_portal_is_not_shown(self):
        self.club.portal_visible = False
        self.assertIsNotNone(self.text(self.page(), "no_card"))

    def test_without_a_card_the_page_says_how_to_get_one(self):
        self.card.active = False
        page = self.page()
        self.assertIsNotNone(self.text(page, "no_card"))
        self.assertIsNone(self.text(page, "balance"))

    def test_stock_pages_of_a_card_show_the_ledger(self):
        self.card._l10n_ir_award(150, "join", "Joined the club")
        path = f"/my/loyalty_card/{self.card.id}/history"
        self.assertTrue(self.url_open(path).url.endswith(f"/my/club/{self.card.id}"))
        path = f"/my/loyalty_card/{self.card.id}/values"
        lines = self.make_jsonrpc_request(path)["history_lines"]
        self.assertEqual(
            [(line["description"], line["points"]) for line in lines],
            [("Joined the club", "+150 Points")],
        )

    def test_the_account_page_leads_to_the_club(self):
        count = self.make_jsonrpc_request("/my/counters", {"counters": ["club_count"]})
        self.assertEqual(count, {"club_count": 1})
        self.card.active = False
        count = self.make_jsonrpc_request("/my/counters", {"counters": ["club_count"]})
        self.assertEqual(count, {"club_count": 0})

    # Balance and history

    def test_pending_and_expiring_points_are_announced(self):
        later = self.today + timedelta(7)
        self.card._l10n_ir_award(40, "a", "A", available_on=later)
        self.card._l10n_ir_award(60, "b", "B", expires_on=self.today + timedelta(10))
        page = self.page()
        self.assertEqual(self.balance(page), 60)
        self.assertIn("40", self.text(page, "pending"))
        self.assertIn("60", self.text(page, "expiring"))

    def test_points_that_ran_out_are_gone_before_the_night(self):
        award = self.card._l10n_ir_award(60, "b", "B", expires_on=self.today)
        self.env.cr.execute(
            "UPDATE crm_ir_loyalty_movement SET expires_on = %s WHERE id = %s",
            (self.today - timedelta(1), award.id),
        )
        award.invalidate_recordset()
        self.assertEqual(self.balance(self.page()), 0)

    def test_a_debt_is_explained(self):
        self.card._l10n_ir_award(60, "a", "A")
        self.card._l10n_ir_spend(60, "b", "B")
        self.card._l10n_ir_revoke("a", 0.5, "c", "C")
        self.assertIn("30", self.text(self.page(), "owed"))

    def test_the_history_has_pages(self):
        for number in range(45):
            self.card._l10n_ir_award(1, f"award {number}", f"Award number {number};")
        for page, first, last in ((1, 44, 25), (2, 24, 5), (3, 4, 0), (99, 4, 0)):
            page = self.page(f"/my/club/{self.card.id}/page/{page}")
            rows = page.xpath("//tr[@data-kind]")
            self.assertEqual(len(rows), first - last + 1)
            self.assertIn(f"number {first};", rows[0].text_content())
            self.assertIn(f"number {last};", rows[-1].text_content())

    def test_what_a_reason_says_is_text(self):
        self.card._l10n_ir_award(1, "a", "<script>alert(1)</script>")
        self.assertIn("<script>alert(1)</script>", self.page().text_content())

    def test_a_club_without_movements_says_so(self):
        self.assertIsNotNone(self.text(self.page(), "no_movements"))

    # Rewards and tiers

    def test_rewards_that_can_be_had_and_those_within_reach(self):
        self.card._l10n_ir_award(150, "join", "Joined")
        page = self.page()
        self.assertIn("5%", self.text(page, "rewards_ready"))
        ahead = self.text(page, "rewards_ahead")
        self.assertIn("10%", ahead)
        self.assertIn("850", ahead)

    def test_the_way_to_the_next_tier(self):
        self.tier(name="Silver", sequence=1, period="ever", minimum_points=100)
        self.tier(name="Gold", sequence=2, period="ever", minimum_points=400)
        self.card._l10n_ir_award(150, "join", "Joined")
        self.env["crm.ir.loyalty.membership"]._evaluate(self.club, self.member)
        page = self.page()
        self.assertIn("Silver", self.text(page, "tier"))
        self.assertIn("Gold", self.text(page, "tier_ahead"))
        [step] = page.xpath("//*[@data-measure]")
        self.assertEqual(step.get("data-measure"), "points")
        self.assertEqual(float(step.get("data-have")), 150)
        self.assertEqual(float(step.get("data-need")), 400)

    def test_a_tier_of_this_jalali_year_is_kept_to_the_end_of_the_next(self):
        tier = self.tier(name="Gold", period="year", minimum_points=100, grace_days=10)
        self.card._l10n_ir_award(150, "join", "Joined")
        memberships = self.env["crm.ir.loyalty.membership"]
        memberships._evaluate(self.club, self.member)
        membership = memberships.search([("partner_id", "=", self.member.id)])
        year = jdatetime.date.fromgregorian(date=self.today).year
        new_year = jdatetime.date(year + 2, 1, 1).togregorian()
        self.assertEqual(
            tier._kept_until(membership, self.today), new_year + timedelta(9)
        )
        self.assertIsNotNone(self.text(self.page(), "kept_until"))
        # a year later the year before counts
        next_year = jdatetime.date(year + 1, 6, 1).togregorian()
        self.assertEqual(
            tier._kept_until(membership, next_year), new_year + timedelta(9)
        )

    def test_a_tier_that_is_kept_by_grace_says_until_when(self):
        tier = self.tier(name="Gold", period="ever", minimum_points=100)
        self.env["crm.ir.loyalty.membership"].create(
            {
                "program_id": self.club.id,
                "partner_id": self.member.id,
                "tier_id": tier.id,
                "grace_until": self.today + timedelta(5),
            }
        )
        self.assertIsNotNone(self.text(self.page(), "grace"))

    def test_without_tiers_nothing_is_said_of_them(self):
        self.assertIsNone(self.text(self.page(), "tier"))

    # Friends

    def test_a_member_finds_their_code_and_a_link_to_send(self):
        self.assertIsNone(self.text(self.page(), "referral"))
        self.rule("referral")
        page = self.page()
        code = self.member.l10n_ir_referral_code
        self.assertEqual(self.text(page, "referral_code"), code)
        [link] = page.xpath("//input[@name='referral_url']/@value")
        self.assertTrue(link.endswith(f"/my/club?code={code}"))

    def test_a_friend_opens_the_link_and_saves_the_code(self):
        self.rule("referral")
        self.card.active = False
        code = self.stranger.l10n_ir_referral_code
        page = self.page(f"/my/club?code={code}")
        self.assertEqual(page.xpath("//input[@name='code']/@value"), [code])
        page = self.post("/my/club/friend", code=code)
        self.assertEqual(self.member.l10n_ir_referrer_id, self.stranger)
        self.assertIsNone(self.text(page, "friend"))

    def test_a_code_that_nobody_has_is_refused(self):
        self.rule("referral")
        for code in ("00000000", "", "<b>", "9" * 5000):
            page = self.post("/my/club/friend", code=code)
            self.assertIsNotNone(self.text(page, "friend_error"))
        self.assertFalse(self.member.l10n_ir_referral_ids)

    def test_ones_own_code_is_refused_without_telling_names(self):
        self.rule("referral")
        self.stranger.phone = self.member.phone = "+989121234567"
        for partner in (self.member, self.stranger):
            code = partner.l10n_ir_referral_code
            page = self.post("/my/club/friend", code=code)
            error = self.text(page, "friend_error")
            self.assertIn("cannot be used", error)
            self.assertNotIn("Stranger", error)
        self.assertFalse(self.member.l10n_ir_referral_ids)

    def test_a_mobile_number_does_not_tell_who_is_a_member(self):
        self.rule("referral")
        self.stranger.phone = "+989121234567"
        page = self.post("/my/club/friend", code="09121234567")
        self.assertIn("No member", self.text(page, "friend_error"))
        self.assertFalse(self.member.l10n_ir_referral_ids)

    # Days of one's own

    def test_a_member_tells_their_birthday_once(self):
        self.rule("birthday")
        page = self.page()
        self.assertTrue(page.xpath("//input[@name='birthdate_date']"))
        self.assertFalse(page.xpath("//input[@name='l10n_ir_wedding_date']"))
        page = self.post("/my/club/days", birthdate_date="۱۳۷۰/۰۵/۲۳")
        birthday = jdatetime.date(1370, 5, 23).togregorian()
        self.assertEqual(self.member.birthdate_date, birthday)
        self.assertIsNone(self.text(page, "days"))
        self.post("/my/club/days", birthdate_date="1371/01/01")
        self.assertEqual(self.member.birthdate_date, birthday)

    def test_a_wrong_day_is_marked_and_nothing_is_stored(self):
        self.rule("birthday")
        self.rule("wedding")
        tomorrow = jdatetime.date.fromgregorian(date=self.today + timedelta(1))
        for wrong in ("1370/13/01", "x" * 5000, "1200/01/01", f"{tomorrow:%Y/%m/%d}"):
            page = self.post(
                "/my/club/days",
                birthdate_date=wrong,
                l10n_ir_wedding_date="1395/01/01",
            )
            [field] = page.xpath("//input[@name='birthdate_date']")
            self.assertIn("is-invalid", field.get("class"))
            self.assertEqual(field.get("value"), wrong)
        self.assertFalse(self.member.birthdate_date)
        self.assertFalse(self.member.l10n_ir_wedding_date)

    def test_nothing_else_is_written_by_that_form(self):
        self.rule("birthday")
        self.post(
            "/my/club/days",
            name="Other",
            partner_id=self.stranger.id,
            l10n_ir_wedding_date="1395/01/01",
            birthdate_date="1370/05/23",
        )
        self.assertNotEqual(self.member.name, "Other")
        self.assertFalse(self.member.l10n_ir_wedding_date)
        self.assertFalse(self.stranger.birthdate_date)

    def test_forms_want_their_token(self):
        self.rule("birthday")
        for path in ("/my/club/days", "/my/club/friend"):
            with self.assertLogs("odoo.http", "WARNING"):
                response = self.url_open(path, data={"birthdate_date": "1370/05/23"})
            self.assertEqual(response.status_code, 400)
        self.assertFalse(self.member.birthdate_date)

    # In the browser

    def test_a_member_looks_at_the_club(self):
        self.rule("birthday")
        self.rule("referral")
        self.tier(name="Gold", period="year", minimum_points=500)
        self.card._l10n_ir_award(200, "join", "Joined")
        self.card._l10n_ir_spend(50, "gift", "A gift")
        self.start_tour("/my", "crm_ir_loyalty_club", login="club_member")
        self.assertEqual(
            self.member.birthdate_date, jdatetime.date(1370, 5, 23).togregorian()
        )
