import logging
import threading

from odoo.tests import BaseCase

from ..tools.unlogged import unlogged

_sql = logging.getLogger("odoo.sql_db")


class TestUnlogged(BaseCase):
    def test_only_the_thread_with_a_secret_is_silent_and_only_so_long(self):
        inside, over = threading.Event(), threading.Event()

        def hide():
            with unlogged():
                inside.set()
                over.wait(10)
                _sql.error("secret of another thread")

        other = threading.Thread(target=hide)
        with self.assertLogs("odoo.sql_db") as logs:
            other.start()
            inside.wait(10)
            with unlogged():
                _sql.error("secret")
            _sql.error("heard meanwhile")
            over.set()
            other.join(10)
            _sql.error("heard afterwards")
        self.assertEqual(
            [record.getMessage() for record in logs.records],
            ["heard meanwhile", "heard afterwards"],
        )
