"""Debian packages of other releases, with an apt state of our own and without root."""

import shutil
import subprocess
from pathlib import Path

from . import cache, layout, process
from .errors import Problem

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")


def download(wanted: tuple[str, ...], folder: Path) -> None:
    """Put packages, each written NAME/SUITE, into ``folder``."""
    mirror = _mirror()
    suites = sorted({name.partition("/")[2] for name in wanted})
    lines = [f"deb [signed-by={KEYRING}] {mirror} {suite} main\n" for suite in suites]
    with cache.scratch(layout.RUN / "apt") as state:
        (state / "status").touch()
        for part in ("lists/partial", "cache/archives/partial"):
            (state / part).mkdir(parents=True)
        (state / "sources.list").write_text("".join(lines))
        options = {
            "Dir::Etc::sourcelist": state / "sources.list",
            "Dir::Etc::sourceparts": "-",
            "Dir::Etc::preferences": "-",
            "Dir::Etc::preferencesparts": "-",
            "Dir::State": state,
            "Dir::State::lists": state / "lists",
            "Dir::State::status": state / "status",
            "Dir::Cache": state / "cache",
            "APT::Sandbox::User": "",
            "APT::Update::Error-Mode": "any",
            "Acquire::Languages": "none",
            "Acquire::Retries": "2",
            "Acquire::http::Timeout": "20",
        }
        apt = ["apt-get", "-q", *(f"-o{key}={value}" for key, value in options.items())]
        advice = "The Debian mirror does not answer."
        process.run("apt-update", [*apt, "update"], advice)
        advice = "The Debian mirror does not have all that Odoo needs."
        process.run("apt-download", [*apt, "download", *wanted], advice, cwd=folder)


def _mirror() -> str:
    """The Debian mirror among this machine's own sources."""
    listing = ""
    if KEYRING.is_file() and shutil.which("apt-get"):
        listing = subprocess.run(
            ["apt-get", "indextargets", "--format", "$(ORIGIN)|$(LABEL)|$(REPO_URI)"],
            capture_output=True,
            text=True,
            check=False,
        ).stdout
    rows = [line.split("|") for line in listing.splitlines()]
    # Origin and label are known only after an `apt-get update`.
    mirrors = [uri for origin, label, uri in rows if origin == label == "Debian"]
    mirrors += [uri for *_, uri in rows if uri.rstrip("/").endswith("/debian")]
    if not mirrors:
        raise Problem("This machine's packages do not come from a Debian mirror.")
    return mirrors[0]
