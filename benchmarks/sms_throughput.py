"""Texts per second through a simulator that answers after 20 ms, beside stock's
`sms_twilio`, which makes one request for each.

Then 100,000 texts in one run of the worker: what its memory grows by, and how long
users wait for locks meanwhile.
"""

import contextlib
import json
import os
import statistics
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch
from urllib.parse import urlsplit

import requests
from common import environments, seconds
from werkzeug import Response

from odoo import SUPERUSER_ID, api, sql_db
from odoo.modules.registry import Registry
from odoo.tools import config

GOAL = 20
ROUNDS = 5
TEXTS = 2000
STOCK_TEXTS = 100
ANSWERED_AFTER = 0.02  # seconds
QUEUED = 100_000
GOAL_BYTES = 60 << 20
# Milliseconds for which a user's statement may wait for a lock.
LOCK_TIMEOUT = 1000
TWILIO = "https://api.twilio.com"


def serve():
    """Serve until killed; the first line of the output is the address."""
    config.parse_config(["--log-level=critical"], setup_logging=True)
    from odoo.addons.crm_ir_base.simulator import faults, server
    from odoo.addons.crm_ir_base.simulator.service import Service
    from odoo.addons.crm_ir_sms.simulator.kavenegar import KavenegarService

    class Twilio(Service):
        name = title = "twilio"
        routes = (("/2010-04-01/Accounts/<sid>/Messages.json", "send"),)

        def send(self, _request, sid):
            return Response(json.dumps({"sid": sid}), mimetype="application/json")

    services = KavenegarService(), Twilio()
    for service in services:
        service.faults.rain(1, faults.Late(ANSWERED_AFTER))
    running = server.make(services, 0)
    print(f"http://{server.HOST}:{running.server_port}", flush=True)
    running.serve_forever()


@contextlib.contextmanager
def child(task, *arguments):
    """Another process of this file, so that the two do not share an interpreter."""
    with subprocess.Popen(
        [sys.executable, __file__, task, *arguments], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def prepare_ours(env, address):
    env["crm.ir.sms.account"].create(
        {
            "name": "Bench",
            "gateway": "kavenegar",
            "base_url": f"{address}/kavenegar",
            "api_key": "demo-key+=%1",
            "sender": "30007777",
        }
    )
    env.cr.commit()


def prepare_stock(env):
    env.company.write(
        {
            "sms_provider": "twilio",
            "sms_twilio_account_sid": "AC" + 32 * "0",
            "sms_twilio_auth_token": 32 * "0",
            "sms_twilio_number_ids": [
                (0, 0, {"number": "+15005550006", "country_id": env.ref("base.us").id})
            ],
        }
    )
    env.cr.commit()


def texts(env, count):
    """Make texts as a campaign does: each has its own words."""
    return env["sms.sms"].create(
        [
            {"number": f"+98912{1000 + number:07}", "body": f"سلام {number}"}
            for number in range(count)
        ]
    )


def ours_per_second(env):
    """Texts that wait in the ledger, until all stand as sent there and in stock."""
    sent = texts(env, TEXTS)
    sent.send()
    env.cr.commit()
    rate = TEXTS / seconds(env["crm.ir.sms.message"]._outbox_work, "bulk")
    if set(sent.mapped("state")) != {"pending"}:
        raise RuntimeError("not all was sent")
    return rate


def stock_per_second(env, address):
    post = requests.Session.post

    def redirected(session, url, **options):
        return post(session, url.replace(TWILIO, f"{address}/twilio"), **options)

    sent = texts(env, STOCK_TEXTS)
    env.cr.commit()

    def work():
        sent.send()
        env.cr.commit()

    with patch.object(requests.Session, "post", redirected):
        rate = STOCK_TEXTS / seconds(work)
    if set(sent.mapped("state")) != {"pending"}:
        raise RuntimeError("stock did not send all")
    return rate


def measure_throughput(ours, stock, address):
    rates = {"ours": [], "stock": []}
    for number in range(ROUNDS + 1):
        measured = ours_per_second(ours), stock_per_second(stock, address)
        if number:  # the first one fills caches
            for name, rate in zip(rates, measured, strict=True):
                rates[name].append(rate)
            print(".", end="", flush=True, file=sys.stderr)
    print(file=sys.stderr)
    ours_rate, stock_rate = (statistics.median(rates[name]) for name in rates)
    ratio = ours_rate / stock_rate
    line = {
        "bench": "sms_throughput",
        "ratio": round(ratio, 1),
        "goal": GOAL,
        "met": ratio >= GOAL,
        "rounds": ROUNDS,
        "per_second": round(ours_rate, 1),
        "stock_per_second": round(stock_rate, 1),
    }
    print(json.dumps(line), flush=True)


def work_off(database):
    """Send all that waits, in a process whose memory is looked at; prints figures."""
    config.parse_config(["--log-level=critical"], setup_logging=True)
    with Registry(database).cursor() as cr:
        messages = api.Environment(cr, SUPERUSER_ID, {})["crm.ir.sms.message"]
        progress, sizes, began = type(messages)._outbox_progress, [], time.monotonic()

        def watched(messages, *args):
            sizes.append(_resident())
            return progress(messages, *args)

        with patch.object(type(messages), "_outbox_progress", watched):
            messages._outbox_work("bulk")
    # the first calls fill caches of the process
    grown = max(sizes) - sizes[min(10, len(sizes) - 1)]
    print(json.dumps({"grown": grown, "seconds": time.monotonic() - began}), flush=True)


def _resident():
    with open("/proc/self/statm") as numbers:
        return int(numbers.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def measure_campaign(env):
    """Queue a campaign, send it in another process, and be a user meanwhile."""
    for _chunk in range(QUEUED // TEXTS):
        texts(env, TEXTS).send()
        env.cr.commit()
    done, waits = threading.Event(), []
    with child("work_off", env.cr.dbname) as worker, ThreadPoolExecutor(1) as users:
        user = users.submit(use, env.cr.dbname, done, waits)
        figures = json.loads(worker.stdout.readline())
        done.set()
        user.result()
    left = env["crm.ir.sms.message"].search_count([("state", "=", "queued")])
    longest = round(max(waits) * 1000)
    line = {
        "bench": "sms_campaign",
        "texts": QUEUED,
        "left": left,
        "grown_bytes": figures["grown"],
        "goal_bytes": GOAL_BYTES,
        "user_statements": len(waits),
        "longest_wait_ms": longest,
        "goal_ms": LOCK_TIMEOUT,
        "met": not left and figures["grown"] <= GOAL_BYTES and longest <= LOCK_TIMEOUT,
        "seconds": round(figures["seconds"]),
    }
    print(json.dumps(line), flush=True)


def use(database, done, waits):
    """Write to both tables as a user does; one that waits too long for a lock raises."""
    statements = (
        "INSERT INTO sms_sms (number, body, uuid, state, l10n_ir_purpose)"
        " VALUES ('+989120000000', 'x', gen_random_uuid(), 'canceled', 'service')",
        "UPDATE sms_sms SET write_date = now() WHERE id IN"
        " (SELECT id FROM sms_sms WHERE state = 'process' ORDER BY id DESC LIMIT 5)",
        "INSERT INTO crm_ir_sms_message"
        " (company_id, number, body, state, lane, reference, purpose)"
        " SELECT company_id, number, body, 'cancelled', lane, gen_random_uuid(), purpose"
        " FROM crm_ir_sms_message LIMIT 1",
        "UPDATE crm_ir_sms_message SET write_date = now() WHERE id IN"
        " (SELECT id FROM crm_ir_sms_message WHERE state = 'queued'"
        " ORDER BY id DESC LIMIT 5)",
    )
    with sql_db.db_connect(database).cursor() as cr:
        # as a plain client: a conflict of two users is not what is measured
        cr._cnx.set_session(isolation_level="READ COMMITTED")
        while not done.wait(0.05):
            for statement in statements:
                cr.execute(f"SET LOCAL lock_timeout = {LOCK_TIMEOUT}")
                waits.append(seconds(cr.execute, statement))
                cr.commit()


def main():
    Registry.new(
        os.environ["BENCH_STOCK_DB"], update_module=True, install_modules=["sms_twilio"]
    )
    with child("serve") as simulator:
        address = simulator.stdout.readline().strip()
        os.environ["CRM_IR_ALLOWED_HOSTS"] = urlsplit(address).netloc
        with environments() as (ours, stock):
            prepare_ours(ours, address)
            prepare_stock(stock)
            measure_throughput(ours, stock, address)
            measure_campaign(ours)


if __name__ == "__main__":
    task, *arguments = sys.argv[1:] or ["main"]
    {"main": main, "serve": serve, "work_off": work_off}[task](*arguments)
