"""Sending processes that are there to be killed, and one that recovers what they left.

Usage: crash_workers.py DATABASE [blind]. Each line of the input, "send" or "upkeep",
starts a process and is answered with its number; all end with the input. With "blind",
the gateway can neither be asked nor told references.
"""

# a script has no package around it, and speaks through its output
# pylint: disable=odoo-addons-relative-import,print-used

import functools
import os
import signal
import sys
import time

from odoo import SUPERUSER_ID, api, sql_db
from odoo.modules.registry import Registry
from odoo.tools import config

# Seconds, in the proportions of real life.
DEADLINE = 1
BEGIN_WITHIN = 1
LEASE = 4
SETTLED_AFTER = 6
TEXTS_PER_CALL = 5


def main():
    database, *blind = sys.argv[1:]
    config.parse_config(["--log-level=critical"], setup_logging=True)
    registry = Registry(database)
    _hurry(blind=bool(blind))
    sql_db.close_all()
    os.setpgrp()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system buries the dead
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            _run(registry, line.strip())
        print(pid, flush=True)
    os.killpg(0, signal.SIGKILL)


def _hurry(*, blind):
    """Make the module's waits short, and its gateway one that cannot be asked."""
    from odoo.addons.crm_ir_base.models import crm_ir_outbox_mixin as mixin
    from odoo.addons.crm_ir_base.tools import retry
    from odoo.addons.crm_ir_base.tools.http import Door
    from odoo.addons.crm_ir_sms.gateways import GATEWAYS
    from odoo.addons.crm_ir_sms.models import crm_ir_sms_account as accounts

    mixin.LEASE, mixin.BEGIN_WITHIN = LEASE, BEGIN_WITHIN
    mixin.SETTLED_AFTER = SETTLED_AFTER
    retry.SENDING = retry.ASKING = (1,) * 1000
    accounts.Door = functools.partial(Door, timeout=DEADLINE, deadline=DEADLINE)
    gateway = GATEWAYS["kavenegar"]
    gateway.texts_per_call = TEXTS_PER_CALL
    if blind:
        gateway.find_window = None
        gateway.carries_reference = gateway.is_idempotent = False


def _run(registry, task):
    while True:
        with registry.cursor() as cr:
            messages = api.Environment(cr, SUPERUSER_ID, {})["crm.ir.sms.message"]
            if task == "upkeep":
                messages._outbox_upkeep()
            else:
                messages._outbox_work("now")
                messages._outbox_work("bulk")
        time.sleep(0.02)


if __name__ == "__main__":
    main()
