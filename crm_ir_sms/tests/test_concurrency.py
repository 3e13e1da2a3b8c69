import contextlib
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.fields import Domain
from odoo.modules.registry import Registry
from odoo.orm.environments import Transaction
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from odoo.addons.crm_ir_base.models import crm_ir_outbox_mixin
from odoo.addons.crm_ir_base.simulator import faults
from odoo.addons.crm_ir_base.tests.door_common import DoorMixin

from ..gateways import GATEWAYS
from ..simulator.kavenegar import KavenegarService
from .copies import copy_of

DUE = Domain("lane", "in", ("now", "bulk"))


@tagged("post_install", "-at_install", "-standard", "concurrency")
class TestConcurrency(DoorMixin, BaseCase):
    """Workers with real transactions, in a copy of the database."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        copy = copy_of(get_db_name(), "workers")
        cls.database = copy.__enter__()
        cls.addClassCleanup(copy.__exit__, None, None, None)
        cls.registry = Registry(cls.database)

    def setUp(self):
        super().setUp()
        # a reset waits for the lock of registries, which the runner of tests holds
        self.enterContext(patch.object(Transaction, "reset", Transaction.clear))
        self.service = KavenegarService()
        self.telecom = self.service.telecom
        self.address = self.serve(self.service)
        with self.environment() as env:
            env["crm.ir.sms.message"].search([]).unlink()
            accounts = env["crm.ir.sms.account"]
            accounts.search([]).active = False
            self.account = accounts.create(
                {
                    "name": "Line",
                    "gateway": "kavenegar",
                    "base_url": f"{self.address}/kavenegar",
                    "api_key": self.telecom.account.api_key,
                    "sender": self.telecom.account.lines[0],
                }
            ).id

    @contextlib.contextmanager
    def environment(self, registry=None):
        """A transaction, committed at the end."""
        with (registry or self.registry).cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    @contextlib.contextmanager
    def two(self):
        """The messages and the account, in two transactions."""
        with self.environment() as first, self.environment() as second:
            yield [
                (
                    env["crm.ir.sms.message"],
                    env["crm.ir.sms.account"].browse(self.account),
                )
                for env in (first, second)
            ]

    def queue(self, count):
        with self.environment() as env:
            texts = env["sms.sms"].create(
                [
                    {"number": f"0912100{1000 + number}", "body": f"سلام {number}"}
                    for number in range(count)
                ]
            )
            texts.send()

    def rows(self, *names):
        """What the database has now."""
        with self.environment() as env:
            rows = env["crm.ir.sms.message"].search([], order="id")
            return [tuple(row[name] for name in names) for row in rows]

    def states(self):
        return {state for (state,) in self.rows("state")}

    def replace(self, model, name, value):
        self.enterContext(patch.object(self.registry[model], name, value))

    def meet(self, model, name):
        """Have the first two calls of a method end at one moment."""
        barrier, original = threading.Barrier(2), getattr(self.registry[model], name)

        def method(*args):
            result = original(*args)
            with contextlib.suppress(threading.BrokenBarrierError):
                barrier.wait(5)
            barrier.abort()
            return result

        self.replace(model, name, method)

    def at_once(self, function, both):
        with ThreadPoolExecutor(2) as threads:
            return list(threads.map(lambda one: function(*one), both))

    def test_two_workers_share_what_is_due_without_overlap(self):
        self.enterContext(patch.object(GATEWAYS["kavenegar"], "texts_per_call", 10))
        self.queue(40)
        self.meet("crm.ir.sms.message", "_outbox_fitting")
        with self.two() as both:
            claims = self.at_once(
                lambda messages, account: messages._outbox_claim(account, DUE), both
            )
            ids = [set(rows.ids) for rows, *_more in claims]
            tokens = {token for _rows, token, *_more in claims}
        self.assertEqual([len(one) for one in ids], [10, 10])
        self.assertFalse(ids[0] & ids[1])
        self.assertEqual(len(tokens), 2)

    def test_recovery_leaves_alone_what_an_answer_is_awaited_for(self):
        self.enterContext(patch.object(crm_ir_outbox_mixin, "LEASE", 20))
        self.queue(1)
        self.service.faults.plan(faults.Late(3))
        seen = set()
        with self.two() as ((messages, account), (others, _account)):
            with ThreadPoolExecutor(1) as threads:
                worker = threads.submit(messages._outbox_work_once, account, DUE)
                while not self.telecom.messages:
                    time.sleep(0.05)
                while not worker.done():
                    seen |= self.states()
                    others._outbox_upkeep()
                    time.sleep(0.1)
            self.assertEqual(worker.result(), 1)
        self.assertIn("sending", seen)
        self.assertLessEqual(seen, {"sending", "sent"})
        self.assertEqual(self.states(), {"sent"})
        self.assertEqual(len(self.telecom.messages), 1)

    def test_an_outcome_is_written_under_ones_own_token_alone(self):
        self.queue(1)
        with self.two() as ((messages, account), (others, other_account)):
            with patch.object(crm_ir_outbox_mixin, "LEASE", -1):
                rows, token, call, began = messages._outbox_claim(account, DUE)
            others._outbox_recover()
            others.search([]).action_settle_absent()
            others.env.cr.commit()
            _rows, new_token, *_more = others._outbox_claim(other_account, DUE)
            outcomes = messages._outbox_call(rows.ids, call, began)
            self.assertEqual(outcomes[rows.id].state, "sent")
            with self.assertLogs(crm_ir_outbox_mixin.__name__, "WARNING"):
                messages._outbox_record(account, rows, token, outcomes)
        self.assertEqual(
            self.rows("state", "claim_token", "external_id"),
            [("sending", new_token, False)],
        )

    @mute_logger("odoo.sql_db")
    def test_the_rate_holds_for_two_workers_that_count_at_one_moment(self):
        self.queue(30)
        with self.environment() as env:
            env["crm.ir.sms.account"].browse(self.account).rate = 10
        self.meet("crm.ir.sms.account", "_allowance")
        with self.two() as both:
            counts = self.at_once(
                lambda messages, account: messages._outbox_work_once(account, DUE), both
            )
        self.assertEqual(sorted(counts), [0, 10])
        self.assertEqual(len(self.telecom.messages), 10)

    @mute_logger("odoo.sql_db")
    def test_a_conflict_over_the_outcome_repeats_no_call_and_loses_nothing(self):
        with self.environment() as env:
            partner = env["res.partner"].create(
                {"name": "سارا", "phone": "09121110000"}
            )
            message = partner._message_sms("سلام")
            notification = message.notification_ids.id
        self._disturb(
            "_outbox_lock", "UPDATE crm_ir_sms_message SET write_date = now()"
        )
        self._disturb("_show", "UPDATE mail_notification SET read_date = now()")
        with self.environment() as env:
            account = env["crm.ir.sms.account"].browse(self.account)
            env["crm.ir.sms.message"]._outbox_work_once(account, DUE)
        self.assertEqual(self.disturbances, ["_outbox_lock", "_show"])
        self.assertEqual(len(self.service.requests), 1)
        self.assertEqual(self.rows("state", "is_shown"), [("sent", True)])
        with self.environment() as env:
            shown = env["mail.notification"].browse(notification)
            self.assertEqual(shown.notification_status, "pending")

    def _disturb(self, name, statement):
        """Have another transaction be faster, the first time a method is called."""
        self.disturbances = []
        original = getattr(self.registry["crm.ir.sms.message"], name)

        def method(rows, *args):
            if name not in self.disturbances:
                self.disturbances.append(name)
                rows.env.cr.execute("SELECT 1")  # what is seen is decided here
                with self.environment() as env:
                    env.cr.execute(statement)
            return original(rows, *args)

        self.replace("crm.ir.sms.message", name, method)

    def test_a_copy_beside_the_original_sends_and_asks_nothing(self):
        self.queue(2)
        self.service.faults.plan(faults.lost)
        with self.environment() as env:
            messages = env["crm.ir.sms.message"]
            account = env["crm.ir.sms.account"].browse(self.account)
            messages._outbox_work_once(account, Domain("body", "=", "سلام 0"))
            messages.search([("state", "=", "in_doubt")]).due = env.cr.now()
        requests = len(self.service.requests)
        with copy_of(self.database, "beside") as beside:
            with self.environment(Registry(beside)) as env:
                account = env["crm.ir.sms.account"].browse(self.account)
                self.assertTrue(account.is_elsewhere)
                messages = env["crm.ir.sms.message"]
                messages._outbox_work("now")
                messages._outbox_upkeep()
                self.assertEqual(
                    set(messages.search([]).mapped("state")), {"queued", "in_doubt"}
                )
            self.assertEqual(len(self.service.requests), requests)
            with self.environment() as env:
                self.assertFalse(
                    env["crm.ir.sms.account"].browse(self.account).is_elsewhere
                )
                env["crm.ir.sms.message"]._outbox_work("now")
        (sms,) = self.telecom.messages.values()
        self.assertEqual(sms.body, "سلام 1")

    def test_delivery_at_once_begins_when_the_transaction_is_committed(self):
        with self.environment() as env:
            text = env["sms.sms"].create({"number": "09121110000", "body": "سلام"})
            text.send()
            row = env["crm.ir.sms.message"].search([("sms_uuid", "=", text.uuid)])
            row._outbox_deliver_now()
            self.assertFalse(self.service.requests)
        self.assertEqual(len(self.telecom.messages), 1)
        self.assertEqual(self.states(), {"sent"})

    def test_nothing_is_delivered_at_once_of_what_was_rolled_back(self):
        with self.environment() as env:
            text = env["sms.sms"].create({"number": "09121110000", "body": "سلام"})
            text.send()
            env["crm.ir.sms.message"].search([])._outbox_deliver_now()
            env.cr.rollback()
        self.assertFalse(self.service.requests)
