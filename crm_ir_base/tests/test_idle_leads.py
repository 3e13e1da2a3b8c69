from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.tests import Form, TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestIdleLeads(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = [
            new_test_user(
                cls.env,
                f"idle_{name}",
                groups="sales_team.group_sale_salesman",
                name=name,
            )
            for name in ("first", "second", "third")
        ]
        cls.manager = new_test_user(
            cls.env, "idle_manager", groups="sales_team.group_sale_manager"
        )
        cls.team = cls.env["crm.team"].create(
            {
                "name": "Idle",
                "user_id": False,
                "l10n_ir_idle_days": 5,
                "l10n_ir_handover_days": 10,
                "crm_team_member_ids": [(0, 0, {"user_id": u.id}) for u in cls.users],
            }
        )
        cls.now = fields.Datetime.now()

    def make_lead(self, days, user=None, **values):
        """A lead on which nobody worked for so many days."""
        user = user or self.users[0]
        lead = self.env["crm.lead"].create(
            {
                "name": "Idle",
                "type": "opportunity",
                "team_id": self.team.id,
                "user_id": user.id,
                **values,
            }
        )
        return self.age(lead, days)

    def age(self, lead, days):
        self.env.flush_all()
        then = self.now - timedelta(days=days)
        self.env.cr.execute(
            """UPDATE crm_lead SET create_date = %(then)s, date_open = %(then)s,
                      date_last_stage_update = %(then)s WHERE id = %(id)s""",
            {"then": then, "id": lead.id},
        )
        self.env.cr.execute(
            "UPDATE mail_message SET date = %s WHERE model = 'crm.lead' AND res_id = %s",
            (then, lead.id),
        )
        self.env.invalidate_all()
        return lead

    def is_idle(self, lead):
        self.env.flush_all()
        self.env.invalidate_all()
        found = lead.search([("id", "=", lead.id), ("l10n_ir_is_idle", "=", True)])
        others = lead.search([("id", "=", lead.id), ("l10n_ir_is_idle", "=", False)])
        self.assertEqual(bool(found), lead.l10n_ir_is_idle)
        self.assertEqual(bool(others), lead.active and not lead.l10n_ir_is_idle)
        return lead.l10n_ir_is_idle

    @contextmanager
    def committing(self):
        """Record what the cron reports where it would commit."""
        done = []

        def commit_progress(self, processed=0, *, remaining=None, deactivate=False):
            done.append(processed)
            return float("inf")

        with patch.object(
            self.env.registry["ir.cron"], "_commit_progress", commit_progress
        ):
            yield done

    def run_cron(self):
        with self.committing():
            self.env["crm.team"]._cron_l10n_ir_hand_over()

    def test_a_lead_becomes_idle_after_the_days_of_its_team(self):
        lead = self.make_lead(4)
        self.assertFalse(self.is_idle(lead))
        self.age(lead, 6)
        self.assertTrue(self.is_idle(lead))
        self.assertEqual(lead.l10n_ir_days_idle, 6)
        self.team.l10n_ir_idle_days = 7
        self.assertFalse(self.is_idle(lead))

    def test_a_team_without_days_has_no_idle_leads(self):
        lead = self.make_lead(300)
        self.team.write({"l10n_ir_idle_days": 0, "l10n_ir_handover_days": 0})
        self.assertFalse(self.is_idle(lead))
        self.assertEqual(lead.l10n_ir_days_idle, 0)

    def test_work_of_a_person_ends_idleness(self):
        def write(lead):
            lead.with_user(self.users[0]).message_post(
                body="I called", message_type="comment"
            )

        def receive(lead):
            lead.message_post(
                body="Hello",
                message_type="email",
                author_id=False,
                email_from="a@example.com",
            )

        def move(lead):
            lead.with_user(self.users[0]).stage_id = self.env.ref("crm.stage_lead3")

        def plan(lead):
            lead.activity_schedule(
                "mail.mail_activity_data_call", user_id=self.users[0].id
            )

        def do(lead):
            activity = lead.activity_schedule(
                "mail.mail_activity_data_call",
                user_id=self.users[0].id,
                date_deadline=self.now.date() - timedelta(days=8),
            )
            self.assertTrue(self.is_idle(lead), "an overdue activity is no work")
            activity.with_user(self.users[0]).action_feedback(feedback="done")

        def meet(lead):
            self.env["calendar.event"].create(
                {
                    "name": "Meeting",
                    "opportunity_id": lead.id,
                    "start": self.now - timedelta(days=1, hours=1),
                    "stop": self.now - timedelta(days=1),
                }
            )

        for work in (write, receive, move, plan, do, meet):
            with self.subTest(work=work.__name__):
                lead = self.make_lead(30)
                self.assertTrue(self.is_idle(lead))
                work(lead)
                self.assertFalse(self.is_idle(lead))

    def test_what_the_system_writes_is_no_work(self):
        lead = self.make_lead(30)
        lead._message_log(body="Enriched by a robot")
        lead.message_post(
            body="Automatic",
            message_type="comment",
            author_id=self.env.ref("base.partner_root").id,
        )
        self.assertTrue(self.is_idle(lead))

    def test_won_lost_and_archived_leads_are_never_idle_and_never_move(self):
        won, lost, archived = (self.make_lead(30) for _ in range(3))
        won.action_set_won()
        lost.action_set_lost()
        archived.action_archive()
        for lead in (won, lost, archived):
            self.age(lead, 30)
            self.assertFalse(self.is_idle(lead))
        self.run_cron()
        for lead in (won, lost, archived):
            self.assertEqual(lead.user_id, self.users[0])

    def test_idle_leads_go_to_the_other_members_in_turn(self):
        leads = [self.make_lead(11) for _ in range(4)]
        self.run_cron()
        receivers = [lead.user_id for lead in leads]
        self.assertNotIn(self.users[0], receivers)
        self.assertEqual(receivers.count(self.users[1]), 2)
        self.assertEqual(receivers.count(self.users[2]), 2)

    def test_the_member_who_waited_longest_comes_first(self):
        self.make_lead(2, user=self.users[1])
        self.make_lead(4, user=self.users[2])
        lead = self.make_lead(11)
        self.run_cron()
        self.assertEqual(lead.user_id, self.users[2])

    def test_a_lead_idle_for_less_than_the_handover_days_stays(self):
        lead = self.make_lead(9)
        self.run_cron()
        self.assertTrue(lead.l10n_ir_is_idle)
        self.assertEqual(lead.user_id, self.users[0])

    def test_a_handover_is_told_with_names_and_reason_and_starts_the_clock_again(self):
        lead = self.make_lead(12)
        call = lead.activity_schedule(
            "mail.mail_activity_data_call",
            user_id=self.users[0].id,
            date_deadline=self.now.date() - timedelta(days=12),
        )
        self.run_cron()
        heir = lead.user_id
        note = lead.message_ids.filtered(lambda m: "Handed over" in m.body).body
        self.assertIn("first", note)
        self.assertIn(heir.name, note)
        self.assertIn("12 days", note)
        self.assertEqual(
            call.user_id, heir, "the former owner may not see the lead any more"
        )
        follow_up = lead.activity_ids - call
        self.assertEqual(follow_up.user_id, heir)
        self.assertEqual(follow_up.date_deadline, self.now.date())
        follow_up.unlink()
        self.assertFalse(self.is_idle(lead))
        self.assertIn(lead, lead.with_user(heir).search([("id", "=", lead.id)]))

    def test_members_who_paused_or_left_or_refuse_the_lead_are_passed_over(self):
        _first, second, third = self.team.crm_team_member_ids.sorted("id")
        second.assignment_optout = True
        for change in (
            lambda: None,
            lambda: second.write(
                {
                    "assignment_optout": False,
                    "assignment_domain": "[('city', '=', 'Qom')]",
                }
            ),
            lambda: second.write({"assignment_domain": False, "active": False}),
        ):
            change()
            leads = [self.make_lead(11) for _ in range(2)]
            self.run_cron()
            self.assertEqual({lead.user_id for lead in leads}, {third.user_id})

    def test_capacity_counts_where_assignment_by_rule_is_on(self):
        self.team.crm_team_member_ids.assignment_max = 30  # one a day
        leads = [self.make_lead(11) for _ in range(4)]
        self.env["ir.config_parameter"].sudo().set_param(
            "crm.lead.auto.assignment", True
        )
        self.run_cron()
        moved = [lead for lead in leads if lead.user_id != self.users[0]]
        self.assertEqual(len(moved), 2)

    def test_a_lead_never_goes_to_a_user_without_its_company(self):
        company = self.env["res.company"].create({"name": "Second company"})
        self.users[0].company_ids += company
        self.users[2].company_ids += company
        leads = [self.make_lead(11, company_id=company.id) for _ in range(3)]
        self.run_cron()
        for lead in leads:
            self.assertEqual(lead.company_id, company)
            self.assertEqual(lead.user_id, self.users[2])

    def test_a_lead_without_a_salesperson_or_another_member_stays(self):
        orphan = self.make_lead(30)
        orphan.user_id = False
        self.age(orphan, 30)
        self.env.cr.execute(
            "UPDATE crm_lead SET date_open = NULL WHERE id = %s", [orphan.id]
        )
        lead = self.make_lead(30)
        self.team.crm_team_member_ids.sorted("id")[1:].action_archive()
        self.run_cron()
        self.assertFalse(orphan.user_id)
        self.assertEqual(lead.user_id, self.users[0])
        self.assertFalse(lead.message_ids.filtered(lambda m: "Handed over" in m.body))

    def test_the_cron_reports_every_lead_and_runs_by_itself(self):
        for _ in range(3):
            self.make_lead(11)
        with (
            patch("odoo.addons.crm_ir_base.models.crm_team.HAND_OVER_BATCH", 2),
            self.committing() as done,
        ):
            self.env["crm.team"]._cron_l10n_ir_hand_over()
        self.assertEqual(done, [0, 2, 1])
        lead = self.make_lead(11)
        with self.enter_registry_test_mode():
            self.env.ref(
                "crm_ir_base.ir_cron_crm_team_hand_over"
            ).method_direct_trigger()
        self.assertNotEqual(lead.user_id, self.users[0])

    def test_a_sales_manager_sets_the_days_and_handover_needs_idleness_first(self):
        with Form(self.team.with_user(self.manager)) as form:
            form.l10n_ir_idle_days = 3
            form.l10n_ir_handover_days = 6
        self.assertEqual(self.team.l10n_ir_handover_days, 6)
        for days in ((7, 6), (0, 6), (-1, 0)):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                self.team.write(
                    {"l10n_ir_idle_days": days[0], "l10n_ir_handover_days": days[1]}
                )

    def test_idleness_costs_as_many_queries_for_80_leads_as_for_one(self):
        leads = self.env["crm.lead"].create(
            [
                {"name": "L", "team_id": self.team.id, "user_id": self.users[0].id}
                for _ in range(80)
            ]
        )
        self.env.flush_all()

        def queries(records):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.mapped("l10n_ir_days_idle")
            return self.env.cr.sql_log_count - before

        queries(leads[:1])
        self.assertEqual(queries(leads[:1]), queries(leads))

    def test_time_passing_alone_makes_a_lead_idle(self):
        lead = self.make_lead(0)
        self.assertFalse(self.is_idle(lead))
        with freeze_time(self.now + timedelta(days=6)):
            self.assertTrue(self.is_idle(lead))
