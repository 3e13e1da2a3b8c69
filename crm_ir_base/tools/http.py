"""The door: the only code of these modules that opens a connection to another computer.

A call has three outcomes besides its answer, and nothing else leaves the door:
`NotSent`, `Refused` and `InDoubt`.
"""

import contextlib
import functools
import ipaddress
import json
import logging
import os
import re
import socket
import threading
import time
import zlib
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import quote, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, NewConnectionError

_logger = logging.getLogger(__name__)

ALLOWED_HOSTS = "CRM_IR_ALLOWED_HOSTS"
# Redirects to the result of what was done, and those that servers use as such.
_MAY_BE_DONE = {301, 302, 303}
_PORTS = {"http": 80, "https": 443}
# escapes of what no database stores: NUL and halves of a pair
_UNSTORABLE = re.compile(
    r"(?<!\\)((?:\\\\)*)"
    r"(?:\\u0000"
    r"|\\u(?i:d[89ab])[0-9A-Fa-f]{2}(?!\\u(?i:d[c-f]))"
    r"|(?<!\\u(?i:d[89ab])[0-9A-Fa-f]{2})\\u(?i:d[c-f])[0-9A-Fa-f]{2})"
)
# readers of addresses disagree about these: one would be checked and another called
_NOT_IN_ADDRESS = re.compile(r"[\x00-\x20\x7f\\]")
_USERINFO = r"(?<=//).*@"
_UNICAST = ipaddress.ip_network("2000::/3")
# where an address of IPv4 is the end of one of IPv6: mapped, and through NAT64
_WITHIN_IPV6 = tuple(map(ipaddress.ip_network, ("::ffff:0:0/96", "64:ff9b::/96")))
_CHUNK = 16384  # bytes


@dataclass(frozen=True)
class Answer:
    """What a service answered: ``status`` of HTTP, ``headers`` and the whole ``body``."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text without byte order mark and NUL, which no database stores."""
        return self.body.decode("utf-8-sig", "replace").replace("\0", "")

    def json(self):
        """The body's JSON with exact decimals; raises `InDoubt` where it is none."""
        try:
            return json.loads(
                _UNSTORABLE.sub(r"\1", self.text),
                parse_float=Decimal,
                parse_constant=_no_number,
            )
        except (ValueError, RecursionError):
            raise InDoubt("the answer is not JSON", self) from None

    @property
    def retry_after(self) -> int:
        """Seconds for which the service wants no further call; 0 where it said nothing."""
        value = self.headers.get("Retry-After", "")
        return int(value) if re.fullmatch("[0-9]{1,9}", value) else 0


def _no_number(word: str):
    raise ValueError(f"JSON has no number {word}")


class DoorError(Exception):
    """A call without a good answer. Its text is for logs and holds no secret."""

    def __init__(self, message: str, answer: Answer | None = None):
        super().__init__(message)
        self.answer = answer


class NotSent(DoorError):
    """Certainly nothing happened at the service: calling again is safe."""


class Refused(DoorError):
    """The service answered no: ``code`` and ``words`` are its own.

    Where it said nothing of its own, the code is that of HTTP, such as "HTTP 429".
    """

    def __init__(self, code: str | int, words: str = "", answer: Answer | None = None):
        super().__init__(f"refused with {code}: {words}", answer)
        self.code = str(code)
        self.words = words


class InDoubt(DoorError):
    """The request left and no clear answer came: never call again before asking."""


@dataclass
class _Call:
    """A call under way. It begins to count as sent with its first byte."""

    ends: float
    reaches_private: bool
    sent: bool = False
    is_cut: bool = False
    wire: socket.socket | None = None

    def cut(self):
        self.is_cut = True
        if self.wire:
            # TLS within a proxy's TLS is no socket, but has one
            wire = getattr(self.wire, "socket", self.wire)
            with contextlib.suppress(OSError):
                # a TLS socket's own shutdown goes back to plain text first
                socket.socket.shutdown(wire, socket.SHUT_RDWR)


_call: ContextVar[_Call | None] = ContextVar("crm_ir_call", default=None)


class _Watched:
    """A connection that keeps to its call's rules."""

    def _new_conn(self):
        connected = super()._new_conn()
        call = _call.get()
        if not (call.reaches_private or _is_public(connected.getpeername()[0])):
            connected.close()
            raise NewConnectionError(self, "the address is not public")
        return connected

    def connect(self):
        call = _call.get()
        sent = call.sent
        try:
            return super().connect()
        finally:
            call.sent = sent  # a proxy was spoken to, not the service

    def send(self, data):
        if self.sock is None:
            self.connect()
        call = _call.get()
        call.wire = self.sock
        # only now, because from here on the watchdog can cut the wire
        if time.monotonic() >= call.ends:
            raise NewConnectionError(self, "the connection took too long")
        call.sent = True
        return super().send(data)


class _Plain(_Watched, HTTPConnection):
    pass


class _Secure(_Watched, HTTPSConnection):
    pass


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args, **kwargs):
        result = super().init_poolmanager(*args, **kwargs)
        self._watch(self.poolmanager)
        return result

    def proxy_manager_for(self, *args, **kwargs):
        return self._watch(super().proxy_manager_for(*args, **kwargs))

    def _watch(self, manager):
        manager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}
        return manager


class _Session(requests.Session):
    def get_redirect_target(self, _response):
        """None: to prepare a redirect, the answer would be read whatever its size."""


def _is_not_ours(record: logging.LogRecord) -> bool:
    return _call.get() is None


# urllib3 writes addresses to its log, and some services want the key in the address
logging.getLogger("urllib3.connectionpool").addFilter(_is_not_ours)


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    if any(ip in network for network in _WITHIN_IPV6):
        ip = ipaddress.IPv4Address(int(ip) % 2**32)
    if ip.version == 4:
        return ip.is_global
    return ip.is_global and ip in _UNICAST and not ip.sixtofour


def _is_inside(host: str) -> bool:
    """Whether a host is not public by its own words; a name's address is seen later."""
    try:
        return not _is_public(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _pattern(secret: str) -> str:
    """A regular expression for a secret as it stands in text, addresses, JSON or repr."""
    forms = (
        {char, f"\\{char}", char.replace(" ", "+"), json.dumps(char)[1:-1]}
        for char in secret
    )
    return "".join(
        f"(?:{'|'.join(map(re.escape, form))}|(?i:{quote(char, '')}))"
        for char, form in zip(secret, forms, strict=True)
    )


@functools.lru_cache
def _hosts(setting: str) -> frozenset[tuple[str, str]]:
    found = (part.strip().lower().rpartition(":") for part in setting.split(","))
    return frozenset((host.strip("[]"), port) for host, _, port in found)


@dataclass
class Door:
    """The way to one service, for the thread that opened it.

    ``base_url`` stands before every path. ``secrets`` are masked wherever the door
    writes. ``timeout`` bounds each wait for the network and ``deadline`` a whole call,
    both in seconds; an answer has at most ``max_bytes``. Only public hosts are reached,
    and only by https, except those that the server's administrator lists as
    host:port,… in the environment variable CRM_IR_ALLOWED_HOSTS. Redirects are not
    followed. Use it in a `with` statement, which ends its connections.
    """

    base_url: str
    secrets: Iterable[str] = ()
    proxy: str = ""
    timeout: float = 10
    deadline: float = 45
    max_bytes: int = 4_000_000
    _session: requests.Session = field(init=False, repr=False)
    _hidden: re.Pattern = field(init=False, repr=False)

    def __post_init__(self):
        self.base_url = self.base_url.rstrip("/")
        # a secret that holds another must be masked first
        secrets = sorted(filter(None, self.secrets), key=len, reverse=True)
        self._hidden = re.compile("|".join([*map(_pattern, secrets), _USERINFO]))
        self._session = _Session()
        self._session.trust_env = False  # neither .netrc nor another proxy
        self._session.headers.update(
            {"User-Agent": "crm_ir/19.0", "Accept-Encoding": "gzip"}
        )
        if self.proxy:
            self._session.proxies = {"http": self.proxy, "https": self.proxy}
        for scheme in _PORTS:
            self._session.mount(f"{scheme}://", _Adapter())

    def __repr__(self):
        return f"Door({self.mask(self.base_url)!r})"

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        self._session.close()

    def mask(self, text: str) -> str:
        """Return ``text`` without secrets, however written, and addresses' passwords."""
        return self._hidden.sub("***", text)

    def request(self, method: str, path: str = "", **options) -> Answer:
        """Call the service and return its answer, which had an HTTP status of success.

        ``options`` are those of `requests`: params, json, data, headers, auth. Raises
        `NotSent`; `Refused` by a status from 304 to 499; `InDoubt`, also by any other
        status. What was answered is the exception's ``answer``.
        """
        url = self.base_url + path
        self.check(url)
        private = self._is_allowed(urlsplit(self.proxy or url))
        call = _Call(time.monotonic() + self.deadline, private)
        watchdog = threading.Timer(self.deadline, call.cut)
        watchdog.daemon = True
        token = _call.set(call)
        watchdog.start()
        try:
            answer = self._exchange(method, url, options)
        except DoorError:
            raise
        # urllib3 lets some errors of the socket and of broken answers through
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            words = self.mask(f"{method} {url}: {error}")
            kind = InDoubt if call.sent else NotSent
            _logger.info("%s: %s", kind.__name__, words)
            raise kind(words) from None
        finally:
            watchdog.cancel()
            _call.reset(token)
        return self._judged(answer)

    def _exchange(self, method: str, url: str, options: Mapping) -> Answer:
        with self._session.request(
            method,
            url,
            timeout=min(self.timeout, self.deadline),
            allow_redirects=False,
            stream=True,
            **options,
        ) as response:
            response.raw.enforce_content_length = True  # urllib3 1 does not by itself
            body = bytearray()
            for chunk in response.raw.stream(_CHUNK, decode_content=False):
                body += chunk
                if len(body) > self.max_bytes:
                    raise InDoubt(f"the answer is longer than {self.max_bytes} bytes")
            # headers that end at a cut look whole
            if _call.get().is_cut:
                raise InDoubt(f"the answer took longer than {self.deadline} s")
            headers = response.headers
            plain = self._unpacked(bytes(body), headers.get("Content-Encoding", ""))
            return Answer(response.status_code, headers, plain)

    def _unpacked(self, body: bytes, encoding: str) -> bytes:
        """The body as it was before it was packed: once, and to no more than allowed."""
        encoding = encoding.lower()
        if not body or encoding in ("", "identity"):
            return body
        if encoding not in ("gzip", "x-gzip", "deflate"):
            raise InDoubt("the answer is packed in a way that was not asked for")
        unpacking = zlib.decompressobj(zlib.MAX_WBITS | 32)  # gzip or deflate
        try:
            plain = unpacking.decompress(body, self.max_bytes + 1)
        except zlib.error:
            raise InDoubt(f"the answer is not {encoding}") from None
        if len(plain) > self.max_bytes:
            raise InDoubt(f"the answer is longer than {self.max_bytes} bytes")
        if not unpacking.eof:
            raise InDoubt("the answer was cut")
        return plain

    def _judged(self, answer: Answer) -> Answer:
        if 200 <= answer.status < 300:
            return answer
        if 300 <= answer.status < 500 and answer.status not in _MAY_BE_DONE:
            # cut again, because a secret across the first cut would not be known
            words = self.mask(answer.text[:4000])[:200]
            raise Refused(f"HTTP {answer.status}", words, answer)
        raise InDoubt(f"HTTP status {answer.status}", answer)

    def check(self, url: str = "") -> None:
        """Raise `NotSent` where ``url``, or the service's address, is not to be called."""
        for hop in filter(None, (url or self.base_url, self.proxy)):
            try:
                parts = urlsplit(hop)
                is_address = parts.scheme in _PORTS and parts.hostname
                is_allowed = self._is_allowed(parts)
            except ValueError:
                is_address = False
            if not is_address or _NOT_IN_ADDRESS.search(hop):
                raise NotSent(f"not an address: {self.mask(hop)}")
            if parts.scheme == "http" and not is_allowed:
                raise NotSent(f"{parts.hostname} is not called without encryption")
            if _is_inside(parts.hostname) and not is_allowed:
                raise NotSent(f"{parts.hostname} is not public")

    def _is_allowed(self, parts) -> bool:
        port = parts.port or _PORTS.get(parts.scheme)
        return (parts.hostname, str(port)) in _hosts(os.environ.get(ALLOWED_HOSTS, ""))
