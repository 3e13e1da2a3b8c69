"""The kinds of tests there are, each with the runner that understands it."""

import os
import re
import shutil
import socket
import subprocess
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

from . import layout, odoo, process
from .errors import Problem

BROWSERS = (
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "chromium-browser",
    "chrome",
)
REPORT = layout.RUN / "pytest.xml"
CLOSING = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")


@dataclass
class Count:
    passed: int = 0
    failed: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.passed + other.passed, self.failed + other.failed)


def need_browser() -> None:
    if not any(map(shutil.which, BROWSERS)):
        raise Problem(
            "The browser tests need Chromium: apt-get install chromium, then repeat."
        )


def python(database: str, modules: dict[str, Path], chosen: str = "") -> Count:
    """Python tests and tours, by pytest; ``chosen`` is a path or a -k expression."""
    REPORT.unlink(missing_ok=True)
    paths = [str(path) for path in modules.values() if (path / "tests").is_dir()]
    if re.search(r"/|\.py\b|::", chosen):
        selection = chosen.split()
    else:
        selection = [*paths, *(["-k", chosen] if chosen else [])]
    if not selection:
        return Count()
    options = "-p house.standard_only -p no:cacheprovider --odoo-http --tb=short -rfEs"
    subprocess.run(
        [
            *(layout.PYTHON, "-m", "pytest", *options.split()),
            *(f"--odoo-database={database}", f"--junitxml={REPORT}", *selection),
        ],
        cwd=layout.ROOT,
        env={**os.environ, "PYTHONPATH": str(layout.ROOT / "scripts")},
        check=False,
    )
    if not REPORT.is_file():
        return Count(failed=1)
    # The totals that pytest writes there count each subtest as a test.
    cases = list(ET.parse(REPORT).iter("testcase"))
    bad = ("failure", "error", "skipped")
    failed = sum(any(case.find(kind) is not None for kind in bad) for case in cases)
    return Count(len(cases) - failed, failed)


def javascript(database: str, modules: dict[str, Path]) -> Count:
    """Hoot suites. An unknown suite would run every test of stock, so look first."""
    names = [
        name
        for name, path in modules.items()
        if [*path.glob("static/tests/**/*.test.js")]
    ]
    if not names:
        return Count()
    suites = ",".join(f"@{name}" for name in names)
    with process.step(f"Running the JavaScript tests of {', '.join(names)}"):
        log = run_tags(
            "javascript", database, f"/web:WebSuite.test_unit_desktop[{suites}]"
        )
    count = Count()
    for name in names:
        ended = re.search(rf'\[HOOT\] "@{name}" ended \(([^)]*)\)', log)
        results = dict(re.findall(r"(\w+): (\d+)", ended[1])) if ended else {}
        passed = int(results.get("passed", 0))
        others = sum(
            int(results.get(kind, 0)) for kind in ("failed", "skipped", "todo")
        )
        count += Count(passed, others or not passed)
    if not count.failed and _closing(log).failed:
        count += Count(failed=1)
    _show(log, count, r"\[HOOT\].* failed|ERROR")
    return count


def tagged(database: str, modules: dict[str, Path], tag: str) -> Count:
    """Tests with a tag of their own, which only Odoo's runner knows."""
    names = [
        name
        for name, path in modules.items()
        if any(
            f'"{tag}"' in test.read_text("utf-8")
            for test in path.glob("tests/**/test_*.py")
        )
    ]
    if not names:
        return Count()
    with process.step(f"Running the {tag} tests of {', '.join(names)}"):
        log = run_tags(tag, database, ",".join(f"{tag}/{name}" for name in names))
    count = _closing(log)
    _show(log, count, r" ERROR ")
    return count


def run_tags(name: str, database: str, tags: str) -> str:
    """Run tests by Odoo's own runner and return its log, which is also kept."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = layout.LOGS / f"{name}.log"
    with log.open("w") as output:
        subprocess.run(
            odoo.command("-d", database, f"--test-tags={tags}", f"--http-port={port}"),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    return log.read_text("utf-8", "replace")


def _closing(log: str) -> Count:
    found = CLOSING.findall(log)
    failures, errors, tests = map(int, found[-1]) if found else (0, 1, 1)
    failed = failures + errors + log.count(": skipped ")
    return Count(tests - failed, failed) if tests else Count(failed=1)


def _show(log: str, count: Count, pattern: str) -> None:
    if count.failed:
        print("\n".join(line for line in log.splitlines() if re.search(pattern, line)))
