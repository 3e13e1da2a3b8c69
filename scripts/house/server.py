"""The processes that `make up` starts and `make down` stops: Odoo and the simulators."""

import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from . import layout, odoo, process
from .errors import Problem


@dataclass(frozen=True)
class Server:
    """A command of Odoo that serves on loopback.

    ``entry`` is the first word of its command line, ``page`` what answers once it
    runs, and ``variable`` the name in the environment that gives its ``port``.
    """

    name: str
    title: str
    entry: str
    page: str
    variable: str
    port: Callable[[], int]

    @property
    def pid(self) -> Path:
        return layout.RUN / f"{self.name}.pid"

    @property
    def log(self) -> Path:
        return layout.LOGS / f"{self.name}.log"

    def address(self) -> str:
        return f"http://127.0.0.1:{self.port()}"

    def words(self) -> list[str]:
        """The command line of ours that runs, or nothing.

        A number that now belongs to another process is none of ours.
        """
        try:
            raw = Path(f"/proc/{int(self.pid.read_text())}/cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError, ValueError):
            return []
        words = [os.fsdecode(word) for word in raw.split(b"\0")]
        start = odoo.command(self.entry)
        return words if words[: len(start)] == start else []

    def start(self, *options: str) -> None:
        """Start it apart from this process and wait until it answers."""
        with self.log.open("a") as log:
            started = subprocess.Popen(
                odoo.command(self.entry, *options),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.pid.write_text(str(started.pid))
        for _ in range(240):
            if started.poll() is not None:
                raise Problem(f"See {self.log}: {self.title} ended before answering.")
            if self._answers():
                return
            time.sleep(0.5)
        raise Problem(f"See {self.log}: {self.title} did not answer in two minutes.")

    def stop(self) -> bool:
        """Stop it; whether there was one to stop."""
        if not self.words():
            return False
        pid = int(self.pid.read_text())
        os.kill(pid, signal.SIGTERM)
        for _ in range(60):
            if not self.words():
                break
            time.sleep(0.25)
        else:
            os.kill(pid, signal.SIGKILL)
        self.pid.unlink(missing_ok=True)
        return True

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(
                self.address() + self.page, timeout=5
            ) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False


ODOO = Server(
    name="odoo",
    title="Odoo",
    entry=f"--config={layout.CONFIG}",
    page="/web/health",
    variable="ODOO_PORT",
    port=layout.odoo_port,
)
SIMULATORS = Server(
    name="simulators",
    title="the simulators",
    entry="crm_ir_simulator",
    page="/",
    variable="SIMULATOR_PORT",
    port=layout.simulator_port,
)
SERVERS = (ODOO, SIMULATORS)


def serves(database: str) -> bool:
    """Whether all run, with this database and on these ports."""
    return all(
        set(options) <= set(server.words())
        for server, options in _options(database).items()
    )


def need_ports() -> None:
    with contextlib.ExitStack() as probes:
        for server in SERVERS:
            probe = probes.enter_context(socket.socket())
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", server.port()))
                probe.listen()  # two may share a port until one of them listens
            except OSError:
                raise Problem(
                    f"Port {server.port()} is in use: stop what listens there,"
                    f" or choose another with {server.variable}."
                ) from None


def start(database: str) -> None:
    for server, options in _options(database).items():
        with process.step(f"Starting {server.title}"):
            server.start(*options)


def stop() -> None:
    for server in SERVERS:
        server.stop()


def _options(database: str) -> dict[Server, tuple[str, ...]]:
    return {
        SIMULATORS: (f"--port={SIMULATORS.port()}",),
        ODOO: (
            f"--database={database}",
            f"--http-port={ODOO.port()}",
            f"--pidfile={ODOO.pid}",
            "--no-database-list",
        ),
    }
