import ast
from pathlib import Path

from odoo.modules.module import get_module_path
from odoo.tests import BaseCase
from odoo.tests.loader import get_module_test_cases

from .. import tests
from ..gateways import GATEWAYS
from ..simulator import SERVICES
from .contract import RESPONSES, GatewayContract


class TestRegistry(BaseCase):
    def test_no_gateway_escapes_the_contract(self):
        cases = {
            name
            for name in vars(GatewayContract)
            if name.startswith("test_") and callable(getattr(GatewayContract, name))
        }
        self.assertGreaterEqual(len(cases), 25)
        run = {}
        for module in vars(tests).values():
            for case in get_module_test_cases(module) if _is_ours(module) else ():
                gateway = getattr(case, "gateway_class", None)
                if gateway:
                    run.setdefault(gateway.key, set()).add(case._testMethodName)
        self.assertEqual(set(run), set(GATEWAYS))
        for key, names in run.items():
            self.assertFalse(cases - names, key)

    def test_every_gateway_has_recorded_answers_and_a_simulator(self):
        self.assertEqual(
            {path.name for path in RESPONSES.iterdir() if path.is_dir()}, set(GATEWAYS)
        )
        self.assertLessEqual(set(GATEWAYS), {service.name for service in SERVICES})

    def test_only_the_door_opens_connections(self):
        openers = {"requests", "urllib3", "socket", "http", "httpx", "aiohttp"}
        for module in ("crm_ir_base", "crm_ir_sms"):
            folder = Path(get_module_path(module))
            for path in folder.rglob("*.py"):
                parts = path.relative_to(folder).parts
                if {"tests", "simulator"} & set(parts) or parts == ("tools", "http.py"):
                    continue
                self.assertFalse(openers & _imported(path), path)


def _is_ours(module):
    return getattr(module, "__name__", "").startswith(f"{tests.__name__}.test_")


def _imported(path):
    """The packages that a file imports, by their first names."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module.partition(".")[0])
    return found
