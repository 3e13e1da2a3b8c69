from unittest.mock import patch

from psycopg2.errors import CheckViolation

from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .customer_common import TODAY, CustomerCase, ago


@tagged("post_install", "-at_install")
class TestCustomerLifecycle(CustomerCase):
    def lifecycle(self, *rows, day=TODAY):
        """The state of customer 0 among others who keep the scores apart."""
        self.bought(
            *[(0, when, amount) for when, amount in rows],
            *[(who, ago(300 + who), 10 * who) for who in range(1, 10)],
        )
        self.refresh(day)
        return self.row(0).lifecycle

    def lead(self, who, **values):
        return self.env["crm.lead"].create(
            {
                "name": "Lead",
                "type": "lead",
                "partner_id": self.people[who].id,
                "company_id": self.company.id,
                **values,
            }
        )

    def moved(self, who, kind="lifecycle"):
        """Moves of a customer as a salesperson sees them, the oldest first."""
        moves = self.moves.with_user(self.user).search(
            [("partner_id", "=", self.people[who].id), ("kind", "=", kind)],
            order="id",
        )
        return [(move.date, move.old, move.new) for move in moves]

    def test_new_from_the_first_purchase_for_sixty_days(self):
        self.assertEqual(self.lifecycle((TODAY, 1)), "new")
        self.assertEqual(self.lifecycle((ago(60), 1), (ago(1), 1)), "new")
        self.assertEqual(self.lifecycle((ago(61), 1), (ago(1), 1)), "active")

    def test_loyal_by_frequency_and_amount(self):
        often = [(ago(10 * number), 1000) for number in range(12)]
        self.assertEqual(self.lifecycle(*often), "loyal")
        # as often, for almost nothing
        cheap = [(day, 1) for day, _amount in often]
        self.assertEqual(self.lifecycle(*cheap), "active")

    def test_at_risk_after_more_than_twice_the_usual_gap(self):
        def since(days):
            return [(ago(days + 30 * number), 1) for number in range(3)]

        self.assertEqual(self.lifecycle(*since(60)), "active")
        self.assertEqual(self.lifecycle(*since(61)), "at_risk")

    def test_two_purchase_days_are_no_habit_yet(self):
        self.assertEqual(self.lifecycle((ago(150), 1), (ago(149), 1)), "active")

    def test_inactive_and_lost_by_days_of_silence(self):
        for days, state in (
            (180, "active"), (181, "inactive"), (365, "inactive"), (366, "lost"),
        ):  # fmt: skip
            self.assertEqual(self.lifecycle((ago(days), 1)), state)

    def test_the_company_chooses_the_days(self):
        self.company.write(
            {
                "l10n_ir_customer_new_days": 5,
                "l10n_ir_customer_inactive_days": 10,
                "l10n_ir_customer_lost_days": 20,
            }
        )
        for days, state in (
            (5, "new"), (6, "active"), (11, "inactive"), (21, "lost"),
        ):  # fmt: skip
            self.assertEqual(self.lifecycle((ago(days), 1)), state)

    def test_days_out_of_order_are_refused(self):
        for values in (
            {"l10n_ir_customer_new_days": 0},
            {"l10n_ir_customer_new_days": 181},
            {"l10n_ir_customer_lost_days": 180},
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                self.company.write(values)

    def test_contacts_with_leads_only(self):
        self.lead(0)
        self.lead(1)
        self.lead(1, type="opportunity")
        self.lead(2, type="opportunity", active=False)
        self.bought((3, ago(1), 5))
        self.lead(3)
        self.refresh()
        self.assertEqual(
            self.columns("lifecycle", "frequency", "segment", "last_purchase"),
            {
                0: ("lead", 0, False, False),
                1: ("qualified", 0, False, False),
                # alone, so as recent, and no more often than the others
                3: ("new", 1, "new", ago(1)),
            },
        )

    def test_a_lead_without_company_counts_and_of_another_company_does_not(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.lead(0, company_id=False)
        self.lead(1, company_id=other.id)
        self.refresh()
        self.assertEqual(self.columns("lifecycle"), {0: ("lead",)})

    def test_leads_change_no_scores(self):
        self.bought(*[(who, ago(who), 10 * who) for who in range(5)])
        before = self.refresh()
        for who in range(5, 15):
            self.lead(who)
        self.assertEqual(self.refresh(), before)
        self.assertEqual(self.row(7).recency_score, 0)

    def test_the_unhappy_are_known_by_the_hook(self):
        self.bought((0, ago(1), 1), (1, ago(1), 1))
        unhappy = SQL("SELECT %s::int AS partner_id", self.people[1].id)
        with patch.object(
            self.registry["crm.ir.customer.stat"],
            "_unhappy_partners",
            lambda stats, company: unhappy,
        ):
            self.refresh()
        self.assertEqual(self.columns("lifecycle"), {0: ("new",), 1: ("unhappy",)})

    def test_time_alone_moves_a_customer_and_each_move_is_dated(self):
        self.lead(0, type="opportunity")
        self.refresh(ago(400))
        self.bought((0, ago(390), 5))
        for days in (390, 330, 329, 210, 209, 25, 24):
            self.refresh(ago(days))
        self.assertEqual(
            self.moved(0),
            [
                (ago(400), False, "qualified"),
                (ago(390), "qualified", "new"),
                (ago(329), "new", "active"),
                (ago(209), "active", "inactive"),
                (ago(24), "inactive", "lost"),
            ],
        )

    def test_moves_between_segments_are_dated_too(self):
        self.bought((0, ago(30), 10), *[(who, ago(40), 10) for who in range(1, 6)])
        self.refresh(ago(10))
        first = self.row(0).segment
        self.bought(
            (0, ago(30), 10),
            *[(who, ago(when), 10) for who in range(1, 6) for when in (3, 5, 40)],
        )
        self.refresh()
        self.assertNotEqual(self.row(0).segment, first)
        self.assertEqual(
            self.moved(0, "segment"),
            [(ago(10), False, first), (TODAY, first, self.row(0).segment)],
        )

    def test_who_goes_moves_to_nothing(self):
        self.bought((0, ago(1), 1))
        self.refresh(ago(1))
        self.bought()
        self.refresh()
        self.assertEqual(self.moved(0), [(ago(1), False, "new"), (TODAY, "new", False)])

    def test_without_a_change_there_is_no_move(self):
        self.bought((0, ago(1), 1))
        self.refresh()
        self.refresh()
        self.assertEqual(len(self.moved(0)), 1)

    def test_moves_are_created_by_the_orm_for_automations_to_see(self):
        created = []
        create = self.registry["crm.ir.customer.move"].create

        def listen(moves, vals_list):
            created.extend(vals_list)
            return create(moves, vals_list)

        self.bought((0, ago(1), 1), (1, ago(1), 1))
        with patch.object(self.registry["crm.ir.customer.move"], "create", listen):
            self.refresh()
        self.assertEqual(
            {
                (values["partner_id"], values["new"])
                for values in created
                if values["kind"] == "lifecycle"
            },
            {(self.people[0].id, "new"), (self.people[1].id, "new")},
        )

    def test_a_flood_of_moves_is_written_down_the_same(self):
        self.bought(*[(who, ago(1), 1) for who in range(4)])
        with (
            patch("odoo.addons.crm_ir_loyalty.models.crm_ir_customer_move.NEWS", 7),
            patch.object(
                self.registry["crm.ir.customer.move"],
                "create",
                lambda *_args: self.fail("nobody is flooded"),
            ),
        ):
            self.refresh()
        for who in range(4):
            self.assertEqual(self.moved(who), [(TODAY, False, "new")])
