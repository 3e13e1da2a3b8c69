"""Databases with only stock modules, made once and cloned for each use."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from . import database, layout, odoo, process, source, venv


def family(names: Iterable[str]) -> dict[str, Path]:
    """The modules named, with those of ours below them, in order of installation."""
    modules = layout.modules()
    wanted = set(names)
    for name in reversed(modules):
        if name in wanted:
            wanted.update(set(layout.manifest(modules[name])["depends"]) & set(modules))
    return {name: path for name, path in modules.items() if name in wanted}


def stock(modules: dict[str, Path]) -> list[str]:
    """The stock modules that ``modules`` depend on."""
    depends = {
        name for path in modules.values() for name in layout.manifest(path)["depends"]
    }
    return sorted(depends - set(modules))


def ensure(modules: dict[str, Path], *, complete: bool) -> str:
    """The name of a database with what ``modules`` need from stock.

    ``complete`` adds what installs itself beside that, as on a user's machine, and
    compiles the pages' scripts and styles, which a browser test cannot wait for.
    """
    name = _name(modules, complete)
    if name in database.names():
        return name
    building = f"{name}_new"
    database.drop(building)
    base = _name(family(["crm_ir_base"]), False)
    needed = stock(modules)
    with process.step(f"Making a template database ({', '.join(needed)})"):
        options = [] if complete else ["--skip-auto-install"]
        if not complete and base in database.names():
            database.clone(base, building)
        else:
            options.append("--load-language=en_US,fa_IR")
        process.run(
            "template",
            odoo.install(building, needed, *options),
            "Odoo could not install the stock modules.",
        )
        if complete:
            warm(building)
        database.rename(building, name)
    return name


def prune() -> None:
    """Drop templates that no longer fit the source, the manifests or the packages."""
    modules = layout.modules()
    families = [modules, *(family([name]) for name in modules)]
    fitting = {_name(one, complete) for one in families for complete in (True, False)}
    for name in database.names():
        if name.startswith(f"{database.PREFIX}stock_") and name not in fitting:
            database.drop(name)


def warm(name: str) -> None:
    """Compile the pages' scripts and styles into the database."""
    process.run(
        "warm",
        odoo.command("shell", "-d", name, "--no-http"),
        "The scripts and styles of the pages could not be compiled.",
        text="env['ir.qweb']._pregenerate_assets_bundles(); env.cr.commit()\n",
    )


def _name(modules: dict[str, Path], complete: bool) -> str:
    parts = [
        source.find().identity,
        venv.STAMP.read_text(),
        str(complete),
        *stock(modules),
    ]
    hashed = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]
    return f"{database.PREFIX}stock_{hashed}"
