import os
import socket
from types import SimpleNamespace
from unittest.mock import patch
from urllib.parse import urlsplit

from odoo.tests import HttpCase, common

from odoo.addons.iap.tools import iap_tools

LOOPBACK = {"localhost", "127.0.0.1", "::1", None}


class ForeignServiceCommon(HttpCase):
    """Records every host but loopback that is called, and lets no call leave.

    The net of Odoo's own tests is opened, for it would hide the attempt.
    """

    @classmethod
    def _request_handler(cls, session, request, /, **kwargs):
        return common._super_send(session, request, **kwargs)

    def setUp(self):
        super().setUp()
        # where demo data are loaded, they block every service
        self.env["crm.ir.foreign.service"].search([]).blocked = False
        self.hosts = []
        lookup, connect = socket.getaddrinfo, socket.socket.connect

        def record(host):
            if host not in LOOPBACK:
                self.hosts.append(host)
                raise socket.gaierror(f"{host} is not looked up in tests")

        def recording_lookup(host, *args, **kwargs):
            record(host.decode() if isinstance(host, bytes) else host)
            return lookup(host, *args, **kwargs)

        def recording_connect(sock, address):
            if sock.family in (socket.AF_INET, socket.AF_INET6):
                record(address[0])
            return connect(sock, address)

        self.startPatcher(patch.object(socket, "getaddrinfo", recording_lookup))
        self.startPatcher(patch.object(socket.socket, "connect", recording_connect))
        self.startPatcher(patch.dict(os.environ, {"NO_PROXY": "*"}))
        # stock does not even try while a test is running
        real_life = SimpleNamespace(module=SimpleNamespace(current_test=None))
        self.startPatcher(patch.object(iap_tools, "modules", real_life))

    def fetch_proxy(self, url):
        """Stands for the world outside when the browser of a tour asks for it."""
        if urlsplit(url).scheme in ("http", "https"):
            self.hosts.append(urlsplit(url).hostname)
        return super().fetch_proxy(url)

    def service(self, name):
        return self.env.ref(f"crm_ir_base.foreign_service_{name}")

    def block_all(self):
        self.env["crm.ir.foreign.service"].search([]).blocked = True

    def assertSwitched(self, name, call, *hosts):
        """``call`` reaches for ``hosts`` until the switch of the service is set."""
        call()
        self.assertEqual(set(self.hosts), set(hosts), f"{name} is called abroad")
        self.hosts.clear()
        self.service(name).blocked = True
        call()
        self.assertEqual(self.hosts, [], f"{name} is blocked")
