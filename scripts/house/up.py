"""A running Odoo with Persian demo data: `make up`."""

import json
from pathlib import Path

from . import database, layout, odoo, process, server

# Stock apps that the demo shows beside ours; glue installs itself.
APPS = ["account", "base_iban", "sale_management", "website_crm"]
DEMO = Path(__file__).with_name("load_demo.py")
USERS = """
    SELECT users.login, partner.name
      FROM res_users users
      JOIN res_partner partner ON partner.id = users.partner_id
      JOIN ir_model_data data ON data.model = 'res.users' AND data.res_id = users.id
     WHERE data.module = 'base' AND data.name = 'user_admin'
        OR data.module = 'crm_ir_base' AND starts_with(data.name, 'user_demo_')
     ORDER BY data.module, users.login
"""


def main() -> None:
    odoo.enter()
    name = layout.database()
    with process.alone():
        if not database.has_trigram():
            process.warn("This PostgreSQL has no pg_trgm: searches run unindexed.")
        exists = name in database.names()
        changed = _changed(name) if exists else list(layout.products())
        if changed or not server.serves(name):
            server.stop()
            server.need_ports()
            if not exists:
                _build(name)
            elif changed:
                _update(name, changed)
            server.start(name)
    _welcome(name)


def _build(name: str) -> None:
    """Make the database under another name, and give it its own when it is whole."""
    building = f"{database.PREFIX}up"
    database.drop(building)
    chosen = [*layout.products(), *APPS]
    with process.step(f"Installing {', '.join(chosen)} in Persian (some minutes)"):
        process.run(
            "install",
            odoo.install(building, chosen, "--load-language=fa_IR"),
            "Odoo could not install the modules.",
        )
    _load_demo(building)
    _remember(name)
    database.rename(building, name)


def _update(name: str, changed: list[str]) -> None:
    """Bring the database up to the code; modules it lacks are installed."""
    with process.step(f"Updating {', '.join(changed)}"):
        process.run(
            "update",
            odoo.install(name, changed, f"--update={','.join(changed)}"),
            "Odoo could not update the modules.",
        )
    _load_demo(name)
    _remember(name)


def _load_demo(name: str) -> None:
    with process.step("Loading the demo data"):
        process.run(
            "demo",
            odoo.command("shell", "-d", name, "--no-http"),
            "The demo data could not be loaded.",
            text=f"MODULES = {list(layout.modules())!r}\n{DEMO.read_text('utf-8')}",
        )


def _state(name: str) -> Path:
    """Where we keep the hashes of the modules that the database was made with."""
    return layout.RUN / f"installed-{name}.json"


def _remember(name: str) -> None:
    hashes = {module: layout.digest(path) for module, path in layout.modules().items()}
    process.write(_state(name), json.dumps(hashes, indent=1))


def _changed(name: str) -> list[str]:
    known = json.loads(_state(name).read_text()) if _state(name).is_file() else {}
    return [
        module
        for module, path in layout.modules().items()
        if module in _wanted(name) and known.get(module) != layout.digest(path)
    ]


def _wanted(name: str) -> set[str]:
    """Our products, and the glue between modules that the database has."""
    with database.cursor(name) as cr:
        cr.execute("SELECT name FROM ir_module_module WHERE state = 'installed'")
        there = {module for (module,) in cr.fetchall()} | set(layout.products())
    for module, path in layout.modules().items():
        manifest = layout.manifest(path)
        if manifest["auto_install"] and there >= set(manifest["depends"]):
            there.add(module)
    return there


def _welcome(name: str) -> None:
    with database.cursor(name) as cr:
        cr.execute(USERS)
        users = cr.fetchall()
    print(f"\nOdoo is at {server.ODOO.address()} (database {name}). Log in as:")
    for login, person in users:
        print(f"  {login:12} password {login:12} {person}")
    print(f"What it sends to others is at {server.SIMULATORS.address()}")
    print("Stop it with: make down")
