from datetime import datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo import SUPERUSER_ID, api
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .customer_common import TODAY, CustomerCase, ago

ROW = (
    "first_purchase", "last_purchase", "frequency", "monetary", "usual_gap",
    "recency_score", "frequency_score", "monetary_score", "segment", "lifecycle",
)  # fmt: skip


@tagged("post_install", "-at_install")
class TestCustomerRun(CustomerCase):
    def setUp(self):
        super().setUp()
        self.bought(*[(who, ago(10 * who + 1), 100 * who) for who in range(10)])
        self.touches = self.env["crm.ir.customer.touch"]
        self.runs = self.env["crm.ir.customer.run"]

    def update(self):
        """What the job does for the company at noon of the day."""
        with freeze_time(datetime(TODAY.year, TODAY.month, TODAY.day, 8)):
            self.runs._update(self.company)
        return self.runs.search([("company_id", "=", self.company.id)])

    def touch(self, *numbers):
        self.touches._add((self.company, self.people[who]) for who in numbers)

    def queue(self):
        return self.touches.search([("company_id", "=", self.company.id)])

    def test_the_first_run_knows_all_and_moves_nobody(self):
        run = self.update()
        self.assertEqual(len(self.columns("frequency")), 10)
        self.assertEqual((run.date, run.customers), (TODAY, 10))
        self.assertEqual(run.bounds["m"], [100, 300, 500, 700])
        self.assertFalse(self.moves.search([("company_id", "=", self.company.id)]))
        self.assertTrue(
            self.env["crm.ir.customer.cohort"].search(
                [("company_id", "=", self.company.id)]
            )
        )

    def test_the_next_day_all_are_recomputed(self):
        run = self.update()
        run.date = ago(1)
        self.bought((0, TODAY, 5))
        self.update()
        self.assertEqual(self.columns("monetary"), {0: (5,)})
        self.assertEqual(run.date, TODAY)

    def test_on_the_same_day_only_the_touched_are_recomputed(self):
        self.update()
        self.bought(*self.rows, (0, TODAY, 5000), (1, TODAY, 7))
        self.touch(0)
        self.update()
        self.assertEqual(self.row(0).monetary, 5000)
        self.assertEqual(self.row(1).monetary, 100)
        self.assertFalse(self.queue())

    def test_the_touched_are_scored_by_the_bounds_of_the_night(self):
        run = self.update()
        bounds = run.bounds
        self.bought(*self.rows, *[(0, ago(day), 5000) for day in range(9)])
        self.touch(0)
        self.update()
        row = self.row(0)
        self.assertEqual(
            (row.recency_score, row.frequency_score, row.monetary_score), (5, 5, 5)
        )
        self.assertEqual(run.bounds, bounds)

    def test_a_touched_customer_has_the_row_that_all_would_give(self):
        self.update()
        self.touch(*range(10))
        self.stats.search([("company_id", "=", self.company.id)]).unlink()
        self.update()
        touched = self.columns(*ROW)
        self.refresh()
        self.assertEqual(touched, self.columns(*ROW))
        self.assertEqual(len(touched), 10)

    def test_a_touched_customer_moves_and_others_do_not(self):
        self.update()
        self.bought(*self.rows, (20, TODAY, 1))
        self.touch(20, 3)
        self.update()
        moves = self.moves.search([("company_id", "=", self.company.id)])
        self.assertEqual(moves.partner_id, self.people[20])
        self.assertEqual(set(moves.mapped("kind")), {"segment", "lifecycle"})

    def test_a_touched_customer_without_purchases_goes(self):
        self.update()
        self.bought(*self.rows[1:])
        self.touch(0)
        self.update()
        self.assertFalse(self.row(0))
        self.assertTrue(self.row(1))

    def test_a_company_without_bounds_is_recomputed_whole(self):
        self.bought()
        run = self.update()
        self.assertFalse(run.bounds)
        self.bought((0, TODAY, 5))
        self.update()
        self.assertEqual(run.bounds["m"], [5] * 4)

    def test_a_change_of_settings_recomputes_all(self):
        self.update()
        self.company.l10n_ir_customer_new_days = 5
        self.update()
        self.assertEqual(self.row(2).lifecycle, "active")
        self.assertEqual(self.row(0).lifecycle, "new")
        self.company.l10n_ir_customer_new_days = 5
        self.company.phone = "02111111111"
        self.assertFalse(self.queue())

    def test_two_runs_never_work_at_once(self):
        self.update()
        self.bought((0, TODAY, 5))
        self.touches._add([(self.company, self.env["res.partner"])])
        with patch.object(
            self.registry["crm.ir.customer.run"],
            "try_lock_for_update",
            lambda run, **_options: run.browse(),
        ):
            self.update()
        self.assertEqual(self.row(0).monetary, 0)
        self.assertTrue(self.queue())

    def test_the_job_commits_after_each_company(self):
        companies = self.env["res.company"].search([])
        left = []
        with patch.object(
            self.registry["ir.cron"],
            "_commit_progress",
            lambda cron, processed, remaining: left.append(remaining),
        ):
            self.runs._work()
        self.assertEqual(left, list(reversed(range(len(companies)))))
        self.assertEqual(self.runs.search([]).company_id, companies)

    def test_each_company_has_its_own_run(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.update()
        self.runs._update(other)
        self.assertEqual(len(self.columns("frequency")), 10)
        self.assertFalse(self.stats.search([("company_id", "=", other.id)]))

    def test_the_day_begins_at_midnight_in_tehran(self):
        # 20:30 UTC is midnight there
        for moment, day in ((20, ago(1)), (21, TODAY)):
            with freeze_time(datetime(2026, 3, 19, moment)):
                self.assertEqual(self.company._l10n_ir_today(), day)
        self.company.partner_id.tz = "UTC"
        with freeze_time(datetime(2026, 3, 19, 21)):
            self.assertEqual(self.company._l10n_ir_today(), ago(1))

    def test_a_manager_recomputes_and_a_salesperson_does_not(self):
        manager = new_test_user(
            self.env,
            "customer_manager",
            groups="sales_team.group_sale_manager",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        self.update()
        self.bought((0, TODAY, 5))
        self.runs.with_user(manager).action_recompute()
        self.update()
        self.assertEqual(self.columns("monetary"), {0: (5,)})
        with self.assertRaises(AccessError):
            self.runs.with_user(self.user).action_recompute()

    def test_salespeople_read_the_rows_of_their_companies_and_write_none(self):
        self.update()
        other = self.env["res.company"].create({"name": "Other"})
        row = self.stats.create(
            {"partner_id": self.people[11].id, "company_id": other.id}
        )
        rows = self.stats.with_user(self.user).search([])
        self.assertEqual(rows.company_id, self.company)
        self.assertNotIn(row, rows)
        for model in (rows, self.moves, self.env["crm.ir.customer.cohort"]):
            with self.assertRaises(AccessError):
                model.with_user(self.user).create({})
        with self.assertRaises(AccessError):
            rows[0].monetary = 1


@tagged("post_install", "-at_install")
class TestCustomerTouch(CustomerCase):
    def setUp(self):
        super().setUp()
        self.touches = self.env["crm.ir.customer.touch"]

    def queued(self):
        return self.touches.search([("company_id", "=", self.company.id)]).partner_id

    def order(self):
        return self.env["sale.order"].create({"partner_id": self.people[0].id})

    def test_a_confirmed_order_touches_where_orders_count(self):
        self.order().action_confirm()
        self.assertFalse(self.queued())
        self.company.l10n_ir_purchase_source = "sale"
        order = self.order()
        self.assertFalse(self.queued())
        order.action_confirm()
        self.assertEqual(self.queued(), self.people[0])

    def test_the_queue_makes_nobody_wait(self):
        """What another transaction adds meanwhile is kept for the next run."""
        self.bought((0, ago(1), 10))
        self.touches._add([(self.company, self.people[0])])
        with self.registry.cursor() as cursor:
            other = api.Environment(cursor, SUPERUSER_ID, {})
            company = other["res.company"].search([], limit=1)
            partner = company.partner_id
            other["crm.ir.customer.touch"]._add([(company, partner)])
            run = self.env["crm.ir.customer.run"]._claim(self.company)
            self.assertEqual(run._take_touches(), [self.people[0].id])
            cursor.rollback()
