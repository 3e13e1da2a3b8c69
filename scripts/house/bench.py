"""Benchmarks against stock, side by side: `make bench`, BENCH=name for one.

Each benchmarks/NAME.py prints JSON lines. It finds two fresh databases named in
BENCH_DB (with crm_ir_jalali) and BENCH_STOCK_DB (with only what that needs).
"""

import os
import subprocess
import sys
from pathlib import Path

from . import database, layout, odoo, process, template
from .errors import Problem

HELPERS = {"browser", "common"}


def main() -> None:
    odoo.enter()
    found = {
        path.stem: path
        for path in sorted((layout.ROOT / "benchmarks").glob("*.py"))
        if path.stem not in HELPERS
    }
    chosen = os.environ.get("BENCH")
    if chosen and chosen not in found:
        raise Problem(f"BENCH={chosen} is none of {', '.join(found)}.")
    failed = [name for name in ([chosen] if chosen else found) if _run(found[name])]
    if failed:
        sys.exit(f"Failed: {', '.join(failed)}.")


def _run(path: Path) -> int:
    family = template.family(["crm_ir_jalali"])
    stock = template.ensure(family, complete=True)
    with (
        database.temporary(stock, "stock") as without,
        database.temporary(stock, "bench") as ours,
    ):
        process.run(
            "install",
            odoo.install(ours, family),
            "Odoo could not install crm_ir_jalali.",
        )
        return subprocess.run(
            [layout.PYTHON, path],
            env={**os.environ, "BENCH_DB": ours, "BENCH_STOCK_DB": without},
            check=False,
        ).returncode
