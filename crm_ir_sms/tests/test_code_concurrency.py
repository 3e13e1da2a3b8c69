import contextlib
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

import psycopg2.errors

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from .copies import copy_of

NUMBER = "+989121110000"


@tagged("post_install", "-at_install", "-standard", "concurrency")
class TestCodeConcurrency(BaseCase):
    """Codes in real transactions, in a copy of the database."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        copy = copy_of(get_db_name(), "codes")
        cls.database = copy.__enter__()
        cls.addClassCleanup(copy.__exit__, None, None, None)
        cls.registry = Registry(cls.database)

    def setUp(self):
        super().setUp()
        with self.environment() as env:
            env["crm.ir.sms.code"].search([]).unlink()
            accounts = env["crm.ir.sms.account"]
            accounts.search([]).active = False
            accounts.create(
                {
                    "name": "Line",
                    "gateway": "kavenegar",
                    "api_key": "key",
                    "sender": "30007777",
                }
            )

    @contextlib.contextmanager
    def environment(self):
        """A transaction, committed at the end; nothing leaves."""
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})
            cr.postcommit.clear()

    def send(self, env):
        env["crm.ir.sms.code"]._send(NUMBER, "portal")
        rows = env["crm.ir.sms.message"].search([("number", "=", NUMBER)], limit=1)
        return re.findall(r"[0-9]{6}", rows.secret_body)[0]

    def verify(self, code):
        with self.environment() as env:
            return env["crm.ir.sms.code"]._verify(NUMBER, "portal", code)

    def at_once(self, name, function):
        """Call with two transactions, both past the method ``name`` before one goes on.

        The transactions begin here: the runner of tests holds the registry.
        """
        barrier = threading.Barrier(2)
        model = self.registry["crm.ir.sms.code"]
        original = getattr(model, name)

        def method(*args, **kwargs):
            result = original(*args, **kwargs)
            with contextlib.suppress(threading.BrokenBarrierError):
                barrier.wait(2)
            barrier.abort()
            return result

        def call(env):
            try:
                result = function(env)
                env.cr.commit()
            except psycopg2.Error as error:
                env.cr.rollback()
                return type(error)
            return result

        with (
            patch.object(model, name, method),
            self.environment() as first,
            self.environment() as second,
            ThreadPoolExecutor(2) as threads,
        ):
            return list(threads.map(call, (first, second)))

    @mute_logger("odoo.sql_db")
    def test_of_two_with_the_right_code_at_one_moment_one_is_let_in(self):
        with self.environment() as env:
            code = self.send(env)

        def spend(env):
            return env["crm.ir.sms.code"]._spend(NUMBER, "portal", code)

        for place in ("search", "try_lock_for_update"):
            with self.environment() as env:
                env["crm.ir.sms.code"].search([]).write(
                    {"is_used": False, "attempts": 0}
                )
            with self.subTest(place):
                found = self.at_once(place, spend)
                self.assertEqual(found.count(True), 1)
                # `_verify` says no where a transaction was slower
                refusals = {False, psycopg2.errors.SerializationFailure}
                self.assertLessEqual(set(found) - {True}, refusals)

    def test_a_wrong_attempt_counts_though_the_caller_fails(self):
        with self.environment() as env:
            code = self.send(env)
        for _attempt in range(5):
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                env["crm.ir.sms.code"]._verify(NUMBER, "portal", "000000")
                cr.rollback()
        self.assertFalse(self.verify(code))

    @mute_logger("odoo.sql_db")
    def test_of_two_codes_asked_for_at_one_moment_one_is_sent(self):
        def ask(env):
            env["crm.ir.sms.code"]._send(NUMBER, "portal")
            env.cr.postcommit.clear()
            return True

        results = self.at_once("_check_limits", ask)
        self.assertCountEqual(results, [True, psycopg2.errors.UniqueViolation])
        with self.environment() as env:
            self.assertEqual(env["crm.ir.sms.code"].search_count([]), 1)
