"""The module's own figures for the CDNOW data: 69,659 purchases of 23,570 customers.

The data come from the wheel `Lifetimes==0.11.3` of PyPI, downloaded at run time with
pip; nothing of it is kept.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from common import environments
from customers import make_partners, purchases_in

from odoo.tools import SQL

PACKAGE = "Lifetimes==0.11.3"
MASTER = "lifetimes/datasets/CDNOW_master.txt"
SAMPLE = "lifetimes/datasets/CDNOW_sample.txt"
SHA256 = {
    MASTER: "eff6889ed364c5199d6eacbbeb7a6d559971df4406ac876f322c373f00a072ef",
    SAMPLE: "6fae10155c0b0ba363c2c386e30f77990d22328220efd862a5edd1443420d94a",
}
REFERENCE = date(1998, 7, 1)
# The published calibration and hold-out: 39 weeks each.
CALIBRATION_END, HOLDOUT_END = date(1997, 9, 30), date(1998, 6, 30)


def download(folder):
    """Fetch the wheel into a folder; return its path."""
    command = [
        *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"),
        *("--only-binary=:all:", "--dest", folder, PACKAGE),
    ]
    if subprocess.run(command, check=False).returncode:
        sys.exit(
            f"pip could not download {PACKAGE}, which holds the CDNOW data. This "
            "benchmark needs a network, or a package index that has it."
        )
    [wheel] = Path(folder).glob("*.whl")
    return wheel


def lines():
    """The figures of each line of both files, whose checksums are ours."""
    with tempfile.TemporaryDirectory() as folder:
        wheel = zipfile.ZipFile(download(folder))
        contents = {name: wheel.read(name) for name in SHA256}
    for name, content in contents.items():
        if hashlib.sha256(content).hexdigest() != SHA256[name]:
            sys.exit(f"{name} of {PACKAGE} is not the file that is known.")
        rows = (line.split() for line in content.decode("ascii").splitlines())
        # neither the title nor an empty line
        yield name, [row for row in rows if row and row[0].isdigit()]


def load(env):
    """Put the purchases into the tables `cdnow_purchase` and `cdnow_sample`.

    Both hold the customer's number from 1, the day, the number of CDs and the amount;
    the sample has a number of its own beside the customer's.
    """
    rows = dict(lines())
    before = make_partners(env, int(rows[MASTER][-1][0]))
    for table, name in (("cdnow_purchase", MASTER), ("cdnow_sample", SAMPLE)):
        env.cr.execute(
            SQL(
                "CREATE TABLE %s (partner_id int, day date, amount numeric)",
                SQL.identifier(table),
            )
        )
        env.cr.execute_values(
            f"INSERT INTO {table} VALUES %s",
            [
                (
                    before + int(row[0]),
                    datetime.strptime(row[-3], "%Y%m%d").date(),
                    Decimal(row[-1]),
                )
                for row in rows[name]
            ],
            page_size=10_000,
        )


def rfm(env):
    """Bounds, counts of scores and of segments."""
    stats = env["crm.ir.customer.stat"]
    bounds = stats._refresh(env.company, REFERENCE)
    domain = [("company_id", "=", env.company.id), ("frequency", ">", 0)]

    def count(field):
        return Counter(dict(stats._read_group(domain, [field], ["__count"])))

    counts = {
        "r": count("recency_score"),
        "f": count("frequency_score"),
        "m": count("monetary_score"),
    }
    return {
        "rfm_bounds": bounds,
        "score_counts": {
            key: [counter[score] for score in range(1, 6)]
            for key, counter in counts.items()
        },
        "segments": dict(sorted(count("segment").items())),
    }


def cohorts(env):
    """Customers of the first two months in each month since."""
    env.company.l10n_ir_cohort_calendar = "gregorian"
    table = env["crm.ir.customer.cohort"]
    table._refresh(env.company, REFERENCE)
    return {
        f"cohort_1997_0{month}": table.search(
            [
                ("company_id", "=", env.company.id),
                ("cohort", "=", date(1997, month, 1)),
            ]
        ).mapped("customers")
        for month in (1, 2)
    }


def parameters(names, fit):
    """Estimates by name, with the log-likelihood."""
    return {name: getattr(fit.model, name) for name in names} | {
        "ll": fit.log_likelihood
    }


def value(env):
    """Models fitted on 39 weeks of the published sample, and judged by 39 more."""
    from odoo.addons.crm_ir_loyalty.tools.bgnbd import Bgnbd, Mbgnbd
    from odoo.addons.crm_ir_loyalty.tools.gamma_gamma import GammaGamma

    forecasts = env["crm.ir.customer.forecast"]
    with forecasts._historic(env.company, CALIBRATION_END, HOLDOUT_END):
        [(customers,)] = env.execute_query(SQL("SELECT count(*) FROM crm_ir_history"))
        patterns = forecasts._patterns(customers)
        spends = forecasts._spends(env.company, customers)
    judged = forecasts._judged(env.company, CALIBRATION_END, HOLDOUT_END)
    return {
        "bgnbd": parameters(("r", "alpha", "a", "b"), Bgnbd.fit(patterns)),
        "mbgnbd": parameters(("r", "alpha", "a", "b"), Mbgnbd.fit(patterns)),
        "gamma_gamma": parameters(("p", "q", "v"), GammaGamma.fit(spends)),
        "holdout": {
            name: judged[name] for name in ("actual", "predicted", "mae", "naive_mae")
        },
    }


def churn(env):
    """Who of all customers bought nothing in the 39 weeks after the calibration."""
    from odoo.addons.crm_ir_loyalty.tools.churn import learn

    _model, quality = learn(
        env["crm.ir.customer.forecast"]._churn_rows(
            env.company, HOLDOUT_END, (HOLDOUT_END - CALIBRATION_END).days
        )
    )
    names = ("auc", "auc_recency", "brier", "top_decile_lift")
    return {"churn": {name: getattr(quality, name) for name in names}}


def main():
    with environments() as (env, _stock):
        env.company.currency_id = env.ref("base.USD")
        load(env)
        with purchases_in(env, "cdnow_purchase"):
            figures = {**rfm(env), **cohorts(env), **churn(env)}
        with purchases_in(env, "cdnow_sample"):
            figures |= value(env)
        print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    main()
