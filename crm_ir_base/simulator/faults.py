"""How services misbehave, apart from what they do."""

import collections
import random
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from werkzeug import Request, Response

_PAGE = "<html><body><h1>502 Bad Gateway</h1></body></html>"
Handler = Callable[[Request], Response]


@dataclass(frozen=True)
class Late:
    """Does what is asked and answers after so many ``seconds``."""

    seconds: float

    def __call__(self, request: Request, handle: Handler) -> Response:
        response = handle(request)
        time.sleep(self.seconds)
        return response


def dropped(request: Request, handle: Handler) -> Response:
    """Does what is asked and hangs up."""
    response = handle(request)
    hang_up(request)
    return response


def lost(request: Request, _handle: Handler) -> Response:
    """Hangs up and does nothing."""
    hang_up(request)
    return Response()


def truncated(request: Request, handle: Handler) -> Response:
    """Does what is asked and answers with half of the answer."""
    response = handle(request)
    body = response.get_data()
    response.set_data(body[: len(body) // 2])
    return response


def marked(request: Request, handle: Handler) -> Response:
    """Does what is asked and answers with a byte order mark, as some servers do."""
    response = handle(request)
    response.set_data(b"\xef\xbb\xbf" + response.get_data())
    return response


def garbled(request: Request, handle: Handler) -> Response:
    """Does what is asked and answers with a page, as if all were well."""
    handle(request)
    return Response(_PAGE, 200, mimetype="text/html")


def bad_gateway(_request: Request, _handle: Handler) -> Response:
    """Does nothing: something before the service answers with a page."""
    return Response(_PAGE, 502, mimetype="text/html")


def gateway_timeout(request: Request, handle: Handler) -> Response:
    """Does what is asked, while something before the service gives up waiting."""
    handle(request)
    return Response(_PAGE, 504, mimetype="text/html")


def busy(_request: Request, _handle: Handler) -> Response:
    """Does nothing for now."""
    return Response("", 429, {"Retry-After": "7"})


def hang_up(request: Request) -> None:
    request.environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)


class Faults:
    """The faults to come: those planned, in order, then a random share."""

    def __init__(self):
        self._planned = collections.deque()
        self._random, self._share, self._kinds = random.Random(), 0, ()
        self._lock = threading.Lock()

    def plan(self, *faults) -> None:
        """The next requests meet these; None is a request that goes well."""
        self._planned.extend(faults)

    def rain(self, share: float, *faults, seed: int = 0) -> None:
        """From now on ``share`` (0 to 1) of the requests meets one of these."""
        self._random.seed(seed)
        self._share, self._kinds = share, faults

    def next(self):
        """The fault that this request meets, or None."""
        with self._lock:
            if self._planned:
                return self._planned.popleft()
            if self._kinds and self._random.random() < self._share:
                return self._random.choice(self._kinds)
        return None
