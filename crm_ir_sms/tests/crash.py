"""The crash test: sending processes are killed at random moments while texts flow.

Usage: crash.py DATABASE KILLS, or `scripts/workshop crash`. The database, which has
crm_ir_sms, is not changed. Exit code 1 where a text was lost or sent twice.
"""

# a script has no package around it, and speaks through its output
# pylint: disable=odoo-addons-relative-import,print-used

import collections
import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import astuple, dataclass
from pathlib import Path
from unittest.mock import patch
from urllib.parse import urlsplit

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config

MESSAGES = 1000
SENDERS = 2
SEED = 1404
# Share of the requests that go wrong.
RAIN = 0.5
# Seconds: the longest life of a sender, and how long the rest may take in the end.
LIFE = 0.8
QUIET_WITHIN = 300


@dataclass
class Figures:
    """How many texts had which end; ``cut`` are calls whose process was killed."""

    gateway: str
    kills: int
    cut: int
    sent: int
    lost: int
    twice: int
    in_doubt: int
    unshown: int
    seconds: int

    def __str__(self):
        return (
            "crash test, {}: {} kills, {} of them during a call; {} sent, {} lost,"
            " {} sent twice, {} in doubt ({} not shown); {} s".format(*astuple(self))
        )

    @property
    def keeps_rules(self):
        """Whether nothing was lost, repeated, hidden, or left where one could ask."""
        wrong = self.lost or self.twice or self.unshown
        return not wrong and bool(self.cut) and (self.is_blind or not self.in_doubt)

    @property
    def is_blind(self):
        return self.gateway == "blind"


def run(database, kills, gateway):
    """Run the experiment in a database that may be changed.

    ``gateway`` is "asked" or "blind", which cannot be asked and takes the same again.
    """
    # only now, because Odoo finds addons after its configuration is read
    from odoo.addons.crm_ir_base.simulator import faults, server
    from odoo.addons.crm_ir_base.tools.http import ALLOWED_HOSTS

    chance, began, cut = random.Random(SEED), time.monotonic(), set()
    service = counting_service(gateway)
    registry = Registry(database)
    with server.running(service) as address, contextlib.ExitStack() as stack:
        allowed = {ALLOWED_HOSTS: urlsplit(address).netloc}
        stack.enter_context(patch.dict(os.environ, allowed))
        prepare(registry, service, address)
        start = stack.enter_context(_workers(database, gateway))
        start("upkeep")
        senders = [start("send") for _number in range(SENDERS)]
        service.faults.rain(
            RAIN,
            *(faults.Late(0.1), faults.Late(0.5), faults.Late(1.5)),
            *(faults.dropped, faults.lost, faults.garbled, faults.bad_gateway),
            seed=SEED,
        )
        for number in range(kills):
            first, end = (MESSAGES * step // kills for step in (number, number + 1))
            _queue(registry, range(first, end))
            time.sleep(chance.uniform(0, LIFE))
            victim = chance.randrange(SENDERS)
            os.kill(senders[victim], signal.SIGKILL)
            senders[victim] = start("send")
            cut |= _abandoned(registry)
        _settle(registry, 15, cut)
        service.faults.rain(0)
        _settle(registry, QUIET_WITHIN, cut)
        for pid in senders:
            os.kill(pid, 0)  # none ended by itself
    seconds = round(time.monotonic() - began)
    return Figures(gateway, kills, len(cut), *_count(registry, service), seconds)


def counting_service(gateway):
    """Kavenegar, with all bodies that it was ``asked`` to send, counted."""
    from odoo.addons.crm_ir_sms.simulator.kavenegar import KavenegarService

    class Counting(KavenegarService):
        """Counts what it is asked to send, also what it knows already."""

        def __init__(self):
            super().__init__()
            self.asked = collections.Counter()

        def _take(self, numbers, lines, bodies, references):
            if gateway == "blind":
                references = []
            answer = super()._take(numbers, lines, bodies, references)
            self.asked.update(bodies)
            return answer

    return Counting()


def prepare(registry, service, address):
    """Make the account that everything leaves by."""
    with environment(registry) as env:
        customer = service.telecom.account
        accounts = env["crm.ir.sms.account"]
        accounts.search([]).active = False
        accounts.create(
            {
                "name": "Crash",
                "gateway": service.name,
                "base_url": f"{address}/{service.name}",
                "api_key": customer.api_key,
                "sender": customer.lines[0],
            }
        )


@contextlib.contextmanager
def _workers(database, gateway):
    """Give a function that starts a process for a task and returns its number."""
    command = [sys.executable, str(Path(__file__).with_name("crash_workers.py"))]
    with subprocess.Popen(
        [*command, database, *(["blind"] if gateway == "blind" else [])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as workers:

        def start(task):
            workers.stdin.write(f"{task}\n")
            workers.stdin.flush()
            return int(workers.stdout.readline())

        yield start


def _queue(registry, numbers):
    with environment(registry) as env:
        texts = env["sms.sms"].create(
            [
                {"number": f"0912100{1000 + number:04}", "body": f"سلام {number}"}
                for number in numbers
            ]
        )
        texts.send()


def _abandoned(registry):
    """The claims that are older than any call lasts."""
    from odoo.addons.crm_ir_sms.tests.crash_workers import BEGIN_WITHIN, DEADLINE, LEASE

    with environment(registry) as env:
        rest = LEASE - BEGIN_WITHIN - DEADLINE - 0.5
        env.cr.execute(
            """
            SELECT DISTINCT claim_token FROM crm_ir_sms_message
             WHERE state = 'sending'
               AND lease_until < now() AT TIME ZONE 'UTC' + %s * interval '1 s'
            """,
            [rest],
        )
        return {token for (token,) in env.cr.fetchall()}


def _settle(registry, seconds, cut):
    """Wait, at most so many seconds, until nothing moves by itself any more."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        cut |= _abandoned(registry)
        with environment(registry) as env:
            moving = [
                ("state", "in", ("queued", "sending")),
                *("&", ("state", "=", "in_doubt"), ("due", "!=", False)),
            ]
            shown = [("is_shown", "=", False)]
            if not env["crm.ir.sms.message"].search_count(["|", "|", *moving, *shown]):
                return
        time.sleep(0.5)


def _count(registry, service):
    """How many were sent, lost, sent twice, are in doubt, and are not shown so."""
    with environment(registry) as env:
        rows = env["crm.ir.sms.message"].search([("body", "=like", "سلام %")])
        taken = {sms.body for sms in service.telecom.messages.values()}
        doubtful = rows.filtered_domain([("state", "=", "in_doubt")])
        sent = rows.filtered_domain([("state", "in", ("sent", "confirmed"))])
        arrived = sent.filtered(lambda row: row.body in taken)
        texts = env["sms.sms"].search(
            [("uuid", "in", doubtful.mapped("sms_uuid")), ("state", "=", "process")]
        )
        return (
            len(arrived),
            MESSAGES - len(arrived) - len(doubtful),
            sum(service.asked.values()) - len(service.asked),
            len(doubtful),
            len(doubtful) - len(texts),
        )


@contextlib.contextmanager
def environment(registry):
    with registry.cursor() as cr:
        yield api.Environment(cr, SUPERUSER_ID, {})


def main():
    database, kills = sys.argv[1], int(sys.argv[2])
    config.parse_config(["--log-level=warn"], setup_logging=True)
    from odoo.addons.crm_ir_sms.tests.copies import copy_of

    found = []
    for gateway in ("asked", "blind"):
        with copy_of(database, gateway) as copy:
            found.append(run(copy, kills, gateway))
            print(found[-1], flush=True)
    sys.exit(not all(figures.keeps_rules for figures in found))


if __name__ == "__main__":
    main()
