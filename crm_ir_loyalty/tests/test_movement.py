from datetime import date, timedelta
from fractions import Fraction

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .movement_common import START, LedgerCase


@tagged("post_install", "-at_install")
@freeze_time(f"{START} 08:00:00")
class TestMovement(LedgerCase):
    def on(self, day):
        """The same, days after the first of the year."""
        return freeze_time(f"{START + timedelta(days=day)} 08:00:00")

    def settle(self):
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 1)
        self.env["loyalty.card"]._cron_l10n_ir_settle()

    # Replay

    def test_a_reference_that_comes_again_changes_nothing(self):
        first = self.award(10, "survey")
        self.assertEqual(self.award(99, "survey"), first)
        spent = self.spend(4, "gift")
        self.assertEqual(self.spend(1, "gift"), spent)
        revoked = self.card._l10n_ir_revoke("survey", 0.5, "back", "Returned")
        again = self.card._l10n_ir_revoke("survey", 1, "back", "Returned")
        self.assertEqual(again, revoked)
        self.assertEqual(self.rows(), [("award", 10), ("spend", -4), ("revoke", -5)])
        self.assertEqual(self.card.points, 1)

    def test_each_card_has_its_own_references(self):
        other = self.env["loyalty.card"].create({"program_id": self.club.id})
        self.award(10, "survey")
        other._l10n_ir_award(7, "survey", "A survey")
        self.assertEqual((self.card.points, other.points), (10, 7))

    # Spending

    def test_the_oldest_expiry_is_spent_first(self):
        late = self.award(10, "late", expires_on=START + timedelta(days=60))
        never = self.award(10, "never", expires_on=False)
        early = self.award(10, "early", expires_on=START + timedelta(days=30))
        self.spend(15, "gift")
        self.assertEqual([early.remaining, late.remaining, never.remaining], [0, 5, 10])

    def test_more_than_there_is_cannot_be_spent(self):
        self.award(10, "survey")
        with self.assertRaisesRegex(UserError, "has 10 points to spend, not 10.5"):
            self.spend(10.5, "gift")
        self.assertEqual(self.rows(), [("award", 10)])

    def test_amounts_that_are_none_are_refused(self):
        for points in (0, -5, 0.00001, "many", None, float("nan"), 10**11):
            with (
                self.subTest(points=points),
                self.assertRaisesRegex(UserError, "a number above 0"),
            ):
                self.award(points, "survey")
        self.assertFalse(self.rows())

    def test_fractions_add_up_without_drift(self):
        for number in range(10):
            self.award(0.1, f"tenth {number}")
        self.assertEqual(self.card.points, 1)
        self.spend(1, "gift")
        self.assertEqual(self.card.points, 0)

    # Days

    def test_pending_points_are_not_spent_until_their_day(self):
        self.club.l10n_ir_pending_days = 7
        award = self.award(10, "survey")
        self.assertEqual(award.available_on, date(2026, 3, 28))
        self.assertEqual((self.card.points, self.card.l10n_ir_pending), (0, 10))
        with self.on(6):
            self.settle()
            self.assertEqual(self.card.points, 0)
        with self.on(7):
            self.settle()
            self.assertEqual(self.card.points, 10)
            self.spend(10, "gift")

    def test_points_expire_the_day_after_their_last_one(self):
        award = self.award(10, "survey", expires_on=START + timedelta(days=5))
        self.spend(4, "gift")
        with self.on(5):
            self.settle()
            self.assertEqual(self.card.points, 6)
        with self.on(6):
            self.settle()
            self.settle()
            self.assertEqual(self.card.points, 0)
            self.assertEqual(self.rows()[2:], [("expire", -6)])
            self.assertEqual(award.origin_of_ids.date, date(2026, 3, 27))

    def test_what_has_run_out_is_not_spent_before_the_nightly_run(self):
        self.award(10, "survey", expires_on=START)
        with self.on(1), self.assertRaisesRegex(UserError, "has 0 points"):
            self.spend(1, "gift")

    def test_the_day_is_the_one_of_tehran(self):
        self.award(10, "survey", expires_on=START)
        # 00:10 of the next day in Tehran
        with freeze_time(f"{START} 20:40:00"):
            self.settle()
            self.assertEqual(self.card.points, 0)

    def test_validity_ends_with_the_jalali_period(self):
        # facts: waggon's credit dies at the end of next season, dibashop's after days
        cases = {
            (1, "quarter"): date(2026, 9, 22),  # 31 Shahrivar 1405
            (0, "quarter"): date(2026, 6, 21),  # 31 Khordad
            (0, "month"): date(2026, 4, 20),  # 31 Farvardin
            (6, "month"): date(2026, 10, 22),  # 30 Mehr
            (0, "year"): date(2027, 3, 20),  # 29 Esfand 1405
            (30, "day"): date(2026, 4, 20),
        }
        for (count, unit), last in cases.items():
            with self.subTest(count=count, unit=unit):
                self.club.l10n_ir_validity_count = count
                self.club.l10n_ir_validity_unit = unit
                award = self.award(1, f"{count} {unit}")
                self.assertEqual(award.expires_on, last)

    def test_validity_counts_from_the_day_of_availability(self):
        self.club.write(
            {
                "l10n_ir_pending_days": 40,
                "l10n_ir_validity_count": 0,
                "l10n_ir_validity_unit": "month",
            }
        )
        # 10 Ordibehesht, and the last day of Ordibehesht
        self.assertEqual(self.award(1, "survey").expires_on, date(2026, 5, 21))

    def test_a_kind_of_earning_has_its_own_days(self):
        self.club.l10n_ir_validity_unit = "month"
        birthday = self.award(5, "birthday", expires_on=START + timedelta(days=10))
        forever = self.award(5, "join", expires_on=False)
        self.assertEqual(birthday.expires_on, date(2026, 3, 31))
        self.assertFalse(forever.expires_on)

    def test_points_cannot_expire_before_they_are_available(self):
        with self.assertRaisesRegex(UserError, "cannot expire"):
            self.award(
                5,
                "survey",
                available_on=START + timedelta(days=9),
                expires_on=START + timedelta(days=8),
            )

    def test_absurd_days_of_a_program_are_refused(self):
        for values in (
            {"l10n_ir_pending_days": -1},
            {"l10n_ir_validity_count": 10**6, "l10n_ir_validity_unit": "day"},
            {"l10n_ir_validity_count": 100, "l10n_ir_validity_unit": "year"},
        ):
            with self.subTest(values=values), self.assertRaises(ValidationError):
                self.club.write(values)

    # Taking back

    def test_what_is_returned_takes_its_share_of_its_own_award(self):
        award = self.award(10, "order", expires_on=False)
        self.award(10, "survey", expires_on=START + timedelta(days=1))
        self.card._l10n_ir_revoke("order", Fraction(3, 10), "back", "Returned")
        self.assertEqual((award.remaining, self.card.points), (7, 17))

    def test_points_taken_back_after_they_were_spent_are_owed(self):
        self.award(10, "order")
        self.spend(8, "gift")
        self.card._l10n_ir_revoke("order", 1, "back", "Returned")
        self.assertEqual(self.card.points, -8)
        with self.assertRaises(UserError):
            self.spend(1, "another gift")
        later = self.award(10, "survey")
        self.assertEqual((self.card.points, later.remaining), (2, 2))

    def test_pending_points_are_taken_back_without_touching_the_others(self):
        self.award(5, "survey")
        self.award(10, "order", available_on=START + timedelta(days=7))
        self.card._l10n_ir_revoke("order", 0.5, "back", "Returned")
        self.assertEqual((self.card.points, self.card.l10n_ir_pending), (5, 5))
        with self.on(7):
            self.settle()
            self.assertEqual(self.card.points, 10)

    def test_expired_points_are_not_taken_back_again(self):
        self.award(10, "order", expires_on=START)
        self.spend(3, "gift")
        with self.on(1):
            self.settle()
            # half an award would have been 5: 3 spent, 2 expired
            self.card._l10n_ir_revoke("order", 0.5, "half", "Returned")
            self.assertEqual(self.card.points, 0)
            self.card._l10n_ir_revoke("order", 0.5, "rest", "Returned")
            self.assertEqual(self.card.points, -3)

    def test_a_return_that_is_undone_gives_back_with_the_old_expiry(self):
        award = self.award(10, "order", expires_on=START + timedelta(days=5))
        revoke = self.card._l10n_ir_revoke("order", 0.4, "back", "Returned")
        self.assertEqual(self.card.points, 6)
        revoke._give_back("Return cancelled")
        self.assertEqual((self.card.points, award.remaining), (10, 10))
        with self.on(6):
            self.settle()
            self.assertEqual(self.card.points, 0)

    def test_only_a_share_of_an_award_is_taken_back(self):
        self.award(10, "order")
        self.spend(1, "gift")
        for share in (0, -1, 1.1, "half", None):
            with (
                self.subTest(share=share),
                self.assertRaisesRegex(UserError, "a share above 0 and up to 1"),
            ):
                self.card._l10n_ir_revoke("order", share, "back", "Returned")
        with self.assertRaisesRegex(UserError, "a share above 0"):
            self.card._l10n_ir_revoke("gift", 1, "back", "Returned")
        with self.assertRaisesRegex(UserError, "has no award nothing"):
            self.card._l10n_ir_revoke("nothing", 1, "back", "Returned")

    # Stock's own changes of the balance

    def test_every_change_of_points_is_a_movement(self):
        card = self.env["loyalty.card"].create(
            {"program_id": self.club.id, "points": 10}
        )
        card.points += 5
        card.write({"points": 3})
        card.points = 3
        self.assertEqual(
            self.rows(card), [("adjust", 10), ("adjust", 5), ("adjust", -12)]
        )
        self.assertLedger(card)

    def test_a_change_by_hand_of_many_cards_is_one_for_each(self):
        cards = self.env["loyalty.card"].create(
            [{"program_id": self.club.id, "points": points} for points in (1, 2)]
        )
        cards.write({"points": 2})
        self.assertEqual(self.rows(cards[0]), [("adjust", 1), ("adjust", 1)])
        self.assertEqual(self.rows(cards[1]), [("adjust", 2)])

    def test_points_that_ran_out_do_not_come_back_with_an_old_balance(self):
        self.award(10, "survey", expires_on=START)
        with self.on(1):
            self.card.points += 5
        self.assertEqual(self.card.points, 5)

    def test_points_that_are_no_number_are_refused(self):
        for points in (float("nan"), float("inf"), 1e12):
            with (
                self.subTest(points=points),
                self.assertRaisesRegex(UserError, "no number of points"),
            ):
                self.card.points = points

    def test_coupons_count_their_uses_without_a_ledger(self):
        coupons = self.env["loyalty.program"].create(
            {"name": "Coupons", "program_type": "coupons"}
        )
        coupon = self.env["loyalty.card"].create(
            {"program_id": coupons.id, "points": 1}
        )
        coupon.points -= 1
        self.assertEqual(coupon.points, 0)
        self.assertFalse(self.rows(coupon))
        with self.assertRaisesRegex(UserError, "hold no points"):
            coupon._l10n_ir_award(1, "survey", "A survey")

    def test_money_on_gift_cards_and_wallets_is_in_the_ledger(self):
        for kind in ("gift_card", "ewallet"):
            with self.subTest(kind=kind):
                program = self.env["loyalty.program"].create(
                    {"name": kind, "program_type": kind}
                )
                card = self.env["loyalty.card"].create(
                    {"program_id": program.id, "points": 12_500_000}
                )
                self.assertEqual(self.rows(card), [("adjust", 12_500_000)])

    # Who may

    def test_a_salesman_reads_the_ledger_and_does_not_change_it(self):
        movement = self.award(10, "survey")
        as_salesman = movement.with_user(self.salesman)
        self.assertEqual(as_salesman.points, 10)
        self.assertEqual(self.card.with_user(self.salesman).l10n_ir_pending, 0)
        with self.assertRaises(AccessError):
            as_salesman.points = 20
        with self.assertRaises(AccessError):
            as_salesman.unlink()
        with self.assertRaises(AccessError):
            as_salesman.create(movement.copy_data()[0])

    def test_not_even_a_manager_changes_a_movement(self):
        movement = self.award(10, "survey").with_user(self.manager)
        with self.assertRaises(AccessError):
            movement.points = 20
        with self.assertRaises(AccessError):
            movement.unlink()

    def test_only_managers_change_a_balance_by_hand(self):
        card = self.card.with_user(self.salesman)
        with self.assertRaisesRegex(AccessError, "Only sales administrators"):
            card.points = 50
        # what only our own code can say cannot be said from outside
        forged = {"l10n_ir_loyalty_document": ["sale.order", 1]}
        with self.assertRaisesRegex(AccessError, "Only sales administrators"):
            card.with_context(**forged).points = 50
        card.with_context(l10n_ir_loyalty_booked=True).points = 50
        self.assertEqual(self.card.points, 0)

    def test_a_manager_adjusts_with_a_reason(self):
        self.env["loyalty.card.update.balance"].with_user(self.manager).create(
            {
                "card_id": self.card.id,
                "new_balance": 50,
                "description": "A broken delivery",
            }
        ).action_update_card_point()
        movement = self.card.l10n_ir_movement_ids
        self.assertEqual((movement.kind, movement.points), ("adjust", 50))
        self.assertEqual(movement.reason, "A broken delivery")
        self.assertEqual(movement.create_uid, self.manager)

    def test_a_manager_does_not_set_a_balance_below_zero(self):
        with self.assertRaisesRegex(UserError, "less than no points"):
            self.card.with_user(self.manager).points = -1

    def test_each_company_sees_its_own_ledger(self):
        company = self.env["res.company"].create({"name": "Another Shop"})
        self.club.company_id = company
        self.env.flush_all()
        movement = self.award(10, "survey")
        visible = self.movements.with_user(self.salesman).search([])
        self.assertNotIn(movement, visible)

    # What happens to cards

    def test_an_archived_card_still_lets_points_expire(self):
        self.award(10, "survey", expires_on=START)
        self.card.action_archive()
        with self.on(1):
            self.settle()
        self.assertEqual(self.card.points, 0)

    def test_a_deleted_card_takes_its_ledger_along(self):
        self.award(10, "survey")
        movements = self.card.l10n_ir_movement_ids
        self.card.unlink()
        self.assertFalse(movements.exists())

    def test_merged_members_keep_their_points_with_their_days(self):
        twin = self.env["res.partner"].create({"name": "Member"})
        other = self.env["loyalty.card"].create(
            {"program_id": self.club.id, "partner_id": twin.id}
        )
        self.award(10, "birthday", expires_on=START + timedelta(days=9))
        other._l10n_ir_award(4, "birthday", "Birthday")
        other._l10n_ir_award(6, "order", "Order", available_on=START + timedelta(2))
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge([twin.id, self.member.id], self.member)
        self.assertEqual((self.card.points, self.card.l10n_ir_pending), (14, 6))
        self.assertEqual((other.points, other.active), (0, False))
        # what came in through the other card can still be returned
        self.card._l10n_ir_revoke("order", 1, "back", "Returned")
        self.assertEqual(self.card.l10n_ir_pending, 0)
        with self.on(10):
            self.settle()
            self.assertEqual(self.card.points, 4)
            self.assertLedger(self.card)

    def test_cards_from_before_the_ledger_begin_with_what_they_hold(self):
        cards = self.env["loyalty.card"].create(
            [{"program_id": self.club.id} for _number in range(3)]
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE loyalty_card SET points = 100.0 / 3 WHERE id IN %s",
            (tuple(cards[:2].ids),),
        )
        cards.invalidate_recordset()
        cards[1].action_archive()
        for _twice in range(2):
            self.club._l10n_ir_open_cards()
        for card in cards[:2]:
            self.assertEqual(self.rows(card), [("adjust", 33.3333)])
            self.assertLedger(card)
        self.assertFalse(self.rows(cards[2]))
        cards[0]._l10n_ir_spend(33.3333, "gift", "A gift")
        self.assertEqual(cards[0].points, 0)

    # What people see

    def test_the_card_tells_what_expires_soon(self):
        self.award(3, "soon", expires_on=START + timedelta(days=30))
        self.award(5, "later", expires_on=START + timedelta(days=31))
        self.award(7, "never", expires_on=False)
        self.assertEqual(self.card.with_user(self.salesman).l10n_ir_expiring, 3)

    def test_the_card_shows_its_ledger_and_only_managers_a_way_to_change_it(self):
        self.award(10, "survey", document=self.member)
        for user, may in ((self.salesman, False), (self.manager, True)):
            with self.subTest(user=user.login):
                card = self.card.with_user(user)
                with Form(card) as form:
                    self.assertEqual(len(form.l10n_ir_movement_ids), 1)
                arch = card.get_view(view_type="form")["arch"]
                self.assertEqual("action_loyalty_update_balance" in arch, may)

    def test_each_row_says_the_balance_after_it(self):
        self.award(10, "survey")
        self.award(5, "order", available_on=START + timedelta(days=1))
        self.spend(4, "gift")
        balances = self.card.l10n_ir_movement_ids.sorted("id").mapped("balance")
        self.assertEqual(balances, [10, 10, 6])

    def test_the_ledger_is_grouped_by_member_and_program(self):
        self.award(10, "survey")
        groups = self.movements.with_user(self.salesman)._read_group(
            [("card_id", "=", self.card.id)],
            ["partner_id", "program_id"],
            ["points:sum"],
        )
        self.assertEqual(groups, [(self.member, self.club, 10)])

    def test_a_movement_names_its_document(self):
        movement = self.award(10, "survey", document=self.member)
        self.assertEqual(
            (movement.res_model, movement.res_id), ("res.partner", self.member.id)
        )
        self.assertEqual(movement.date, fields.Date.to_date(START))
