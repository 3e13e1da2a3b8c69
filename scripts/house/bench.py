"""Benchmarks against stock, side by side: `make bench`, BENCH=name for one.

Each benchmarks/NAME.py prints JSON lines. It finds two fresh databases named in
BENCH_DB (with the module that it measures) and BENCH_STOCK_DB (with only what that
needs).
"""

import os
import subprocess
import sys
from pathlib import Path

from . import database, layout, odoo, process, template
from .errors import Problem

HELPERS = {"browser", "common", "customers"}
# What is measured, where it is not crm_ir_jalali with what lies below that.
MEASURED = {
    "cdnow": "crm_ir_loyalty",
    "clv_fit": "crm_ir_loyalty",
    "rfm_day": "crm_ir_loyalty",
    "rfm_full": "crm_ir_loyalty",
    "sms_throughput": "crm_ir_sms",
}


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
    module = MEASURED.get(path.stem, "crm_ir_jalali")
    family = template.family([module])
    stock = template.ensure(family, complete=True)
    with (
        database.temporary(stock, "stock") as without,
        database.temporary(stock, "bench") as ours,
    ):
        process.run(
            "install",
            odoo.install(ours, family),
            f"Odoo could not install {module}.",
        )
        return subprocess.run(
            [layout.PYTHON, path],
            env={**os.environ, "BENCH_DB": ours, "BENCH_STOCK_DB": without},
            check=False,
        ).returncode
