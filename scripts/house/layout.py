"""Where everything lies, and the few settings the environment may give."""

import ast
import graphlib
import hashlib
import os
from pathlib import Path

from .errors import Problem

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / ".odoo"
VENV = ROOT / ".venv"
RUN = ROOT / ".run"
LOGS = RUN / "logs"
NODE_MODULES = ROOT / "node_modules"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "crm_ir"
PYTHON = VENV / "bin" / "python"
CONFIG = RUN / "odoo.conf"
DATA = RUN / "data"
ADDONS = (ROOT, ROOT / "glue")
# Tells two checkouts on one machine apart.
KEY = hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]


def port(name: str, default: int) -> int:
    """The TCP port that the environment variable ``name`` gives."""
    value = os.environ.get(name) or str(default)
    if not value.isdigit() or not 0 < int(value) < 65536:
        raise Problem(f"{name}={value} is not a port: use a number from 1 to 65535.")
    return int(value)


def odoo_port() -> int:
    return port("ODOO_PORT", 8069)


def simulator_port() -> int:
    return port("SIMULATOR_PORT", 8070)


def database() -> str:
    return os.environ.get("ODOO_DB") or "crm_ir"


def modules() -> dict[str, Path]:
    """Our modules by name, each after those of ours that it depends on."""
    found = {
        path.parent.name: path.parent
        for folder in ADDONS
        for path in sorted(folder.glob("*/__manifest__.py"))
    }
    graph = {
        name: set(manifest(path)["depends"]) & set(found)
        for name, path in found.items()
    }
    return {
        name: found[name] for name in graphlib.TopologicalSorter(graph).static_order()
    }


def products() -> dict[str, Path]:
    """The modules that a user chooses; glue follows by itself."""
    return {name: path for name, path in modules().items() if path.parent == ROOT}


def manifest(module: Path) -> dict:
    return {
        "auto_install": False,
        "depends": [],
        **ast.literal_eval((module / "__manifest__.py").read_text("utf-8")),
    }


def digest(module: Path) -> str:
    """A hash of a module's own files: it changes when an upgrade is due."""
    hashed = hashlib.sha256()
    for path in sorted(module.rglob("*")):
        if (
            path.is_file()
            and "__pycache__" not in path.parts
            and "lib" not in path.parts
        ):
            hashed.update(
                f"{path.relative_to(module)}\0".encode() + path.read_bytes() + b"\0"
            )
    return hashed.hexdigest()
