"""A web client in Chromium, for benchmarks of the browser's side."""

import contextlib
import itertools
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import requests
import websocket

from odoo.tests.common import _find_executable

TIMEOUT = 180


def wait(found, what):
    """Call `found` until it returns something, and return that."""
    deadline = time.monotonic() + TIMEOUT
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError, requests.ConnectionError):
            if result := found():
                return result
        time.sleep(0.2)
    raise TimeoutError(what)


@contextlib.contextmanager
def running(command):
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.terminate()


@contextlib.contextmanager
def odoo_server(database):
    """Serve a database; yield the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    options = (
        f"-d {database} --http-port {port} --max-cron-threads 0 --log-level critical"
    )
    with running([sys.executable, "-m", "odoo", *options.split()]):
        wait(lambda: requests.get(f"{address}/web/health", timeout=5), address)
        yield address


class Page:
    """A tab of Chromium, by its DevTools protocol."""

    def __init__(self, url):
        self._socket = websocket.create_connection(url, suppress_origin=True)
        self._socket.settimeout(TIMEOUT)
        self._numbers = itertools.count()
        self.requested = []

    def send(self, method, **params):
        number = next(self._numbers)
        self._socket.send(
            json.dumps({"id": number, "method": method, "params": params})
        )
        while (answer := self._receive()).get("id") != number:
            pass
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["result"]

    def _receive(self):
        message = json.loads(self._socket.recv())
        if message.get("method") == "Network.requestWillBeSent":
            self.requested.append(message["params"]["request"]["url"])
        return message

    def evaluate(self, expression):
        """Value of an expression in the page, awaited."""
        answer = self.send(
            "Runtime.evaluate",
            expression=expression,
            awaitPromise=True,
            returnByValue=True,
        )
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"])
        return answer["result"].get("value")


@contextlib.contextmanager
def web_client(database, login="admin"):
    """Yield a page that shows the web client of a database."""
    with contextlib.ExitStack() as stack:
        address = stack.enter_context(odoo_server(database))
        session = requests.post(
            f"{address}/web/session/authenticate",
            json={"params": {"db": database, "login": login, "password": login}},
            timeout=TIMEOUT,
        ).cookies["session_id"]
        profile = stack.enter_context(
            tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        )
        command = [_find_executable(), "--headless", "--remote-debugging-port=0"]
        options = [f"--user-data-dir={profile}", "--no-first-run", "--disable-gpu"]
        if os.geteuid() == 0:
            options.append("--no-sandbox")
        stack.enter_context(running([*command, *options, "about:blank"]))
        port_file = Path(profile, "DevToolsActivePort")
        port = wait(lambda: port_file.exists() and port_file.read_text(), "Chromium")
        tabs = f"http://127.0.0.1:{port.split()[0]}/json/list"
        page = Page(
            wait(
                lambda: next(
                    tab["webSocketDebuggerUrl"]
                    for tab in requests.get(tabs, timeout=5).json()
                    if tab["type"] == "page"
                ),
                "a tab of Chromium",
            )
        )
        page.send("Network.enable")
        page.send("Network.setCookie", url=address, name="session_id", value=session)
        page.send("Page.navigate", url=f"{address}/odoo")
        wait(
            lambda: page.evaluate("!!document.querySelector('.o_action_manager > *')"),
            "the web client",
        )
        yield page
