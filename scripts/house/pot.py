"""Terms to translate: `make pot` writes each module's .pot and merges its fa.po."""

import re
from pathlib import Path

import polib

from . import database, layout, odoo, process, template

# The time of an export is no change by itself.
TIMES = re.compile(r'^"PO(T-Creation|-Revision)-Date:.*$', re.MULTILINE)


def main() -> None:
    odoo.enter()
    modules = layout.modules()
    exported = {name: path / "i18n" / f"{name}.pot" for name, path in modules.items()}
    before = {
        path: path.read_text("utf-8") for path in exported.values() if path.is_file()
    }
    with (
        database.temporary(template.ensure(modules, complete=True), "pot") as name,
        process.step("Exporting the terms"),
    ):
        process.run("install", odoo.install(name, modules), "Odoo could not install.")
        export = ["i18n", "export", "-d", name, "-l", "pot", "--", *modules]
        process.run("pot", odoo.command(*export), "Odoo could not export the terms.")
    for module, path in exported.items():
        if not path.is_file():
            continue
        terms = polib.pofile(str(path))
        if not terms:
            path.unlink()
        elif TIMES.sub("", path.read_text("utf-8")) == TIMES.sub(
            "", before.get(path, "")
        ):
            path.write_text(before[path], "utf-8")
        else:
            _merge(module, terms, path.with_name("fa.po"))


def _merge(module: str, terms: polib.POFile, persian: Path) -> None:
    """Bring the Persian catalogue to the new terms, keeping what is translated."""
    if persian.is_file():
        catalogue = polib.pofile(str(persian))
        catalogue.merge(terms)
        catalogue.save()
    else:
        catalogue = terms
        catalogue.metadata |= {"Language": "fa"}
        catalogue.save(str(persian))
    missing = len(catalogue.untranslated_entries()) + len(catalogue.fuzzy_entries())
    print(f"{module}: {missing} terms to translate")
