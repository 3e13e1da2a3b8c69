"""All customers recomputed as in the night, beside the bare SQL aggregate of their
purchases: 1,000,000 customers, 10,000,000 purchases in a plain table.

`ratio` is the run of one night to the next, `first_ratio` the very first one, which
writes every row and has PostgreSQL check its two foreign keys. Cohorts, which the job
computes after the customers, stand beside them.
"""

import json
import statistics
import sys
from datetime import timedelta

from common import environments, seconds
from customers import (
    CUSTOMERS,
    LAST_DAY,
    PURCHASES,
    generate,
    peak_memory,
    purchases_in,
)

from odoo.tools import SQL

GOAL = 1.5
ROUNDS = 3


def bare(env):
    """The customers' last purchase day, number of purchase days and net amount."""
    env.cr.execute(
        SQL(
            """
            CREATE TEMPORARY TABLE bench_bare ON COMMIT DROP AS
            SELECT partner_id, max(day) AS last_day, count(DISTINCT day) AS days,
                   sum(amount) AS amount
              FROM bench_purchase
             GROUP BY partner_id
            """
        )
    )
    env.cr.commit()


def full(env, day, moves):
    run = env["crm.ir.customer.run"]
    run._apply_settings()
    env["crm.ir.customer.stat"]._refresh(env.company, day, moves=moves)
    env.cr.commit()


def cohorts(env):
    env["crm.ir.customer.run"]._apply_settings()
    env["crm.ir.customer.cohort"]._refresh(env.company, LAST_DAY)
    env.cr.commit()


def empty(env):
    env.cr.execute(SQL("TRUNCATE crm_ir_customer_stat, crm_ir_customer_move"))
    env.cr.commit()


def measure(env):
    """Seconds of each part, measured in turns."""
    times = {"bare": [], "full": [], "first": [], "cohort": []}
    evening = LAST_DAY - timedelta(days=1)
    for number in range(ROUNDS):
        empty(env)
        if number % 2:
            times["bare"].append(seconds(bare, env))
        times["first"].append(seconds(full, env, evening, False))
        times["full"].append(seconds(full, env, LAST_DAY, True))
        if not number % 2:
            times["bare"].append(seconds(bare, env))
        times["cohort"].append(seconds(cohorts, env))
        print(".", end="", flush=True, file=sys.stderr)
    print(file=sys.stderr)
    return {name: statistics.median(values) for name, values in times.items()}


def main():
    with environments() as (env, _stock), purchases_in(env, "bench_purchase"):
        generate(env)
        bare(env)  # the first one fills caches
        memory = peak_memory()
        medians = measure(env)
        memory = peak_memory() - memory
        customers = env["crm.ir.customer.stat"].search_count([])
        moves = env["crm.ir.customer.move"].search_count([])
    ratio = medians["full"] / medians["bare"]
    print(
        json.dumps(
            {
                "bench": "rfm_full",
                "ratio": round(ratio, 3),
                "goal": GOAL,
                "met": ratio <= GOAL,
                "rounds": ROUNDS,
                "seconds": round(medians["full"], 2),
                "bare_seconds": round(medians["bare"], 2),
                "first_seconds": round(medians["first"], 2),
                "first_ratio": round(medians["first"] / medians["bare"], 3),
                "cohort_seconds": round(medians["cohort"], 2),
                "customers": customers,
                "of_customers": CUSTOMERS,
                "purchases": PURCHASES,
                "moves": moves,
                "worker_bytes": memory,
            }
        ),
        flush=True,
    )


if __name__ == "__main__":
    main()
