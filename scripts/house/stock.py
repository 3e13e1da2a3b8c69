"""Stock's own tests with our modules installed: `scripts/workshop stock`.

In English, where nothing may differ. What fails runs again on a database without our
modules: what fails there too is not ours, and is told apart. GROUP=name takes one group.
"""

import os
import re
import sys

from . import database, layout, odoo, process, suites, template
from .errors import Problem

WEB_SUITES = (
    "@web/core/components/datetime",
    "@web/core/domain_selector",
    "@web/core/l10n",
    "@web/core/tree_editor",
    "@web/search",
    "@web/views/calendar",
    "@web/views/fields",
    "@web/views/graph",
    "@web/views/list",
    "@web/views/pivot_view",
)
GROUPS = {
    "web": f"/web:WebSuite.test_unit_desktop[{','.join(WEB_SUITES)}]",
    "crm": "/crm",
    "calendar": "/calendar",
    "sale": "/sale",
    "account": "/account",
}
FAILED = re.compile(
    r"odoo\.addons\.(?P<module>\w+)\.tests\.\S+: (?:FAIL|ERROR): (?:Subtest )?"
    r"(?P<test>\w+(?:\.\w+)?)"
)
JAVASCRIPT = re.compile(r'\[HOOT\] (?:Test )?"(?P<test>[^"]+)" failed')


def main() -> None:
    odoo.enter()
    suites.need_browser()
    group = os.environ.get("GROUP")
    if group and group not in GROUPS:
        raise Problem(f"GROUP={group} is none of {', '.join(GROUPS)}.")
    modules = layout.modules()
    stock = template.ensure(modules, complete=True)
    ours: dict[str, set[str]] = {}
    with database.temporary(stock, "ours") as name:
        with process.step("Installing our modules"):
            process.run(
                "stock-install", odoo.install(name, modules), "They do not install."
            )
        template.warm(name)
        for label in [group] if group else GROUPS:
            with process.step(f"Stock's tests of {label}"):
                ours[label] = _failures(label, name, GROUPS[label])
    with database.temporary(stock, "bare") as name:
        for label, failed in ours.items():
            if failed:
                with process.step(f"What failed of {label}, without our modules"):
                    alone = _failures(f"{label}-bare", name, _again(label, failed))
                for test in sorted(failed & alone):
                    print(f"  stock's own: {test}")
                ours[label] = failed - alone
    for label, failed in ours.items():
        for test in sorted(failed):
            print(f"  {label}: {test}")
    sys.exit(1 if any(ours.values()) else 0)


def _again(label: str, failed: set[str]) -> str:
    return GROUPS[label] if label == "web" else ",".join(failed)


def _failures(label: str, name: str, tags: str) -> set[str]:
    """The tests that failed, as tags; raises Problem where none ran."""
    text = suites.run_tags(f"stock-{label}", name, tags)
    closing = suites.CLOSING.findall(text)
    if not closing or closing[-1][2] == "0":
        raise Problem(f"No test of {label} ran. (Details: {layout.LOGS})")
    print(f"{closing[-1][2]} tests", end=" ", flush=True)
    if label.startswith("web"):
        return set(JAVASCRIPT.findall(text))
    return {f"/{match['module']}:{match['test']}" for match in FAILED.finditer(text)}
