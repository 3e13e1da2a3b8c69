"""What the benchmarks share: two databases in one process, measured in turns.

`BENCH_DB` has our modules, `BENCH_STOCK_DB` the same stock modules without ours;
`make bench` makes both and points `ODOO_RC` at Odoo's configuration.
"""

import contextlib
import json
import os
import statistics
import sys
import time

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config


@contextlib.contextmanager
def environments():
    """Yield the environments (ours, stock); nothing that is done in them is kept."""
    config.parse_config(["--log-level=warn"], setup_logging=True)
    with contextlib.ExitStack() as stack:
        yield tuple(
            api.Environment(
                stack.enter_context(Registry(os.environ[name]).cursor()),
                SUPERUSER_ID,
                {"lang": "en_US", "tracking_disable": True},
            )
            for name in ("BENCH_DB", "BENCH_STOCK_DB")
        )


def seconds(work, *args):
    """Seconds that `work(*args)` takes."""
    start = time.perf_counter()
    work(*args)
    return time.perf_counter() - start


def compare(bench, goal, rounds, measure, ours, stock):
    """Measure both in turns, `rounds` times, and print one JSON line.

    :param measure: function of an environment that returns seconds
    :return: whether the ratio of the medians meets the goal
    """
    times = {ours: [], stock: []}
    for environment in (ours, stock):
        measure(environment)  # the first one fills caches
    for number in range(rounds):
        order = (ours, stock) if number % 2 else (stock, ours)
        for environment in order:
            times[environment].append(measure(environment))
            print(".", end="", flush=True, file=sys.stderr)
    print(file=sys.stderr)
    medians = {env: statistics.median(values) for env, values in times.items()}
    ratio = medians[ours] / medians[stock]
    print(
        json.dumps(
            {
                "bench": bench,
                "ratio": round(ratio, 3),
                "goal": goal,
                "met": ratio <= goal,
                "rounds": rounds,
                "seconds": round(medians[ours], 4),
                "stock_seconds": round(medians[stock], 4),
            }
        ),
        flush=True,
    )
    return ratio <= goal
