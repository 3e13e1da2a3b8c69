"""What the door promises, over real sockets; servers here know no HTTP but what is said."""

import contextlib
import datetime
import gzip
import ipaddress
import json
import logging
import os
import socket
import ssl
import struct
import tempfile
import threading
import time
import traceback
import tracemalloc
import zlib
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch
from urllib.parse import quote, quote_plus

import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from odoo.tests import BaseCase

from ..simulator.server import HOST
from ..tools.http import ALLOWED_HOSTS, Answer, Door, InDoubt, NotSent, Refused
from .door_common import DoorMixin

NAME = "sms.example.ir"
SECRET = "کلید a+b/=%1\"&'\\z"
_send = requests.Session.send


def ok(body=b"{}", headers=()):
    lines = ["HTTP/1.1 200 OK", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def status(code, body=b"", headers=()):
    return ok(body, headers).replace(b"200 OK", f"{code} Words".encode(), 1)


def says(*answers):
    """A server that gives these answers, one a request, and hangs up."""

    def talk(wire, hear):
        for answer in answers:
            if not hear():
                return
            wire.sendall(answer)

    return talk


def drips(first):
    """A server that says ``first`` and then a letter from time to time, without end."""

    def talk(wire, hear):
        hear()
        wire.sendall(first)
        while True:
            wire.sendall(b"a")
            time.sleep(0.02)

    return talk


def resets(wire, hear):
    hear()
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


class Listener:
    """A server on loopback that keeps all it hears."""

    def __init__(self, talk, context=None):
        self.heard = b""
        self.visits = 0
        self._talk, self._tls = talk, context
        self._socket = socket.create_server((HOST, 0))
        self.port = self._socket.getsockname()[1]
        self.netloc = f"{HOST}:{self.port}"
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def close(self):
        # a thread that waits in accept is not woken by close
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for thread in self._threads:
            thread.join(5)

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                wire, _address = self._socket.accept()
                self.visits += 1
                thread = threading.Thread(target=self._serve, args=[wire], daemon=True)
                self._threads.append(thread)
                thread.start()

    def _serve(self, wire):
        # the other side hangs up when it likes
        with contextlib.suppress(OSError), wire:
            wire.settimeout(5)
            if self._tls:
                wire = self._tls.wrap_socket(wire, server_side=True)
            with wire:
                self._talk(wire, lambda: self._hear(wire))

    def _hear(self, wire):
        """Read one request, or what comes of it; false where none came."""
        request = b""
        while b"\r\n\r\n" not in request:
            more = wire.recv(65536)
            self.heard += more
            request += more
            if not more:
                return False
        head, _, body = request.partition(b"\r\n\r\n")
        lengths = [
            int(line.partition(b":")[2])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length:")
        ]
        while lengths and len(body) < lengths[0]:
            more = wire.recv(65536)
            self.heard += more
            body += more
        return True


class DoorCase(DoorMixin, BaseCase):
    @classmethod
    def _request_handler(cls, session, request, /, **options):
        # names are answered for in each test: nothing leaves this machine
        return _send(session, request, **options)

    def setUp(self):
        super().setUp()
        self.allow("")
        self.names = {}
        self.enterContext(patch("socket.getaddrinfo", self._resolve))

    def _resolve(self, host, port, *_args, **_options):
        address = self.names.get(host)
        try:
            ip = ipaddress.ip_address(address or host)
        except ValueError:
            raise socket.gaierror(socket.EAI_NONAME, "Name not known") from None
        if ip.version == 4:
            where = (socket.AF_INET, (str(ip), port))
        else:
            where = (socket.AF_INET6, (str(ip), port, 0, 0))
        return [(where[0], socket.SOCK_STREAM, 6, "", where[1])]

    def listen(self, talk, *, allowed=True, context=None):
        listener = Listener(talk, context)
        self.addCleanup(listener.close)
        if allowed:
            self.allow(",".join([os.environ[ALLOWED_HOSTS], listener.netloc]))
        return listener

    def door(self, address, **options):
        options = {"timeout": 0.5, "deadline": 2} | options
        return self.enterContext(Door(address, **options))

    def to(self, talk, **options):
        return self.door(f"http://{self.listen(talk).netloc}", **options)

    def post(self, door, path="/send", **options):
        return door.request("POST", path, **({"data": {"text": "سلام"}} | options))

    def assertFails(self, kind, door, *args, **options):  # noqa: N802
        with self.assertRaises(kind) as caught:
            self.post(door, *args, **options)
        return caught.exception

    @contextlib.contextmanager
    def within(self, seconds):
        start = time.monotonic()
        yield
        self.assertLess(time.monotonic() - start, seconds)


class TestDoorOutcomes(DoorCase):
    """Where a call broke tells whether it may be made again."""

    def test_an_answer_of_success_is_returned(self):
        answer = self.post(self.to(says(ok(b'{"id": 7}', ["X-One: 1"]))))
        self.assertEqual((answer.status, answer.json()), (200, {"id": 7}))
        self.assertEqual(answer.headers["x-one"], "1")

    def test_a_name_that_nobody_knows_was_not_sent_to(self):
        self.assertFails(NotSent, self.door(f"https://{NAME}"))

    def test_a_refused_connection_was_not_sent_to(self):
        with socket.socket() as closed:
            closed.bind((HOST, 0))
            netloc = f"{HOST}:{closed.getsockname()[1]}"
            self.allow(netloc)
            self.assertFails(NotSent, self.door(f"http://{netloc}"))

    def test_a_server_without_tls_was_not_sent_to(self):
        listener = self.listen(says(b"HTTP/1.1 400 Bad Request\r\n\r\n"))
        listener._hear = lambda wire: wire.recv(65536)
        self.assertFails(NotSent, self.door(f"https://{listener.netloc}"))

    def test_a_certificate_that_nobody_signed_was_not_sent_to(self):
        context, _path = self._tls()
        listener = self.listen(says(ok()), context=context)
        self.assertFails(NotSent, self.door(f"https://{listener.netloc}"))
        self.assertEqual(listener.visits, 1)
        self.assertEqual(listener.heard, b"")

    def test_a_proxy_that_refuses_was_not_sent_through(self):
        for code in (403, 407, 502):
            with self.subTest(code=code):
                proxy = self.listen(says(status(code)))
                door = self.door(f"https://{NAME}", proxy=f"http://{proxy.netloc}")
                self.assertFails(NotSent, door)
                self.assertTrue(proxy.heard.startswith(b"CONNECT " + NAME.encode()))
                self.assertNotIn(b"POST", proxy.heard)

    def test_a_proxy_whose_tunnel_leads_to_no_tls_was_not_sent_through(self):
        proxy = self.listen(says(b"HTTP/1.1 200 OK\r\n\r\nwhat?"))
        door = self.door(f"https://{NAME}", proxy=f"http://{proxy.netloc}")
        self.assertFails(NotSent, door)

    def test_a_reset_after_the_request_is_in_doubt(self):
        self.assertFails(InDoubt, self.to(resets))

    def test_a_hang_up_after_the_request_is_in_doubt(self):
        self.assertFails(InDoubt, self.to(says(b"")))

    def test_a_hang_up_in_the_middle_of_the_request_is_in_doubt(self):
        def talk(wire, _hear):
            wire.recv(100)
            resets(wire, lambda: None)

        self.assertFails(InDoubt, self.to(talk), data=b"x" * 5_000_000)

    def test_silence_after_the_request_is_in_doubt(self):
        def talk(_wire, hear):
            hear()
            time.sleep(1)

        with self.within(0.9):
            self.assertFails(InDoubt, self.to(talk, timeout=0.2))

    def test_a_status_line_that_is_none_is_in_doubt(self):
        for line in (b"what?\r\n\r\n", b"HTTP/1.1 OK\r\n\r\n", b"\0" * 70000):
            with self.subTest(line=line[:9]):
                self.assertFails(InDoubt, self.to(says(line)))

    def test_headers_without_end_are_in_doubt(self):
        many = b"".join(b"X-%d: 1\r\n" % number for number in range(500))
        self.assertFails(
            InDoubt, self.to(says(b"HTTP/1.1 200 OK\r\n" + many + b"\r\n"))
        )

    def test_a_body_that_was_cut_is_in_doubt(self):
        whole = b'{"id": 7}'
        cut = ok(whole)[: -len(whole) // 2]
        chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{"
        for answer in (cut, chunked, ok(b"not gzip", ["Content-Encoding: gzip"])):
            with self.subTest(answer=answer):
                self.assertFails(InDoubt, self.to(says(answer)))

    def test_a_cut_refusal_is_in_doubt(self):
        self.assertFails(InDoubt, self.to(says(status(400, b"no such line")[:-4])))

    def test_4xx_is_a_refusal_with_its_answer(self):
        for code in (400, 401, 404, 409, 422, 429, 451):
            with self.subTest(code=code):
                error = self.assertFails(Refused, self.to(says(status(code, b"no"))))
                self.assertEqual((error.code, error.words), (f"HTTP {code}", "no"))
                self.assertEqual(
                    (error.answer.status, error.answer.body), (code, b"no")
                )

    def test_5xx_is_in_doubt_with_its_answer(self):
        for code in (500, 502, 503, 504, 599):
            with self.subTest(code=code):
                error = self.assertFails(InDoubt, self.to(says(status(code, b"<p>"))))
                self.assertEqual(
                    (error.answer.status, error.answer.body), (code, b"<p>")
                )

    def test_a_status_beyond_the_table_is_in_doubt(self):
        self.assertFails(InDoubt, self.to(says(status(600))))
        self.assertFails(InDoubt, self.to(says(status(102))))

    def test_nothing_else_leaves_the_door(self):
        addresses = (
            "https://[::1",
            "https://host:port",
            "https://host:99999",
            "https://" + "a" * 70 + ".ir",
            "https://a..ir",
            "https://",
            "https:///path",
            "ftp://host",
            "file:///etc/passwd",
            "host.ir",
            "",
        )
        for address in addresses:
            with self.subTest(address=address):
                self.assertFails(NotSent, self.door(address))
                if address:
                    door = self.door(f"https://{NAME}", proxy=address)
                    self.assertFails(NotSent, door)

    def test_a_setting_with_mistakes_allows_nothing_and_breaks_nothing(self):
        for setting in ("a:b", "[::1", ",,", "127.0.0.1", ":8070", "http://x:1"):
            with self.subTest(setting=setting):
                self.allow(setting)
                self.assertFails(NotSent, self.door(f"http://{HOST}"))

    def test_two_doors_in_two_threads_do_not_disturb_each_other(self):
        arrived, go_on = threading.Event(), threading.Event()

        def talk(_wire, hear):
            hear()
            arrived.set()
            go_on.wait(5)

        slow, caught = self.to(talk, timeout=5, deadline=5), []

        def call():
            try:
                self.post(slow)
            except Exception as error:
                caught.append(error)

        thread = threading.Thread(target=call)
        thread.start()
        self.assertTrue(arrived.wait(5))
        self.assertFails(NotSent, self.door(f"https://{NAME}"))
        self.assertEqual(self.post(self.to(says(ok()))).status, 200)
        go_on.set()
        thread.join(5)
        self.assertEqual([type(error) for error in caught], [InDoubt])

    def test_two_calls_share_a_connection_and_nothing_else(self):
        listener = self.listen(says(ok(b"1"), status(400), ok(b"3"), b""))
        door = self.door(f"http://{listener.netloc}")
        self.assertEqual(self.post(door).body, b"1")
        self.assertFails(Refused, door)
        self.assertEqual(self.post(door).body, b"3")
        self.assertFails(InDoubt, door)
        self.assertEqual(listener.visits, 1)

    def test_a_connection_that_was_closed_between_calls_is_opened_again(self):
        listener = self.listen(says(ok(b"1")))
        door = self.door(f"http://{listener.netloc}")
        self.post(door)
        time.sleep(0.05)
        self.assertEqual(self.post(door).body, b"1")
        self.assertEqual((listener.visits, listener.heard.count(b"POST")), (2, 2))

    def test_a_call_is_never_repeated_by_itself(self):
        for answer in (b"", status(503, headers=["Retry-After: 0"]), status(408)):
            with self.subTest(answer=answer):
                listener = self.listen(says(answer))
                self.assertFails(
                    (InDoubt, Refused), self.door(f"http://{listener.netloc}")
                )
                self.assertEqual(listener.heard.count(b"POST"), 1)

    def _tls(self):
        """The context of a server on loopback and the path of its certificate."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
        now = datetime.datetime.now(datetime.timezone.utc)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(1)
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=1))
            .add_extension(
                x509.SubjectAlternativeName(
                    [x509.IPAddress(ipaddress.ip_address(HOST))]
                ),
                critical=False,
            )
            .sign(key, hashes.SHA256())
        )
        path = Path(self.enterContext(tempfile.TemporaryDirectory()), "both.pem")
        path.write_bytes(
            certificate.public_bytes(serialization.Encoding.PEM)
            + key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context, str(path)

    def test_the_deadline_holds_against_a_drip_through_tls(self):
        context, path = self._tls()
        listener = self.listen(drips(b"HTTP/1.1 200 OK\r\n\r\n"), context=context)
        door = self.door(f"https://{listener.netloc}", deadline=0.6)
        with self.within(2):
            self.assertFails(InDoubt, door, verify=path)


class TestDoorDeadline(DoorCase):
    """A call ends by its deadline, whatever the other side does."""

    def test_it_holds_against_a_drip_in_the_status_line(self):
        self._assert_in_doubt(drips(b"HTTP/1.1 2"))

    def test_it_holds_against_a_drip_in_the_headers(self):
        self._assert_in_doubt(drips(b"HTTP/1.1 200 OK\r\nX-Long: "))

    def test_it_holds_against_a_drip_in_a_body_of_known_length(self):
        self._assert_in_doubt(
            drips(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        )

    def test_it_holds_against_a_drip_in_a_body_of_unknown_length(self):
        self._assert_in_doubt(drips(b"HTTP/1.1 200 OK\r\n\r\n"))

    def test_a_refusal_that_drips_is_in_doubt(self):
        self._assert_in_doubt(drips(b"HTTP/1.1 400 No\r\n\r\n"))

    def test_a_redirect_that_drips_is_in_doubt(self):
        self._assert_in_doubt(drips(b"HTTP/1.1 302 No\r\nLocation: /\r\n\r\n"))

    def test_it_holds_where_nobody_reads_the_request(self):
        def talk(_wire, _hear):
            time.sleep(2)

        door = self.to(talk, timeout=5, deadline=0.5)
        with self.within(1.5):
            self.assertFails(InDoubt, door, data=b"x" * 20_000_000)

    def test_it_holds_against_a_proxy_that_drips(self):
        proxy = self.listen(drips(b"HTTP/1.1 200 OK\r\nX-Long: "))
        door = self.door(
            f"https://{NAME}", proxy=f"http://{proxy.netloc}", deadline=0.5
        )
        with self.within(1.5):
            self.assertFails(NotSent, door)

    def test_nothing_is_sent_after_it(self):
        listener = self.listen(says(ok()), allowed=False)
        self.names[NAME] = HOST
        self.allow(f"{NAME}:{listener.port}")
        resolve = self._resolve

        def slowly(*args, **options):
            time.sleep(0.4)
            return resolve(*args, **options)

        door = self.door(f"http://{NAME}:{listener.port}", deadline=0.2)
        with patch("socket.getaddrinfo", slowly):
            self.assertFails(NotSent, door)
        self.assertEqual(listener.heard, b"")

    def test_each_call_has_its_own(self):
        def talk(wire, hear):
            while hear():
                time.sleep(0.3)
                wire.sendall(ok())

        door = self.to(talk, deadline=0.5)
        self.assertEqual([self.post(door).status for _ in range(3)], [200] * 3)

    def _assert_in_doubt(self, talk):
        with self.within(1.5):
            self.assertFails(InDoubt, self.to(talk, timeout=0.3, deadline=0.5))


class TestDoorAnswers(DoorCase):
    """What is taken from a service, and how much of it."""

    def test_a_redirect_is_refused_and_not_followed(self):
        for code in (307, 308):
            with self.subTest(code=code):
                other = self.listen(says(ok()))
                where = f"Location: http://{other.netloc}/send"
                error = self.assertFails(
                    Refused, self.to(says(status(code, b"", [where])))
                )
                self.assertEqual(error.code, f"HTTP {code}")
                self.assertEqual((other.visits, other.heard), (0, b""))

    def test_a_redirect_to_what_was_done_is_in_doubt_and_not_followed(self):
        for code in (301, 302, 303):
            with self.subTest(code=code):
                other = self.listen(says(ok()))
                where = f"Location: http://{other.netloc}/done"
                error = self.assertFails(
                    InDoubt, self.to(says(status(code, b"", [where])))
                )
                self.assertEqual(error.answer.status, code)
                self.assertEqual(other.visits, 0)

    def test_a_redirect_to_no_address_is_a_refusal(self):
        bad = says(status(307, b"", ["Location: http://[::1"]))
        self.assertFails(Refused, self.to(bad))

    def test_an_answer_has_a_greatest_size(self):
        self.assertEqual(
            len(self.post(self.to(says(ok(b"x" * 50)), max_bytes=50)).body), 50
        )
        self.assertFails(InDoubt, self.to(says(ok(b"x" * 51)), max_bytes=50))

    def test_a_redirect_has_a_greatest_size(self):
        long = status(302, b"x" * 51, ["Location: /elsewhere"])
        self.assertFails(InDoubt, self.to(says(long), max_bytes=50))

    def test_a_refusal_has_a_greatest_size(self):
        self.assertFails(InDoubt, self.to(says(status(400, b"x" * 51)), max_bytes=50))

    def test_an_answer_that_never_ends_is_left_at_its_greatest_size(self):
        for head in (b"200 OK", b"400 No", b"500 No", b"302 No\r\nLocation: /there"):

            def talk(wire, hear, head=head):
                hear()
                wire.sendall(b"HTTP/1.1 " + head + b"\r\n\r\n")
                while True:
                    wire.sendall(b"x" * 65536)

            with self.subTest(head=head), self.within(1.5):
                self.assertFails(InDoubt, self.to(talk, max_bytes=10**6, deadline=5))

    def test_a_compressed_answer_does_not_fill_the_memory(self):
        once = gzip.compress(bytes(60_000_000))
        twice = gzip.compress(once)
        for body, encoding in ((once, "gzip"), (twice, "gzip, gzip")):
            with self.subTest(encoding=encoding):
                bomb = ok(body, [f"Content-Encoding: {encoding}"])
                door = self.to(says(bomb), max_bytes=1_000_000)
                tracemalloc.start()
                try:
                    self.assertFails(InDoubt, door)
                    peak = tracemalloc.get_traced_memory()[1]
                finally:
                    tracemalloc.stop()
                self.assertLess(peak, 20_000_000)

    def test_a_compressed_answer_is_read(self):
        text = b'{"a": 1}'
        for pack, encoding in (
            (gzip.compress, "gzip"),
            (gzip.compress, "GZIP"),
            (zlib.compress, "deflate"),
            (bytes, "identity"),
        ):
            with self.subTest(encoding=encoding):
                packed = ok(pack(text), [f"Content-Encoding: {encoding}"])
                answer = self.post(self.to(says(packed), max_bytes=100))
                self.assertEqual(answer.body, text)

    def test_an_empty_answer_is_not_unpacked(self):
        empty = ok(b"", ["Content-Encoding: gzip"])
        self.assertEqual(self.post(self.to(says(empty))).body, b"")

    def test_a_compressed_answer_that_cannot_be_read_is_in_doubt(self):
        packed = gzip.compress(b'{"a": 1}' * 50)
        for body, encoding in (
            (packed[:-9], "gzip"),
            (b"{}", "gzip"),
            (gzip.compress(packed), "gzip, gzip"),
            (packed, "br"),
        ):
            with self.subTest(encoding=encoding, body=body[:9]):
                answer = ok(body, [f"Content-Encoding: {encoding}"])
                self.assertFails(InDoubt, self.to(says(answer)))

    def test_a_chunked_answer_is_read(self):
        chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        listener = self.listen(says(*[chunked + b"2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"] * 2))
        door = self.door(f"http://{listener.netloc}")
        self.assertEqual([self.post(door).body for _ in range(2)], [b"abc"] * 2)
        self.assertEqual(listener.visits, 1)

    def test_a_service_says_how_long_to_wait(self):
        waits = {"Retry-After: 120": 120, "X: 1": 0, "Retry-After: soon": 0}
        waits |= {"Retry-After: -5": 0, "Retry-After: " + "9" * 5000: 0}
        for header, seconds in waits.items():
            with self.subTest(header=header[:20]):
                error = self.assertFails(
                    Refused, self.to(says(status(429, b"", [header])))
                )
                self.assertEqual(error.answer.retry_after, seconds)

    def test_a_byte_order_mark_is_no_part_of_the_text(self):
        answer = self._answer(b'\xef\xbb\xbf{"a": 1}')
        self.assertEqual((answer.text, answer.json()), ('{"a": 1}', {"a": 1}))

    def test_nul_is_no_part_of_the_text(self):
        self.assertEqual(self._answer(b"a\0b").text, "ab")
        self.assertEqual(self._answer(b'{"a": "x\0y"}').json(), {"a": "xy"})

    def test_escaped_nul_is_no_part_of_json_and_other_escapes_are(self):
        cases = {
            r'"a\u0000b"': "ab",
            r'"\u0000\u0000"': "",
            r'"\\u0000"': r"\u0000",
            r'"\\\u0000"': "\\",
            r'"\\\\u0000"': r"\\u0000",
            r'"\u0001\u00001"': "\x011",
        }
        for written, value in cases.items():
            with self.subTest(written=written):
                self.assertEqual(self._answer(written.encode()).json(), value)

    def test_half_of_a_pair_is_no_part_of_json_and_a_pair_is(self):
        cases = {
            r'"a\ud83d"': "a",
            r'"\uDE00b"': "b",
            r'"\ud83d\ude00"': "😀",
            r'"\ud83d\ud83d\ude00\ude00"': "😀",
            r'"\ud83dx\ude00"': "x",
            r'"\\ud83d"': r"\ud83d",
        }
        for written, value in cases.items():
            with self.subTest(written=written):
                found = self._answer(written.encode()).json()
                self.assertEqual(found, value)
                self.assertEqual(found.encode().decode(), found)

    def test_bytes_that_are_no_text_are_marked(self):
        self.assertEqual(self._answer(b"a\xffb").text, "a\ufffdb")

    def test_decimals_are_exact(self):
        found = self._answer(b'{"a": 0.1, "b": 12345678901234567890.12, "c": 3}').json()
        self.assertEqual(
            found,
            {"a": Decimal("0.1"), "b": Decimal("12345678901234567890.12"), "c": 3},
        )
        self.assertIs(type(found["a"]), Decimal)
        self.assertIs(type(found["c"]), int)

    def test_what_is_not_json_is_in_doubt_with_its_answer(self):
        deep = b"[" * 200_000
        number = b"1" * 5000
        for body in (b"", b"<html>", b'{"a": 1', deep, b"NaN", b"[-Infinity]", number):
            with self.subTest(body=body[:10]):
                answer = self._answer(body)
                with self.assertRaises(InDoubt) as caught:
                    answer.json()
                self.assertIs(caught.exception.answer, answer)

    def _answer(self, body):
        return Answer(200, {}, body)


class TestDoorReach(DoorCase):
    """Which hosts are called."""

    INSIDE = (
        "localhost",
        "api.localhost",
        "127.0.0.1",
        "127.8.8.8",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "[::1]",
        "[::]",
        "[fe80::1]",
        "[fd00::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:10.0.0.1]",
        "[::ffff:100.64.0.1]",
        "[::127.0.0.1]",
        "[fec0::1]",
        "[64:ff9b::a9fe:a9fe]",
        "[2002:7f00:1::]",
    )

    def test_what_will_not_be_called_is_known_before(self):
        self.allow("sms.lan:8080")
        for address in (
            *(f"https://{host}/api" for host in self.INSIDE),
            "http://sms.lan",
            f"http://{NAME}",
            "sms.lan:8080",
            f"https://{NAME} ",
        ):
            with self.subTest(address=address), self.assertRaises(NotSent):
                self.door(address).check()

    def test_what_may_be_called_is_known_before(self):
        self.allow("sms.lan:8080")
        for address in (
            "http://sms.lan:8080/api",
            f"https://{NAME}",
            f"https://{NAME}:8443/api?x=1",
            "https://پیامک.ایران/api",
            "https://8.8.8.8",
            "https://[2001:4860:4860::8888]",
            "https://[::ffff:8.8.8.8]",
            "https://[64:ff9b::808:808]",
        ):
            with self.subTest(address=address):
                self.assertIsNone(self.door(address).check())

    def test_a_host_that_is_not_public_is_not_even_connected_to(self):
        for host in self.INSIDE:
            with self.subTest(host=host):
                with patch("socket.socket.connect") as connect:
                    self.assertFails(NotSent, self.door(f"https://{host}"))
                self.assertEqual(connect.call_count, 0)

    def test_a_host_that_is_not_public_is_not_reached_through_a_proxy(self):
        proxy = self.listen(says(ok()))
        for host in self.INSIDE:
            with self.subTest(host=host):
                door = self.door(f"https://{host}", proxy=f"http://{proxy.netloc}")
                self.assertFails(NotSent, door)
        self.assertEqual(proxy.heard, b"")

    def test_a_name_of_an_address_that_is_not_public_hears_no_byte(self):
        listener = self.listen(says(ok()), allowed=False)
        for address in (HOST, "127.5.5.5", f"::ffff:{HOST}", "::1"):
            with self.subTest(address=address):
                self.names[NAME] = address
                self.assertFails(NotSent, self.door(f"https://{NAME}:{listener.port}"))
                self.assertEqual(listener.heard, b"")

    def test_no_way_to_write_loopback_is_heard(self):
        listener = self.listen(lambda wire, hear: hear(), allowed=False)
        self.names = dict.fromkeys(("127.1", "2130706433", "0x7f000001"), HOST)
        self.names |= {"１２７.0.0.1": HOST, "0177.0.0.1": HOST}
        for host in self.names:
            with self.subTest(host=host):
                self.assertFails(NotSent, self.door(f"https://{host}:{listener.port}"))
        self.assertEqual(listener.heard, b"")

    def test_two_readings_of_an_address_are_none(self):
        inside = self.listen(says(ok()), allowed=False)
        allowed = self.listen(says(ok()))
        for written in (
            f"http://{inside.netloc}\\@{allowed.netloc}",
            f"http://{allowed.netloc}\\@{inside.netloc}",
            f"http://{inside.netloc}\n@{allowed.netloc}",
            f"http://{inside.netloc} @{allowed.netloc}",
            f"http://{inside.netloc}#@{allowed.netloc}",
            f"http://{inside.netloc}?@{allowed.netloc}",
        ):
            with self.subTest(written=written):
                self.assertFails(NotSent, self.door(written))
        self.assertEqual((inside.visits, allowed.visits), (0, 0))

    def test_a_listed_host_is_reached_at_its_port_alone(self):
        listed = self.listen(says(ok()))
        other = self.listen(says(ok()), allowed=False)
        self.assertEqual(self.post(self.door(f"http://{listed.netloc}")).status, 200)
        self.assertFails(NotSent, self.door(f"http://{other.netloc}"))
        self.assertEqual(other.visits, 0)

    def test_a_listed_name_is_reached_wherever_it_lies(self):
        listener = self.listen(says(ok()), allowed=False)
        self.names["sms.lan"] = HOST
        self.allow(f" SMS.lan:{listener.port} , other:1")
        door = self.door(f"http://sms.lan:{listener.port}")
        self.assertEqual(self.post(door).status, 200)

    def test_plain_http_to_a_public_host_is_refused_unless_listed(self):
        with patch("socket.socket.connect") as connect:
            self.assertFails(NotSent, self.door(f"http://{NAME}"))
        self.assertEqual(connect.call_count, 0)
        listener = self.listen(says(ok()), allowed=False)
        self.names[NAME] = HOST
        self.allow(f"{NAME}:{listener.port}")
        self.assertEqual(
            self.post(self.door(f"http://{NAME}:{listener.port}")).status, 200
        )

    def test_a_loopback_proxy_must_itself_be_listed(self):
        proxy = self.listen(lambda wire, hear: hear(), allowed=False)
        for scheme in ("http", "https"):
            with self.subTest(scheme=scheme):
                door = self.door(f"https://{NAME}", proxy=f"{scheme}://{proxy.netloc}")
                self.assertFails(NotSent, door)
        self.assertEqual(proxy.visits, 0)

    def test_a_proxy_of_another_kind_is_refused(self):
        for proxy in ("socks5://proxy.example.ir:1080", "proxy.example.ir:3128"):
            with self.subTest(proxy=proxy):
                self.assertFails(NotSent, self.door(f"https://{NAME}", proxy=proxy))

    def test_a_listed_proxy_gets_what_is_sent(self):
        proxy = self.listen(says(ok(b"through")))
        self.allow(f"{os.environ[ALLOWED_HOSTS]},{NAME}:80")
        door = self.door(f"http://{NAME}", proxy=f"http://u:p@{proxy.netloc}")
        self.assertEqual(self.post(door).body, b"through")
        self.assertTrue(proxy.heard.startswith(f"POST http://{NAME}/send".encode()))
        self.assertIn(b"Proxy-Authorization: Basic dTpw", proxy.heard)

    def test_the_environment_gives_neither_a_proxy_nor_a_password(self):
        proxy = self.listen(says(ok()))
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        (folder / ".netrc").write_text(f"machine {HOST} login me password mine\n")
        names = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "all_proxy")
        given = dict.fromkeys(names, f"http://{proxy.netloc}")
        given |= {"HOME": str(folder), "NETRC": str(folder / ".netrc")}
        listener = self.listen(says(ok()))
        with patch.dict(os.environ, given | {"NO_PROXY": "", "no_proxy": ""}):
            self.post(self.door(f"http://{listener.netloc}"))
        self.assertEqual(proxy.visits, 0)
        self.assertNotIn(b"Authorization", listener.heard)

    def test_a_new_line_in_a_header_or_a_path_sends_nothing(self):
        listener = self.listen(says(ok()))
        door = self.door(f"http://{listener.netloc}")
        for name, value in (("X", "a\r\nY: b"), ("X", "a\n"), ("X\r\nY", "b")):
            with self.subTest(name=name, value=value):
                error = self.assertFails(NotSent, door, headers={name: value})
                self.assertIn("header", str(error))
        for path in ("/a\nb", "/a\r\nHost: x", "/a b", "/a\tb", "/\0"):
            with self.subTest(path=path):
                error = self.assertFails(NotSent, door, path)
                self.assertIn("not an address", str(error))
        self.assertEqual(listener.visits, 0)


class TestDoorSecrets(DoorCase):
    """What nobody reads in a log."""

    def test_no_form_of_a_secret_is_shown(self):
        door = self.door(f"https://{NAME}", secrets=[SECRET])
        forms = (
            SECRET,
            quote(SECRET),
            quote(SECRET, ""),
            quote_plus(SECRET),
            quote(SECRET, "").lower(),
            requests.utils.requote_uri(SECRET),
            json.dumps(SECRET),
            json.dumps(SECRET, ensure_ascii=False),
            repr(SECRET),
            ascii(SECRET),
        )
        for form in forms:
            with self.subTest(form=form):
                hidden = door.mask(f"[{form}]").replace('"', "").replace("'", "")
                self.assertEqual(hidden, "[***]")

    def test_a_secret_within_another_does_not_show_the_rest(self):
        door = self.door(f"https://{NAME}", secrets=["abc", "", "abc-123"])
        self.assertEqual(door.mask("abc-123 abc"), "*** ***")

    def test_other_words_stay(self):
        door = self.door(f"https://{NAME}")
        self.assertEqual(door.mask("سلام a@b.ir 100%"), "سلام a@b.ir 100%")

    def test_the_text_and_log_of_every_failure_hold_no_secret(self):
        key = "s3cr3t/+=" + "ک"
        shown = quote(key, "")
        calls = {
            f"https://{NAME}": NotSent,
            self._address(resets): InDoubt,
            self._address(
                says(status(400, f"bad {key} and {shown}".encode()))
            ): Refused,
            self._address(says(status(500, key.encode()))): InDoubt,
            self._address(says(ok(b"x" * 5000))): InDoubt,
        }
        for address, kind in calls.items():
            with self.subTest(address=address), self._all_logs() as logs:
                door = self.door(address, secrets=[key], max_bytes=4000)
                error = self.assertFails(
                    kind,
                    door,
                    f"/{shown}/send",
                    params={"key": key},
                    headers={"X-Key": shown},
                )
                text = "".join(traceback.format_exception(error)) + repr(error)
                for place in (text, str(error), repr(door), *logs.output):
                    self.assertNotIn("s3cr3t", place)

    def test_a_success_leaves_no_secret_in_the_log(self):
        with self._all_logs() as logs:
            door = self.door(self._address(says(ok())), secrets=["s3cr3t"])
            self.post(door, "/s3cr3t/send", params={"key": "s3cr3t"})
        self.assertNotIn("s3cr3t", "".join(logs.output))

    def test_the_log_of_others_stays(self):
        with self._all_logs() as logs:
            requests.get(self._address(says(ok())) + "/page", timeout=2)
        self.assertIn("/page", "".join(logs.output))

    def test_a_key_pasted_with_a_new_line_is_not_shown(self):
        door = self.door(self._address(says(ok())), secrets=["s3cr3t\n"])
        error = self.assertFails(NotSent, door, headers={"X-Key": "s3cr3t\n"})
        self.assertNotIn("s3cr3t", str(error))

    def test_a_secret_at_the_end_of_what_is_kept_of_an_answer_is_not_shown(self):
        for before in range(190, 201):
            with self.subTest(before=before):
                words = b"x" * before + b"s3cr3t"
                door = self.door(
                    self._address(says(status(400, words))), secrets=["s3cr3t"]
                )
                self.assertNotIn("s3", self.assertFails(Refused, door).words)

    def test_a_password_in_an_address_is_not_shown(self):
        for address in (
            f"https://user:s3cr3t@{NAME}",
            f"https://user:s3cr3t/x@{NAME}",
            f"https://user:s3cr3t?x@{NAME}",
            f"https://user:s3cr3t x@{NAME}",
            f"http://user:s3cr3t@{NAME}",
            f"ftp://user:s3cr3t@{NAME}",
        ):
            with self.subTest(address=address), self._all_logs() as logs:
                door = self.door(address)
                error = self.assertFails(NotSent, door)
                through = self.door(f"https://{NAME}", proxy=address)
                error_of_proxy = self.assertFails(NotSent, through)
                places = (repr(door), repr(through), str(error), str(error_of_proxy))
                for place in (*places, *logs.output):
                    self.assertNotIn("s3cr3t", place)

    def test_a_password_in_an_address_is_sent(self):
        listener = self.listen(says(ok()))
        self.post(self.door(f"http://u:p@{listener.netloc}"))
        self.assertIn(b"Authorization: Basic dTpw", listener.heard)

    def _address(self, talk):
        return f"http://{self.listen(talk).netloc}"

    @contextlib.contextmanager
    def _all_logs(self):
        with self.assertLogs(level="DEBUG") as logs:
            for name in (
                "urllib3",
                "urllib3.connectionpool",
                "odoo.addons.crm_ir_base",
            ):
                logger = logging.getLogger(name)
                self.enterContext(patch.object(logger, "level", logging.DEBUG))
                self.enterContext(patch.dict(logger._cache, clear=True))
            logging.getLogger().debug("so that there is a line")
            yield logs
