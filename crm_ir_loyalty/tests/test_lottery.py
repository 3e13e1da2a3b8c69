import hashlib

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .club_common import ClubCase, jalali, on
from .test_lottery_draw import redraw


@tagged("post_install", "-at_install")
class TestLottery(ClubCase):
    def setUp(self):
        super().setUp()
        with on(1405, 1, 10):
            self.people = [self.member(f"Member {number}") for number in range(8)]
            for number, person in enumerate(self.people):
                if number:
                    self.card(person)._l10n_ir_award(number * 10.5, "gift", "A gift")

    def card(self, person):
        return self.club._l10n_ir_card(person)

    def lottery(self, **values):
        return (
            self.env["crm.ir.loyalty.lottery"]
            .with_user(self.manager)
            .create(
                {
                    "name": "Yalda",
                    "program_id": self.club.id,
                    "date_from": jalali(1405, 1, 1),
                    "date_to": jalali(1405, 1, 31),
                    "prize_ids": [
                        Command.create({"name": "Trip"}),
                        Command.create({"name": "Points", "quantity": 2, "points": 50}),
                    ],
                    **values,
                }
            )
        )

    def drawn(self, **values):
        lottery = self.lottery(**values)
        lottery.action_open()
        with on(1405, 2, 1):
            lottery.action_freeze()
            lottery.action_draw()
        return lottery

    def test_the_winners_follow_from_what_was_published(self):
        lottery = self.drawn()
        weights = {
            self.card(one).code: n * 10 + n // 2 for n, one in enumerate(self.people)
        }
        del weights[self.card(self.people[0]).code]
        frozen = {entry.code: entry.chances for entry in lottery.entry_ids}
        self.assertEqual(frozen, weights)
        self.assertEqual(
            lottery.commitment, hashlib.sha256(lottery.seed.encode()).hexdigest()
        )
        winners = lottery.entry_ids.filtered("prize_id").sorted("place")
        self.assertEqual(winners.mapped("code"), redraw(lottery.seed, weights, 3))
        self.assertEqual(
            [winner.prize_id.name for winner in winners], ["Trip", "Points", "Points"]
        )
        self.assertEqual(lottery.action_check()["params"]["type"], "success")

    def test_points_of_a_prize_come_to_the_winners(self):
        points = {person: self.points(person) for person in self.people}
        lottery = self.drawn()
        won = lottery.entry_ids.filtered(lambda entry: entry.prize_id.points).partner_id
        for person in self.people:
            gain = 50 if person in won else 0
            self.assertEqual(self.points(person), points[person] + gain)

    def test_the_seed_is_secret_until_the_draw(self):
        lottery = self.lottery()
        lottery.action_open()
        self.assertTrue(lottery.commitment)
        self.assertFalse(lottery.seed)
        with self.assertRaises(AccessError):
            lottery.read(["secret"])
        with self.assertRaises(AccessError):
            lottery.with_user(self.env.ref("base.user_admin")).read(["secret"])

    def test_no_step_is_repeated_or_taken_back(self):
        lottery = self.drawn()
        before = lottery.read(["seed", "digest", "commitment"])
        for step in (lottery.action_open, lottery.action_freeze, lottery.action_draw):
            with self.subTest(step=step.__name__), self.assertRaises(UserError):
                step()
        self.assertEqual(lottery.read(["seed", "digest", "commitment"]), before)

    def test_nothing_of_an_open_lottery_changes_even_for_the_server(self):
        lottery = self.lottery()
        with self.assertRaises(UserError):
            lottery.state = "drawn"
        lottery.action_open()
        everything = lottery.sudo()
        for change in (
            lambda: everything.write({"name": "Other"}),
            lambda: everything.write({"state": "draft"}),
            lambda: everything.write({"commitment": "0"}),
            lambda: everything.write({"state": "frozen", "commitment": "0"}),
            lambda: everything.prize_ids[0].write({"quantity": 9}),
            lambda: everything.prize_ids[0].unlink(),
            lambda: everything.unlink(),
        ):
            with self.assertRaises(UserError):
                change()
        with on(1405, 2, 1):
            lottery.action_freeze()
            lottery.action_draw()
        entry = everything.entry_ids[0]
        for change in (
            lambda: entry.write({"prize_id": False}),
            lambda: entry.write({"chances": 1000}),
            lambda: entry.unlink(),
            lambda: entry.copy({"code": "other"}),
        ):
            with self.assertRaises(UserError):
                change()

    def test_points_after_freezing_change_nothing(self):
        lottery = self.lottery(weight="balance")
        lottery.action_open()
        with on(1405, 2, 1):
            lottery.action_freeze()
            chances = lottery.entry_ids.mapped("chances")
            self.card(self.people[1])._l10n_ir_award(1000, "late", "Late")
            self.assertEqual(lottery.entry_ids.mapped("chances"), chances)

    def test_participants_are_frozen_after_the_period(self):
        lottery = self.lottery()
        lottery.action_open()
        with on(1405, 1, 31), self.assertRaises(UserError):
            lottery.action_freeze()

    def test_who_takes_part(self):
        gold = self.tier("Gold", period="ever", minimum_points=60)
        with on(1405, 1, 11):
            self.night()
        by_tier = self.drawn(tier_ids=gold.ids, weight="equal")
        self.assertEqual(set(by_tier.entry_ids.partner_id), set(self.people[6:]))
        self.assertEqual(set(by_tier.entry_ids.mapped("chances")), {1})
        by_filter = self.drawn(
            partner_domain="[('name', 'in', ['Member 0', 'Member 1'])]", weight="equal"
        )
        self.assertEqual(set(by_filter.entry_ids.partner_id), set(self.people[:2]))

    def test_bad_lotteries_are_refused(self):
        for domain in ("__import__('os')", "[('nothing', '=', 1)]", "5", "[5]", "[("):
            with self.subTest(domain=domain), self.assertRaises(ValidationError):
                self.lottery(partner_domain=domain)
        with self.assertRaises(UserError):
            self.lottery(prize_ids=[]).action_open()
        nobody = self.lottery(partner_domain="[('id', '=', 0)]")
        nobody.action_open()
        with on(1405, 2, 1), self.assertRaises(UserError):
            nobody.action_freeze()
        with self.assertRaises(AccessError):
            self.lottery().with_user(self.salesman).action_open()
