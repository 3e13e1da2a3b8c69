"""The customers of one day recomputed among 1,000,000, beside all of them."""

import json
import statistics
import sys
from datetime import timedelta

from common import environments, seconds
from customers import CUSTOMERS, LAST_DAY, generate, peak_memory, purchases_in

from odoo.tools import SQL

GOAL = 5  # seconds
ROUNDS = 5


def night(env, run):
    """All customers, as they stood the evening before the last day."""
    run._apply_settings()
    run.bounds = env["crm.ir.customer.stat"]._refresh(
        env.company, LAST_DAY - timedelta(days=1), moves=False
    )
    env.cr.commit()


def day(env, run):
    run._run_touched()
    env.cr.commit()


def touch(env):
    """Queue the customers of the last day; return how many they are."""
    env.cr.execute(
        SQL(
            """
            INSERT INTO crm_ir_customer_touch (company_id, partner_id)
                 SELECT DISTINCT %s, partner_id FROM bench_purchase WHERE day = %s
            """,
            env.company.id,
            LAST_DAY,
        )
    )
    touched = env.cr.rowcount
    env.cr.commit()
    return touched


def main():
    with environments() as (env, _stock), purchases_in(env, "bench_purchase"):
        generate(env)
        env.cr.execute(SQL("CREATE INDEX ON bench_purchase (partner_id)"))
        run = env["crm.ir.customer.run"].create(
            {"company_id": env.company.id, "date": LAST_DAY}
        )
        night(env, run)  # the first one writes every row
        memory = peak_memory()
        times = {"night": [], "day": []}
        for _round in range(ROUNDS):
            times["night"].append(seconds(night, env, run))
            touched = touch(env)
            times["day"].append(seconds(day, env, run))
            print(".", end="", flush=True, file=sys.stderr)
        print(file=sys.stderr)
        memory = peak_memory() - memory
    medians = {name: statistics.median(values) for name, values in times.items()}
    print(
        json.dumps(
            {
                "bench": "rfm_day",
                "seconds": round(medians["day"], 3),
                "goal": GOAL,
                "met": medians["day"] <= GOAL,
                "rounds": ROUNDS,
                "full_seconds": round(medians["night"], 2),
                "ratio": round(medians["day"] / medians["night"], 4),
                "touched": touched,
                "customers": CUSTOMERS,
                "worker_bytes": memory,
            }
        ),
        flush=True,
    )


if __name__ == "__main__":
    main()
