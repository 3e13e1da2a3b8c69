"""The Odoo process that `make up` starts and `make down` stops."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from . import layout, odoo
from .errors import Problem

PID = layout.RUN / "odoo.pid"
LOG = layout.LOGS / "odoo.log"


def address() -> str:
    return f"http://127.0.0.1:{layout.odoo_port()}"


def running() -> int | None:
    """The process id of our Odoo; a number that now belongs to another is none."""
    try:
        pid = int(PID.read_text())
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError, ValueError):
        return None
    return pid if f"--config={layout.CONFIG}".encode() in words else None


def serves(database: str) -> bool:
    """Whether our Odoo runs with this database on this port."""
    pid = running()
    if not pid:
        return False
    words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    wanted = {f"--database={database}", f"--http-port={layout.odoo_port()}"}
    return {word.encode() for word in wanted} <= set(words)


def need_port() -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", layout.odoo_port()))
        except OSError:
            raise Problem(
                f"Port {layout.odoo_port()} is in use: stop what listens there,"
                " or choose another with ODOO_PORT."
            ) from None


def start(database: str) -> None:
    """Start Odoo apart from this process and wait until it answers."""
    with LOG.open("a") as log:
        process = subprocess.Popen(
            odoo.command(
                f"--config={layout.CONFIG}",
                f"--database={database}",
                f"--http-port={layout.odoo_port()}",
                f"--pidfile={PID}",
                "--no-database-list",
            ),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    PID.write_text(str(process.pid))
    for _ in range(240):
        if process.poll() is not None:
            raise Problem(f"Odoo ended before it answered: see {LOG}.")
        if _answers():
            return
        time.sleep(0.5)
    raise Problem(f"Odoo did not answer within two minutes: see {LOG}.")


def stop() -> bool:
    """Stop Odoo; whether there was one to stop."""
    pid = running()
    if not pid:
        return False
    os.kill(pid, signal.SIGTERM)
    for _ in range(60):
        if not running():
            break
        time.sleep(0.25)
    else:
        os.kill(pid, signal.SIGKILL)
    PID.unlink(missing_ok=True)
    return True


def _answers() -> bool:
    try:
        with urllib.request.urlopen(f"{address()}/web/health", timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False
