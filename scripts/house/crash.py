"""The crash test of the outbox: `scripts/workshop crash`, KILLS=300 for its kills."""

import os
import subprocess
import sys

from . import database, layout, odoo, process, template
from .errors import Problem


def main() -> None:
    kills = os.environ.get("KILLS") or "300"
    if not kills.isdigit() or not int(kills):
        raise Problem(f"KILLS={kills} is not a number of kills: use 10, or 300.")
    odoo.enter()
    family = template.family(["crm_ir_sms"])
    with database.temporary(template.ensure(family, complete=False), "crash") as name:
        process.run(
            "install",
            odoo.install(name, family, "--skip-auto-install"),
            "Odoo could not install crm_ir_sms.",
        )
        experiment = family["crm_ir_sms"] / "tests" / "crash.py"
        done = subprocess.run([layout.PYTHON, experiment, name, kills], check=False)
    sys.exit(done.returncode)
