"""For tests that call a simulator through the door, over a real socket."""

import os
from unittest.mock import patch
from urllib.parse import urlsplit

import requests

from ..simulator import server
from ..tools.http import ALLOWED_HOSTS

_send = requests.Session.send


class DoorMixin:
    """Gives `serve` and lets short timeouts be as short as they are."""

    @classmethod
    def _request_handler(cls, session, request, /, **options):
        if urlsplit(request.url).hostname == server.HOST:
            return _send(session, request, **options)
        return super()._request_handler(session, request, **options)

    def serve(self, *services):
        """Start the simulators for this test; returns the address above their names."""
        address = self.enterContext(server.running(*services))
        self.allow(urlsplit(address).netloc)
        return address

    def allow(self, hosts):
        """Let the door reach ``hosts`` (host:port,…) during this test."""
        self.enterContext(patch.dict(os.environ, {ALLOWED_HOSTS: hosts}))

    def enterContext(self, context):  # noqa: N802  unittest has it from Python 3.11 on
        value = context.__enter__()
        self.addCleanup(context.__exit__, None, None, None)
        return value
