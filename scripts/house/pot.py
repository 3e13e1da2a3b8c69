"""Terms to translate: `make pot` writes each module's .pot and merges its fa.po."""

import polib

from . import database, layout, odoo, process, template


def main() -> None:
    odoo.enter()
    modules = layout.modules()
    with database.temporary(template.ensure(modules, complete=True), "pot") as name:
        with process.step("Exporting the terms"):
            process.run(
                "install", odoo.install(name, modules), "Odoo could not install."
            )
            process.run(
                "pot",
                odoo.command("i18n", "export", "-d", name, "-l", "pot", "--", *modules),
                "Odoo could not export the terms.",
            )
    for module, path in modules.items():
        template_file, persian = (
            path / "i18n" / f"{module}.pot",
            path / "i18n" / "fa.po",
        )
        if template_file.is_file() and persian.is_file():
            catalogue = polib.pofile(str(persian))
            catalogue.merge(polib.pofile(str(template_file)))
            catalogue.save()
            missing = len(catalogue.untranslated_entries()) + len(
                catalogue.fuzzy_entries()
            )
            print(f"{module}: {missing} terms to translate")
