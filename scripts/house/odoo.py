"""Odoo's own command line with our interpreter, addons and database."""

import os
from collections.abc import Iterable
from pathlib import Path

from . import layout, postgres, process, source
from .errors import Problem


def command(*arguments: str) -> list[str]:
    return [str(layout.PYTHON), "-m", "odoo", *arguments]


def install(database: str, modules: Iterable[str], *options: str) -> list[str]:
    """A command that installs ``modules`` and stops."""
    chosen = ["-d", database, "-i", ",".join(modules), "--no-http", "--stop-after-init"]
    return command(*chosen, *options)


def environment() -> dict[str, str]:
    """What Odoo's processes see, less the database server."""
    if not layout.PYTHON.exists():
        raise Problem("The Python environment is not here yet: run make setup.")
    _configure(source.find().addons)
    path = [
        layout.VENV / "bin",
        layout.NODE_MODULES / ".bin",
        os.environ.get("PATH", os.defpath),
    ]
    allowed = (
        f"127.0.0.1:{layout.simulator_port()}",
        os.environ.get("CRM_IR_ALLOWED_HOSTS"),
    )
    return {
        **os.environ,
        "ODOO_RC": str(layout.CONFIG),
        "SIMULATOR_PORT": str(layout.simulator_port()),
        "CRM_IR_ALLOWED_HOSTS": ",".join(filter(None, allowed)),
        "PATH": os.pathsep.join(map(str, path)),
    }


def _configure(stock: tuple[Path, ...]) -> None:
    # An export takes a file for one of the first folder that it lies below.
    ours = sorted({path.parent for path in layout.modules().values()}, reverse=True)
    settings = {
        "addons_path": ",".join(map(str, (*stock, *ours))),
        "data_dir": layout.DATA,
        "http_interface": "127.0.0.1",
        "http_port": layout.odoo_port(),
        "gevent_port": layout.odoo_port() + 3,
    }
    lines = [f"{key} = {value}\n" for key, value in settings.items()]
    process.write(layout.CONFIG, "[options]\n" + "".join(lines))


def enter() -> None:
    """Make this process and its children see what Odoo sees, with a running server."""
    with process.alone():
        os.environ.update(environment() | postgres.ensure())


def main(arguments: list[str]) -> None:
    """Become Odoo's command line."""
    enter()
    os.execv(layout.PYTHON, command(*arguments))
