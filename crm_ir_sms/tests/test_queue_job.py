import contextlib
import datetime
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path
from unittest.mock import patch
from urllib.parse import urlsplit

from odoo.modules.registry import Registry
from odoo.orm.environments import Transaction
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from odoo.addons.crm_ir_base.simulator import faults, server
from odoo.addons.crm_ir_base.tests.door_common import DoorMixin
from odoo.addons.crm_ir_base.tools.http import ALLOWED_HOSTS

from . import crash
from .copies import copy_of

ODOO = [sys.executable, str(Path(__file__).with_name("queue_server.py"))]
# The runner of jobs complains where a worker is killed.
QUIET = "--log-level=critical"
TEXTS = 300
# One call takes a number once, so these are the texts of a call.
NUMBERS = 10
# Seconds in which what has to come comes; the jobs begin some after the server.
PATIENCE = 120


@tagged("post_install", "-at_install", "-standard", "concurrency")
class TestQueueJob(DoorMixin, BaseCase):
    """A server with the module `queue_job`, two workers and no cron."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.database = cls._enter(copy_of(get_db_name(), "jobs"))
        install = [f"--database={cls.database}", "--init=queue_job", "--no-http"]
        subprocess.run([*ODOO, *install, "--stop-after-init", QUIET], check=True)
        cls.registry = Registry(cls.database)
        cls.service = crash.counting_service("asked")
        address = cls._enter(server.running(cls.service))
        cls._enter(
            patch.dict(
                os.environ,
                {ALLOWED_HOSTS: urlsplit(address).netloc},
                ODOO_QUEUE_JOB_CHANNELS="root:2",
            )
        )
        crash.prepare(cls.registry, cls.service, address)
        cls._enter(_running(cls.database))

    @classmethod
    def _enter(cls, context):
        value = context.__enter__()
        cls.addClassCleanup(context.__exit__, None, None, None)
        return value

    def setUp(self):
        super().setUp()
        # a reset waits for the lock of registries, which the runner of tests holds
        self.enterContext(patch.object(Transaction, "reset", Transaction.clear))
        # what a worker was faster at is tried again
        self.enterContext(mute_logger("odoo.sql_db"))
        self.addCleanup(self.service.faults.rain, 0)
        self.wait_for_jobs()
        self.service.asked.clear()
        with self.environment() as env:
            env["crm.ir.sms.message"].search([]).unlink()
            env["queue.job"].search([]).unlink()

    def environment(self):
        return crash.environment(self.registry)

    def queue(self, env, count=TEXTS, **values):
        texts = env["sms.sms"].create(
            [
                {
                    "number": f"0912100100{number % NUMBERS}",
                    "body": f"سلام {number}",
                    **values,
                }
                for number in range(count)
            ]
        )
        texts.send()
        return texts

    def count(self, *domain):
        with self.environment() as env:
            return env["crm.ir.sms.message"].search_count(list(domain))

    def wait_for(self, condition):
        deadline = time.monotonic() + PATIENCE
        while not condition():
            self.assertLess(time.monotonic(), deadline, "it did not come about")
            time.sleep(0.05)

    def wait_for_sent(self, count):
        self.wait_for(lambda: self.count(("state", "=", "sent")) >= count)

    def wait_for_jobs(self):
        self.wait_for(lambda: not self.workers("pending", "enqueued", "started"))

    def workers(self, *states):
        """The processes of the jobs in these states, 0 where none has it yet."""
        with self.environment() as env:
            jobs = env["queue.job"].search([("state", "in", states)])
            return set(jobs.mapped("worker_pid"))

    def hold_two_calls(self):
        """Have two calls taken and answered late; returns what lets them go on.

        It waits until both are under way.
        """
        both, go_on = threading.Barrier(3), threading.Event()
        self.addCleanup(go_on.set)

        def late(request, handle):
            response = handle(request)
            both.wait(PATIENCE)
            go_on.wait(PATIENCE)
            return response

        self.service.faults.plan(late, late)
        with self.environment() as env:
            self.queue(env)
        both.wait(PATIENCE)
        return go_on.set

    def assert_all_sent_once(self):
        self.assertEqual(self.count(("state", "=", "sent")), TEXTS)
        bodies = {f"سلام {number}": 1 for number in range(TEXTS)}
        self.assertEqual(dict(self.service.asked), bodies)

    def test_two_workers_call_side_by_side_and_send_everything_once(self):
        go_on = self.hold_two_calls()
        both = self.workers("started")
        self.assertEqual(len(both), 2)
        go_on()
        self.wait_for_sent(TEXTS)
        self.wait_for_jobs()
        self.assert_all_sent_once()
        self.assertEqual(self.workers("done"), both)
        with self.environment() as env:
            jobs = env["queue.job"].search([])
            self.assertEqual(set(jobs.mapped("state")), {"done"})
            carried = [int(job.result) for job in jobs if job.result]
        self.assertEqual(sum(carried), TEXTS)

    def test_a_killed_worker_loses_and_repeats_nothing(self):
        go_on = self.hold_two_calls()
        os.kill(min(self.workers("started")), signal.SIGKILL)
        go_on()
        self.wait_for_sent(TEXTS - NUMBERS)
        self._upkeep()
        # somebody may still be at them
        self.assertEqual(self.count(("state", "=", "sending")), NUMBERS)
        self._pass_time("lease_until", "sent_at")
        self._upkeep()
        self.assertEqual(self.count(("state", "=", "in_doubt")), NUMBERS)
        self._pass_time("due")
        self._upkeep()
        self.assert_all_sent_once()
        with self.environment() as env:  # as the runner does when it looks next
            jobs = env["queue.job"].search([("state", "=", "started")])
            jobs._change_job_state("pending")

    def _upkeep(self):
        with self.environment() as env:
            env["crm.ir.sms.message"]._outbox_upkeep()

    def _pass_time(self, *names):
        """Make it ten minutes later for what was not sent."""
        with self.environment() as env:
            for row in env["crm.ir.sms.message"].search([("state", "!=", "sent")]):
                for name in names:
                    row[name] -= datetime.timedelta(minutes=10)

    def test_what_is_sent_at_once_overtakes_a_campaign(self):
        self.service.faults.rain(1, faults.Late(0.3))
        with self.environment() as env:
            self.queue(env)
        self.wait_for(lambda: self.count(("state", "=", "sent")))
        with self.environment() as env:
            urgent = self.queue(env, 1).uuid
        self.wait_for(
            lambda: self.count(("sms_uuid", "=", urgent), ("state", "=", "sent"))
        )
        self.assertTrue(self.count(("state", "=", "queued")))

    def test_a_transaction_adds_one_job_and_what_is_rolled_back_none(self):
        with self.environment() as env:
            self.queue(env)
            self.queue(env)
            self.assertEqual(env["queue.job"].search_count([]), 1)
            env.cr.rollback()
            self.assertFalse(env["queue.job"].search_count([]))

    def test_a_transaction_relies_on_no_job_that_may_begin_before_its_end(self):
        with self.environment() as env:
            env["crm.ir.sms.message"]._outbox_enqueue("bulk")
            self.queue(env)
            self.assertEqual(env["queue.job"].search_count([]), 2)
            env.cr.rollback()

    def test_what_is_due_later_has_a_job_of_that_moment(self):
        with self.environment() as env:
            due = env.cr.now().replace(microsecond=0) + datetime.timedelta(hours=1)
            vals = {"number": "+989121001000", "body": "سلام", "due": due}
            vals["company_id"] = env.company.id
            env["crm.ir.sms.message"].create([vals, vals])
            self.assertEqual(env["queue.job"].search([]).mapped("eta"), [due])
            env.cr.rollback()

    def test_the_texts_of_a_company_do_not_wait_for_those_of_another(self):
        with self.environment() as env:
            account = env["crm.ir.sms.account"].search([])
            company = env["res.company"].create({"name": "Branch"})
            names = ("name", "gateway", "base_url", "api_key", "sender")
            branch = account.create(
                {"company_id": company.id, **{name: account[name] for name in names}}
            )
            self.queue(env)
            self.queue(env, l10n_ir_company_id=company.id)
        self.addCleanup(self._archive, branch.id)
        self.wait_for_sent(TEXTS)
        theirs = self.count(("state", "=", "sent"), ("company_id", "=", company.id))
        self.assertGreater(theirs, TEXTS // 10)
        self.assertLess(theirs, TEXTS * 9 // 10)
        self.wait_for_sent(2 * TEXTS)

    def _archive(self, account):
        with self.environment() as env:
            env["crm.ir.sms.account"].browse(account).active = False

    def test_a_cron_takes_what_no_job_came_for(self):
        with self.environment() as env:
            self.queue(env)
            env["queue.job"].search([]).unlink()
        with self.environment() as env:
            env.ref(
                "crm_ir_sms.ir_cron_crm_ir_sms_message_bulk"
            ).method_direct_trigger()
        self.wait_for_sent(TEXTS)
        self.assert_all_sent_once()


@contextlib.contextmanager
def _running(database):
    """Run a server for ``database``."""
    with socket.socket() as first, socket.socket() as second:
        for one in (first, second):
            one.bind((server.HOST, 0))
        ports = [one.getsockname()[1] for one in (first, second)]
    options = [
        *(f"--database={database}", "--load=base,web,queue_job", QUIET),
        *("--workers=2", "--max-cron-threads=0", f"--http-interface={server.HOST}"),
        *(f"--http-port={ports[0]}", f"--gevent-port={ports[1]}"),
    ]
    with subprocess.Popen([*ODOO, *options]) as process:
        try:
            deadline = time.monotonic() + PATIENCE
            while not _answers(f"http://{server.HOST}:{ports[0]}/web/health"):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError("the server did not start")
                time.sleep(0.2)
            yield
        finally:
            process.terminate()


def _answers(address):
    with contextlib.suppress(OSError):
        return urllib.request.urlopen(address, timeout=5).status == 200
    return False
