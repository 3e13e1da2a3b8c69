import datetime
import json
import os
import socket
import subprocess
import sys
import threading
import time
from html import unescape

import requests
from werkzeug import Response

from odoo.tests import BaseCase
from odoo.tools import config

from ..simulator import faults
from ..simulator.clock import Clock
from ..simulator.server import HOST, running
from ..simulator.service import Arrival, Service
from ..tools.http import ALLOWED_HOSTS, Door, InDoubt, Refused
from .door_common import DoorMixin


class Post(Service):
    """Keeps what it is given."""

    name = "post"
    title = "Post & Co"
    routes = (("/letters", "take"), ("/letters/<int:number>", "show"))

    def __init__(self, clock=None):
        super().__init__(clock)
        self.letters = []

    def take(self, request):
        self.letters.append((self.clock.now(), request.get_data(as_text=True)))
        return Response(json.dumps({"number": len(self.letters)}))

    def show(self, _request, number):
        return Response(self.letters[number - 1][1])

    def arrivals(self):
        for moment, text in self.letters:
            yield Arrival(moment, self.title, "09120000000", text, "رسید")


class TestSimulator(DoorMixin, BaseCase):
    def setUp(self):
        super().setUp()
        self.post = Post()
        self.address = self.serve(self.post)
        self.door = self.enterContext(Door(f"{self.address}/post", timeout=2))

    def send(self, text="سلام"):
        return self.door.request("POST", "/letters", data=text.encode())

    def page(self):
        return requests.get(self.address, timeout=10).text

    def test_a_service_answers_below_its_name(self):
        self.assertEqual(self.send().json(), {"number": 1})
        self.assertEqual(self.door.request("GET", "/letters/1").text, "سلام")
        self.assertEqual(self.post.requests, ["POST /letters", "GET /letters/1"])

    def test_a_path_that_it_does_not_have_is_refused(self):
        for path in ("/parcels", "/letters/x", ""):
            with self.subTest(path=path), self.assertRaises(Refused) as caught:
                self.door.request("GET", path)
            self.assertEqual(caught.exception.code, "HTTP 404")

    def test_services_on_one_port_keep_apart(self):
        class Other(Post):
            name = "other"

        post, other = Post(), Other()
        with running(post, other) as address:
            requests.post(f"{address}/other/letters", data=b"x", timeout=10)
        self.assertEqual((len(post.letters), len(other.letters)), (0, 1))

    def test_it_listens_on_loopback_alone(self):
        self.assertTrue(self.address.startswith("http://127.0.0.1:"))

    def test_it_ends_with_its_block(self):
        with running(Post()) as address:
            pass
        with socket.socket() as probe:
            where = (HOST, int(address.rpartition(":")[2]))
            self.assertNotEqual(probe.connect_ex(where), 0)

    def test_the_page_is_persian_and_empty_at_first(self):
        page = self.page()
        self.assertIn('<html lang="fa" dir="rtl">', page)
        self.assertIn("هنوز چیزی نرسیده است", page)
        self.assertIn("Post & Co", unescape(page))

    def test_the_page_shows_what_arrived_latest_first(self):
        self.send("یکم")
        self.post.clock.advance(seconds=1)
        self.send("دوم")
        page = self.page()
        self.assertLess(page.index("دوم"), page.index("یکم"))
        for words in ("09120000000", "رسید"):
            self.assertIn(words, page)
        self.assertNotIn("هنوز چیزی", page)

    def test_the_page_runs_nothing_that_arrived(self):
        self.send("<script>alert('x')</script>")
        page = self.page()
        self.assertNotIn("<script>", page)
        self.assertIn("<script>alert('x')</script>", unescape(page))

    def test_time_passes_when_told(self):
        clock = Clock()
        before = clock.now()
        clock.advance(hours=48)
        passed = clock.now() - before
        self.assertGreaterEqual(passed, datetime.timedelta(hours=48))
        self.assertLess(passed, datetime.timedelta(hours=48, minutes=1))
        self.assertEqual(before.utcoffset(), datetime.timedelta())

    def test_a_fault_does_or_does_not_do_what_was_asked(self):
        cases = (
            (faults.dropped, InDoubt, 1),
            (faults.lost, InDoubt, 0),
            (faults.bad_gateway, InDoubt, 0),
            (faults.gateway_timeout, InDoubt, 1),
            (faults.busy, Refused, 0),
        )
        for fault, outcome, done in cases:
            with self.subTest(fault=fault.__name__):
                self.post.letters.clear()
                self.post.faults.plan(fault)
                with self.assertRaises(outcome):
                    self.send()
                self.assertEqual(len(self.post.letters), done)

    def test_a_fault_in_the_answer_is_no_json(self):
        for fault in (faults.truncated, faults.garbled):
            with self.subTest(fault=fault.__name__):
                self.post.letters.clear()
                self.post.faults.plan(fault)
                with self.assertRaises(InDoubt):
                    self.send().json()
                self.assertEqual(len(self.post.letters), 1)

    def test_statuses_of_faults_are_those_of_http(self):
        self.post.faults.plan(faults.bad_gateway, faults.gateway_timeout, faults.busy)
        found = []
        for _ in range(3):
            with self.assertRaises((InDoubt, Refused)) as caught:
                self.send()
            found.append(caught.exception.answer)
        self.assertEqual([answer.status for answer in found], [502, 504, 429])
        self.assertEqual(found[-1].retry_after, 7)

    def test_a_byte_order_mark_does_no_harm(self):
        self.post.faults.plan(faults.marked)
        answer = self.send()
        self.assertTrue(answer.body.startswith(b"\xef\xbb\xbf"))
        self.assertEqual(answer.json(), {"number": 1})

    def test_a_late_answer_comes_after_its_seconds(self):
        self.post.faults.plan(faults.Late(0.3))
        start = time.monotonic()
        self.send()
        self.assertGreaterEqual(time.monotonic() - start, 0.3)

    def test_a_late_answer_is_in_doubt_and_done(self):
        self.post.faults.plan(faults.Late(1))
        with (
            Door(f"{self.address}/post", timeout=0.3) as door,
            self.assertRaises(InDoubt),
        ):
            door.request("POST", "/letters", data=b"x")
        self.assertEqual(len(self.post.letters), 1)

    def test_while_one_answer_is_late_others_come(self):
        self.post.faults.plan(faults.Late(1))
        slow = threading.Thread(target=self.send)
        slow.start()
        while not self.post.letters:
            time.sleep(0.01)
        with Door(f"{self.address}/post") as door:
            start = time.monotonic()
            door.request("POST", "/letters", data=b"x")
            self.assertLess(time.monotonic() - start, 0.7)
        slow.join(5)
        self.assertEqual(len(self.post.letters), 2)

    def test_planned_faults_come_in_order_and_end(self):
        planned = faults.Faults()
        planned.plan(faults.lost, None, faults.busy)
        found = [planned.next() for _ in range(4)]
        self.assertEqual(found, [faults.lost, None, faults.busy, None])

    def test_a_rain_of_faults_is_the_same_for_one_seed(self):
        def fallen(seed):
            rain = faults.Faults()
            rain.rain(0.3, faults.lost, faults.busy, seed=seed)
            return [rain.next() for _ in range(1000)]

        first = fallen(7)
        self.assertEqual(first, fallen(7))
        self.assertNotEqual(first, fallen(8))
        share = sum(fault is not None for fault in first) / len(first)
        self.assertAlmostEqual(share, 0.3, delta=0.05)
        self.assertEqual(set(first), {None, faults.lost, faults.busy})

    def test_no_rain_is_no_fault(self):
        dry = faults.Faults()
        dry.rain(0, faults.lost)
        self.assertEqual({dry.next() for _ in range(100)}, {None})

    def test_many_requests_at_once_are_each_done_once(self):
        def send(number):
            with Door(f"{self.address}/post") as door:
                door.request("POST", "/letters", data=str(number).encode())

        threads = [threading.Thread(target=send, args=[n]) for n in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        found = sorted(int(text) for _moment, text in self.post.letters)
        self.assertEqual(found, list(range(20)))


class TestSimulatorCommand(BaseCase):
    def test_it_does_not_start_where_odoo_would_not_send_to_it(self):
        done = subprocess.run(
            [
                *(sys.executable, "-m", "odoo"),
                f"--addons-path={','.join(config['addons_path'])}",
                *("crm_ir_simulator", "--port", "8399"),
            ],
            env={**os.environ, ALLOWED_HOSTS: "localhost:8399,127.0.0.1:1"},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn(
            f"{ALLOWED_HOSTS} does not hold 127.0.0.1:8399",
            done.stderr.splitlines()[-1],
        )
