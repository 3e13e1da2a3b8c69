"""Every test, on clones of a template database: `make test`.

MODULE=name takes one module alone, TESTS=path or TESTS="expression" only those
Python tests.
"""

import os
import sys
from pathlib import Path

from . import database, layout, odoo, process, residue, serverlog, suites, template
from .errors import Problem
from .suites import Count

# Stock apps that change what people without rights in them may read, and at what cost:
# our modules that need none of them are tested without.
APART = {"hr", "mass_mailing", "point_of_sale", "project", "purchase_stock", "survey"}


def main() -> int:
    odoo.enter()
    suites.need_browser()
    modules = layout.modules()
    one, chosen = os.environ.get("MODULE"), os.environ.get("TESTS", "")
    if one and one not in modules:
        raise Problem(f"MODULE={one} is none of {', '.join(modules)}.")
    template.prune()
    count = Count()
    for group in groups({one: modules[one]} if one else modules):
        count += _run_tests(group, chosen)
    if not chosen:
        # nobody installs a module that has only tests
        for name in [one] if one else [m for m in modules if not m.startswith("test_")]:
            count += _come_and_go(name, template.family([name]))
        if not one:
            count += _come_and_go("all together", modules)
    print(f"{count.passed} passed, {count.failed} failed", flush=True)
    sys.exit(1 if count.failed or not count.passed else 0)


def groups(modules: dict[str, Path]) -> list[dict[str, Path]]:
    """The modules that are tested in one database each."""
    groups: dict[bool, dict[str, Path]] = {}
    for name, path in modules.items():
        needed = set(template.stock(template.family([name])))
        apart = any(
            app == one or one.startswith(f"{app}_") for app in APART for one in needed
        )
        groups.setdefault(apart, {})[name] = path
    return list(groups.values())


def _run_tests(modules: dict[str, Path], chosen: str) -> Count:
    """The modules' own tests, with everything they need installed as by a user."""
    family = template.family(modules)
    stock = template.ensure(family, complete=True)
    with database.temporary(stock, "tests") as name:
        count = _check("Installing " + ", ".join(family), name, _install, family)
        template.warm(name)
        count += suites.python(name, modules, chosen)
        if not chosen:
            count += suites.javascript(name, modules)
            count += suites.tagged(name, modules, "concurrency")
    return count


def _come_and_go(label: str, family: dict[str, Path]) -> Count:
    """Install with just what the manifests ask for, uninstall, and look for residue."""
    stock = template.ensure(family, complete=False)
    with database.temporary(stock, "alone") as name:
        before = residue.snapshot(name)
        count = _check(
            f"Installing {label}", name, _install, family, "--skip-auto-install"
        )
        return count + _check(f"Uninstalling {label}", name, _uninstall, family, before)


def _check(what: str, name: str, action, *arguments) -> Count:
    with process.step(what):
        findings = action(name, *arguments)
    for finding in findings:
        print(f"  {finding}")
    return Count(failed=1) if findings else Count(passed=1)


def _install(name: str, family: dict[str, Path], *options: str) -> list[str]:
    return _complaints("install", odoo.install(name, family, *options))


def _uninstall(name: str, family: dict[str, Path], before: set[str]) -> list[str]:
    command = odoo.command("module", "uninstall", "-d", name, *family)
    findings = _complaints("uninstall", command)
    return findings + residue.difference(before, residue.snapshot(name))


def _complaints(log: str, command: list[str]) -> list[str]:
    try:
        return serverlog.complaints(process.run(log, command, "Odoo failed."))
    except Problem as problem:
        return [*serverlog.complaints(layout.LOGS / f"{log}.log"), str(problem)]
