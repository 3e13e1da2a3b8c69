"""All simulators on one port of the loopback interface, with a page of what arrived."""

import contextlib
import threading
from collections.abc import Iterable, Iterator
from html import escape

from werkzeug import Request, Response
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.serving import WSGIRequestHandler, make_server

from .service import Service

HOST = "127.0.0.1"
_SHOWN = 200
_PAGE = """<!DOCTYPE html>
<html lang="fa" dir="rtl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="3">
<title>شبیه‌سازها</title>
<style>
body {{ font-family: Vazirmatn, sans-serif; margin: 1rem auto; max-width: 60rem; }}
article {{ border: 1px solid #ccc; border-radius: .5rem; margin: .5rem; padding: .5rem; }}
p {{ white-space: pre-wrap; overflow-wrap: anywhere; margin: .5rem 0; }}
small {{ color: #666; }}
</style>
</head>
<body>
<h1>آنچه رسید</h1>
{arrivals}
<footer><small>{services}</small></footer>
</body>
</html>
"""
_ARRIVAL = """<article>
<small>{moment} · {service}</small> <b><bdi dir="ltr">{party}</bdi></b> <i>{state}</i>
<p dir="auto">{text}</p>
</article>"""
_NOTHING = "<p>هنوز چیزی نرسیده است.</p>"


class _Quiet(WSGIRequestHandler):
    # the next request comes on the same connection, as at a real service
    protocol_version = "HTTP/1.1"

    def log(self, *_args):
        """Nothing: addresses may hold keys."""


def application(services: Iterable[Service]) -> DispatcherMiddleware:
    """A WSGI application with each service below its name and the page at `/`."""
    by_name = {service.name: service for service in services}
    mounts = {f"/{name}": service for name, service in by_name.items()}
    return DispatcherMiddleware(_page(by_name.values()), mounts)


def _page(services: Iterable[Service]):
    @Request.application
    def show(_request):
        arrived = [one for service in services for one in service.arrivals()]
        arrived.sort(key=lambda one: one.moment, reverse=True)
        items = [
            _ARRIVAL.format(
                moment=one.moment.strftime("%H:%M:%S"),
                **{name: escape(getattr(one, name)) for name in _SHOWN_FIELDS},
            )
            for one in arrived[:_SHOWN]
        ]
        titles = escape(" · ".join(service.title for service in services))
        page = _PAGE.format(arrivals="\n".join(items) or _NOTHING, services=titles)
        return Response(page, mimetype="text/html")

    return show


_SHOWN_FIELDS = ("service", "party", "text", "state")


@contextlib.contextmanager
def running(*services: Service, port: int = 0) -> Iterator[str]:
    """Serve on loopback from a thread while the block runs; gives the address."""
    server = make(services, port)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def make(services: Iterable[Service], port: int):
    """A server that is not yet running; port 0 takes a free one."""
    return make_server(
        HOST, port, application(services), threaded=True, request_handler=_Quiet
    )
