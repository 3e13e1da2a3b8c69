import importlib
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

from odoo.cli import Command

import odoo.addons


class CrmIrSimulator(Command):
    """Serve the simulators of the crm_ir modules on loopback until it is stopped."""

    name = "crm_ir_simulator"

    def run(self, args):
        # not above: Odoo loads every command to list them
        from odoo.addons.crm_ir_base.simulator import server
        from odoo.addons.crm_ir_base.tools.http import ALLOWED_HOSTS, Door, NotSent

        self.parser.add_argument(
            "--port",
            type=int,
            default=os.environ.get("SIMULATOR_PORT") or "8070",
            help="port on loopback; without it SIMULATOR_PORT, or else 8070",
        )
        port = self.parser.parse_args(args).port
        address = f"http://{server.HOST}:{port}"
        try:
            Door(address).check()
        except NotSent:
            sys.exit(
                "The simulators are not started, because Odoo would not send to them:"
                f" {ALLOWED_HOSTS} does not hold {server.HOST}:{port}."
            )
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        simulators = server.make(_services(), port)
        print(f"The simulators are at {address}", flush=True)
        simulators.serve_forever()


def _services() -> Iterator:
    """A service of each kind that a module on the addons path has."""
    names = {
        package.parents[1].name
        for folder in odoo.addons.__path__
        for package in Path(folder).glob("crm_ir_*/simulator/__init__.py")
    }
    for name in sorted(names):
        package = importlib.import_module(f"odoo.addons.{name}.simulator")
        for service in getattr(package, "SERVICES", ()):
            yield service()
