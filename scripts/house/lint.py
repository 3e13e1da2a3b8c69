"""Every check that needs no database: `make lint`."""

import subprocess
import sys
from pathlib import Path

from . import imports, layout, odoo, requirements, translations

# Without --glob and --dry-run this would rewrite Odoo itself.
UPGRADE = "upgrade_code --from=17.0 --glob=crm_ir_*/**/* --dry-run"
CODE = [name for name in ("scripts", "benchmarks") if (layout.ROOT / name).is_dir()]


def main() -> None:
    environment = odoo.environment()
    failed = []
    for name, command in _commands().items():
        done = subprocess.run(
            command,
            cwd=layout.ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        _tell(name, done.stdout if done.returncode else "", failed)
    _tell("import rule", "\n".join(imports.findings()), failed)
    _tell("requirements", "\n".join(requirements.findings()), failed)
    _tell("translations", "\n".join(translations.findings()), failed)
    if failed:
        sys.exit(f"Findings of: {', '.join(failed)}.")


def _tell(name: str, findings: str, failed: list[str]) -> None:
    if findings:
        failed.append(name)
        print(f"{name}:\n{findings}", flush=True)
    else:
        print(f"{name}: ok", flush=True)


def _commands() -> dict[str, list]:
    modules = [str(path.relative_to(layout.ROOT)) for path in layout.modules().values()]
    catalogues = _files(modules, "*.po", "*.pot")
    scripts = _files(modules, "*.js")
    pages = scripts + _files(modules, "*.xml", "*.css", "*.scss")
    addons = ",".join(str(folder) for folder in layout.ADDONS if folder.is_dir())
    schema = ["check-jsonschema", "--builtin-schema"]
    workflows = sorted(map(str, Path(".github/workflows").glob("*.yml")))
    commands = {
        "ruff": ["ruff", "check", *CODE, *modules],
        "ruff format": ["ruff", "format", "--check", *CODE, *modules],
        "pylint-odoo": ["pylint", "--rcfile=.pylintrc-mandatory", "--jobs=2", *modules],
        "OCA checks": ["oca-checks-odoo-module", *modules],
        "PO checks": ["oca-checks-po", *catalogues] if catalogues else [],
        "prettier": ["prettier", "--check", *pages] if pages else [],
        "eslint": ["eslint", "--max-warnings=0", *scripts] if scripts else [],
        "upgrade_code": odoo.command(*UPGRADE.split(), f"--addons-path={addons}"),
        "compose file": [*schema, "vendor.compose-spec", "docker-compose.yml"],
        "workflows": [*schema, "vendor.github-workflows", *workflows],
    }
    return {name: command for name, command in commands.items() if command}


def _files(modules: list[str], *patterns: str) -> list[str]:
    return sorted(
        str(path.relative_to(layout.ROOT))
        for module in modules
        for pattern in patterns
        for path in (layout.ROOT / module).rglob(pattern)
        if "lib" not in path.parts
    )
