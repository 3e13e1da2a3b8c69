import os
import re
import signal
import socket
import subprocess
import sys
from html import escape
from urllib.parse import quote

import requests

from odoo.tests import BaseCase
from odoo.tools import config

from odoo.addons.crm_ir_base.tools.http import ALLOWED_HOSTS

from ..simulator import SERVICES
from ..simulator.telecom import Account


class TestSimulatorCommand(BaseCase):
    """The simulators as a process of their own, as `make up` starts them."""

    def test_a_message_is_taken_and_seen_on_the_page(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "odoo"),
                f"--addons-path={','.join(config['addons_path'])}",
                "crm_ir_simulator",
            ],
            env={
                **os.environ,
                ALLOWED_HOSTS: f"sms.lan:80, 127.0.0.1:{port}",
                "SIMULATOR_PORT": str(port),
            },
            stdout=subprocess.PIPE,
            text=True,
        )
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        address = re.search(r"http://\S+", process.stdout.readline())[0]
        self.assertEqual(address, f"http://127.0.0.1:{port}")
        page = self._page(address)
        for service in SERVICES:
            self.assertIn(escape(service.title), page)
        answer = requests.post(
            f"{address}/kavenegar/v1/{quote(Account.api_key, '')}/sms/send.json",
            data={"receptor": "09121110000", "message": "سلام از بیرون"},
            timeout=10,
        )
        self.assertEqual(answer.json()["return"]["status"], 200)
        page = self._page(address)
        for words in ("سلام از بیرون", "+989121110000", "Kavenegar"):
            self.assertIn(words, page)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(10), 0)

    def _page(self, address):
        return requests.get(address, timeout=10).text
