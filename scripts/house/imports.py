"""The import rule: a pure folder of a module knows nothing of Odoo.

Pure is every Python folder of a module but those in ODOO_SIDE. It may import the
standard library, requests, the libraries that its manifest declares, and pure
folders of our own modules.
"""

import ast
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from . import layout

ODOO_SIDE = set("cli controllers migrations models report static tests wizard".split())


def findings() -> list[str]:
    modules = layout.modules()
    pure = {
        f"odoo.addons.{name}.{folder.name}"
        for name, path in modules.items()
        for folder in path.iterdir()
        if folder.is_dir() and folder.name not in ODOO_SIDE
    }
    found = []
    for path in modules.values():
        allowed = pure | {"requests"} | _declared(path) | set(sys.stdlib_module_names)
        for file in sorted(path.glob("*/**/*.py")):
            if file.relative_to(path).parts[0] not in ODOO_SIDE:
                found += [
                    f"{file.relative_to(layout.ROOT)}:{line}: a pure folder may not import {name}"
                    for line, name in _imports(file, path)
                    if not any(
                        name == one or name.startswith(f"{one}.") for one in allowed
                    )
                ]
    return found


def _declared(module: Path) -> set[str]:
    """Import names of the libraries in the manifest's external dependencies."""
    wanted = layout.manifest(module).get("external_dependencies", {}).get("python", [])
    names = {canonicalize_name(Requirement(text).name) for text in wanted}
    return {
        package
        for package, distributions in packages_distributions().items()
        if names & set(map(canonicalize_name, distributions))
    }


def _imports(file: Path, module: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of everything that ``file`` imports."""
    package = ("odoo", "addons", module.name, *file.relative_to(module).parts[:-1])
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            origin = ".".join([*start, *([node.module] if node.module else [])])
            # `from odoo.addons.crm_ir_base import tools` names a folder last.
            if len(origin.split(".")) < 4 and origin.startswith("odoo"):
                yield from (
                    (node.lineno, f"{origin}.{alias.name}") for alias in node.names
                )
            else:
                yield node.lineno, origin
