"""Stock's own tests with our modules installed: `scripts/workshop stock`.

In English, where nothing may differ. What fails runs again on a database without our
modules: what fails there too is not ours, and is told apart. GROUP=name takes one group.
"""

import contextlib
import os
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator

from . import database, layout, odoo, process, source, suites, template, test, up
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
# The addons whose tests make a group.
GROUPS = {
    "web": (),
    "crm": ("crm",),
    "calendar": ("calendar",),
    "sms": ("sms", "crm_sms", "mass_mailing_sms", "test_mail_sms", "test_mass_mailing"),
    "sale": ("sale",),
    "account": ("account",),
    "loyalty": ("loyalty", "sale_loyalty"),
}
# What a group needs besides the modules of a new installation.
NEEDS = {"sms": ("test_mass_mailing",)}
JAVASCRIPT = re.compile(r'\[HOOT\] (?:Test )?"(?P<test>[^"]+)" failed')


def main() -> None:
    odoo.enter()
    suites.need_browser()
    group = os.environ.get("GROUP")
    if group and group not in GROUPS:
        raise Problem(f"GROUP={group} is none of {', '.join(GROUPS)}.")
    labels = [group] if group else list(GROUPS)
    needs = [*up.APPS, *(need for label in labels for need in NEEDS.get(label, ()))]
    modules = test.groups(layout.modules())[0]
    stock = template.ensure(modules, complete=True)
    ours: dict[str, set[str]] = {}
    with _database(stock, "ours", [*modules, *needs]) as name:
        for label in labels:
            ours[label] = _failures(name, label)
    if any(ours.values()):
        with _database(stock, "bare", needs) as name:
            for label, failed in ours.items():
                alone = _failures(name, label, failed) if failed else set()
                for which in sorted(failed & alone):
                    print(f"  stock's own: {which}")
                ours[label] = failed - alone
    for failed in ours.values():
        for which in sorted(failed):
            print(f"  ours: {which}")
    sys.exit(1 if any(ours.values()) else 0)


@contextlib.contextmanager
def _database(stock: str, label: str, modules: Iterable[str]) -> Iterator[str]:
    with database.temporary(stock, label) as name:
        with process.step(f"Installing {', '.join(modules)}"):
            process.run("stock", odoo.install(name, modules), "They do not install.")
        template.warm(name)
        yield name


def _failures(name: str, label: str, only: Iterable[str] = ()) -> set[str]:
    """The tests that fail, of a group or ``only`` those; raises Problem where none ran."""
    if label == "web":
        tags = f"/web:WebSuite.test_unit_desktop[{','.join(WEB_SUITES)}]"
        with process.step("Stock's JavaScript tests"):
            return set(JAVASCRIPT.findall(suites.run_tags("stock-web", name, tags)))
    folders = [f"{addon}/tests" for addon in GROUPS[label]]
    addons = next(path for path in source.find().addons if (path / folders[0]).is_dir())
    paths = [str(addons / which) for which in only or folders]
    # stock has functions named as tests that are none
    options = ["-o", "python_functions=none"]
    count = suites.python(name, {}, " ".join([*options, *paths]))
    if not count.passed + count.failed:
        raise Problem(f"No test of {label} ran.")
    return {
        _node(case.get("classname"), case.get("name"))
        for case in ET.parse(suites.REPORT).iter("testcase")
        if any(case.find(kind) is not None for kind in ("failure", "error"))
    }


def _node(classname: str, name: str) -> str:
    """The name by which pytest finds a test below the folder of the addons."""
    *path, group = classname.rpartition(".addons.")[2].split(".")
    return f"{'/'.join(path)}.py::{group}::{name}"
