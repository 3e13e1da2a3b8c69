import datetime
import threading
from collections.abc import Iterable
from dataclasses import dataclass

from werkzeug import Request, Response
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

from .clock import Clock
from .faults import Faults


@dataclass(frozen=True)
class Arrival:
    """What the page shows of something that arrived; ``text`` as people read it."""

    moment: datetime.datetime
    service: str
    party: str
    text: str
    state: str


class Service:
    """A service of the outside world, as a WSGI application without its host name.

    A subclass gives ``name`` (its path on the simulators' server), ``title`` and
    ``routes``: pairs of a path and the name of the method that answers there. One
    request is handled at a time; only faults wait.
    """

    name: str
    title: str
    routes: tuple[tuple[str, str], ...] = ()

    def __init__(self, clock: Clock | None = None):
        self.clock = clock or Clock()
        self.faults = Faults()
        self.requests: list[str] = []
        self._lock = threading.Lock()
        self._map = Map(
            [Rule(path, endpoint=method) for path, method in self.routes],
            strict_slashes=False,
        )

    def __call__(self, environ, start_response):
        request = Request(environ)
        fault = self.faults.next()
        handle = self._handle
        response = fault(request, handle) if fault else handle(request)
        return response(environ, start_response)

    def _handle(self, request: Request) -> Response:
        with self._lock:
            self.requests.append(f"{request.method} {request.path}")
            try:
                method, values = self._map.bind_to_environ(request.environ).match()
                return self.answer(getattr(self, method), request, values)
            except HTTPException as error:
                return error.get_response(request.environ)

    def answer(self, method, request: Request, values: dict) -> Response:
        """Answer with ``method``; what all of a service's answers share comes here."""
        return method(request, **values)

    def arrivals(self) -> Iterable[Arrival]:
        """What arrived, oldest first."""
        return ()
