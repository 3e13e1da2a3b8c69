"""The virtual environment, built from wheels that are kept between checkouts."""

import hashlib
import os
import platform
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from . import cache, layout, process

REQUIREMENTS = (
    layout.ROOT / "scripts" / "odoo-requirements.txt",
    layout.ROOT / "requirements.txt",
    layout.ROOT / "test-requirements.txt",
)
ADDONS = layout.ROOT / "scripts" / "oca-requirements.txt"
STAMP = layout.VENV / ".complete"
# Debian's venv has no wheel package, which the older way of building asks for.
BUILD = ("--prefer-binary", "--use-pep517")
ADVICE = (
    "The Python packages could not be fetched: check the network"
    " (or set http_proxy and https_proxy), then repeat."
)


def ensure(odoo: Path) -> None:
    """Build the environment unless it is up to date; ``odoo`` becomes importable."""
    base = os.path.realpath(sys.executable)
    files = (*REQUIREMENTS, ADDONS)
    wanted = f"{base} {_key(b''.join(path.read_bytes() for path in files))}"
    if not STAMP.is_file() or STAMP.read_text() != wanted or not layout.PYTHON.exists():
        with process.step("Making the Python environment"):
            shutil.rmtree(layout.VENV, ignore_errors=True)
            process.run(
                "venv",
                [base, "-m", "venv", layout.VENV],
                "Python's venv module does not work: apt-get install python3-venv, then repeat.",
            )
        _add("wheels", REQUIREMENTS)
        _add("addons", [ADDONS], "--no-deps")
        STAMP.write_text(wanted)
    packages = next((layout.VENV / "lib").glob("python3*")) / "site-packages"
    process.write(packages / "odoo.pth", f"{odoo}\n")


def _add(name: str, files: Sequence[Path], *options: str) -> None:
    """Fetch and install what requirement files list."""
    chosen = [*options, *(f"--requirement={path}" for path in files)]
    wheels = fetch(name, chosen, files)
    with process.step(f"Installing the Python packages ({name})"):
        install(wheels, chosen)


def fetch(name: str, chosen: list[str], sources: Sequence[Path] = ()) -> Path:
    """A kept folder of wheels for what ``chosen`` says in pip's language."""
    content = (
        b"".join(path.read_bytes() for path in sources) or "".join(chosen).encode()
    )
    kept = f"{name}-{_key(content)}"
    if not cache.find(kept):
        with process.step("Fetching the Python packages"), cache.making(kept) as folder:
            process.run(
                "pip-wheel",
                [*_pip("wheel"), *BUILD, f"--wheel-dir={folder}", *chosen],
                ADVICE,
            )
    return layout.CACHE / kept


def install(wheels: Path, chosen: list[str]) -> None:
    """Install from a folder of wheels, without the network."""
    process.run(
        "pip-install",
        [
            *_pip("install"),
            "--no-compile",
            "--no-index",
            f"--find-links={wheels}",
            *chosen,
        ],
        ADVICE,
    )


def _pip(command: str) -> list:
    options = "--disable-pip-version-check --no-input".split()
    return [layout.PYTHON, "-m", "pip", *options, command]


def _key(content: bytes) -> str:
    # Packages may ask for a micro version, so wheels fit exactly one.
    tag = f"py{platform.python_version()}-{platform.machine()}"
    return f"{tag}-{hashlib.sha256(content).hexdigest()[:12]}"
