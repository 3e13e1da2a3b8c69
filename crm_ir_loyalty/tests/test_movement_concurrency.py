import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psycopg2.errors

from odoo import SUPERUSER_ID, api, fields
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install", "-standard", "concurrency")
class TestMovementConcurrency(BaseCase):
    """Cashiers with real transactions; what they leave behind is deleted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        with cls.environment() as env:
            cls.club = (
                env["loyalty.program"]
                .create(
                    {"name": "Club", "program_type": "loyalty", "applies_on": "both"}
                )
                .id
            )
        cls.addClassCleanup(cls.clean)

    @classmethod
    @contextlib.contextmanager
    def environment(cls):
        """A transaction, committed at the end."""
        with cls.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    @classmethod
    def clean(cls):
        with cls.environment() as env:
            club = env["loyalty.program"].browse(cls.club)
            env["loyalty.card"].search([("program_id", "=", club.id)]).unlink()
            club.active = False
            club.unlink()

    def setUp(self):
        super().setUp()
        with self.environment() as env:
            self.today = env["crm.ir.loyalty.movement"]._today()
            self.card = env["loyalty.card"].create({"program_id": self.club}).id

    def at_once(self, *tasks):
        """Run tasks on the card in transactions that began at one moment.

        :return: for each what it raised, or None
        """
        barrier = threading.Barrier(len(tasks))
        with contextlib.ExitStack() as stack:
            cards = []
            for _task in tasks:
                # an environment that is made in a thread would wait for the runner
                cr = stack.enter_context(contextlib.closing(self.registry.cursor()))
                card = api.Environment(cr, SUPERUSER_ID, {})["loyalty.card"]
                cards.append(card.browse(self.card))
                cards[-1].fetch(["points", "program_id"])

            def run(task, card):
                barrier.wait(timeout=10)
                try:
                    task(card)
                    card.env.cr.commit()
                except (UserError, psycopg2.Error) as error:
                    card.env.cr.rollback()
                    return error
                return None

            with (
                mute_logger("odoo.sql_db"),
                ThreadPoolExecutor(len(tasks)) as pool,
            ):
                return list(pool.map(run, tasks, cards))

    def rows(self):
        with self.environment() as env:
            card = env["loyalty.card"].browse(self.card)
            rows = card.l10n_ir_movement_ids.sorted("id")
            return card.points, [(row.kind, row.points) for row in rows]

    def award(self, points, **values):
        with self.environment() as env:
            card = env["loyalty.card"].browse(self.card)
            card._l10n_ir_award(points, "join", "Joined", **values)

    def test_two_who_spend_at_once_do_not_overdraw(self):
        self.award(10)
        failures = self.at_once(
            lambda card: card._l10n_ir_spend(8, "first", "A gift"),
            lambda card: card._l10n_ir_spend(8, "second", "A gift"),
        )
        self.assertEqual(failures.count(None), 1)
        (failure,) = filter(None, failures)
        # Odoo does the request anew after this
        self.assertIsInstance(failure, psycopg2.errors.SerializationFailure)
        self.assertEqual(self.rows(), (2, [("award", 10), ("spend", -8)]))
        with self.environment() as env, self.assertRaises(UserError):
            env["loyalty.card"].browse(self.card)._l10n_ir_spend(8, "again", "A gift")

    def test_two_who_change_the_balance_as_stock_does_do_not_overdraw(self):
        self.award(10)

        def take(card):
            card.points -= 8
            card.env.flush_all()

        failures = self.at_once(take, take)
        self.assertEqual(failures.count(None), 1)
        self.assertEqual(self.rows(), (2, [("award", 10), ("adjust", -8)]))

    def test_one_award_that_comes_twice_at_once_is_written_once(self):
        def give(card):
            card._l10n_ir_award(5, "survey", "A survey")

        failures = self.at_once(give, give)
        self.assertEqual(failures.count(None), 1)
        self.assertEqual(self.rows(), (5, [("award", 5)]))
        with self.environment() as env:
            give(env["loyalty.card"].browse(self.card))
        self.assertEqual(self.rows(), (5, [("award", 5)]))

    def test_expiry_and_a_spend_at_once_do_not_take_points_twice(self):
        yesterday = fields.Date.add(self.today, days=-1)
        self.award(10, expires_on=self.today + timedelta(days=1))
        with self.environment() as env:
            env.cr.execute(
                "UPDATE crm_ir_loyalty_movement SET expires_on = %s WHERE card_id = %s",
                (yesterday, self.card),
            )
        failures = self.at_once(
            lambda card: card._l10n_ir_settle(),
            lambda card: card._l10n_ir_spend(8, "gift", "A gift"),
        )
        self.assertTrue(any(failures))
        with self.environment() as env:
            env["loyalty.card"].browse(self.card)._l10n_ir_settle()
        self.assertEqual(self.rows(), (0, [("award", 10), ("expire", -10)]))
