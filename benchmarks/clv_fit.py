"""Fit BG/NBD on a million simulated customers, beside the `lifetimes` package.

Ours groups the customers in SQL and fits the groups; `lifetimes` gets arrays of all
customers, as its users call it. It is installed into a folder of its own at run time.
"""

import contextlib
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from common import environments, seconds

from odoo.tools import SQL

GOAL = 0.25
ROUNDS = 3
CUSTOMERS = 1_000_000
DAYS = 3 * 365
# What the customers are drawn from; times are weeks.
R, ALPHA, A, B = 0.9, 8.0, 0.7, 4.0
# pkg_resources, which lifetimes imports, left setuptools later.
PACKAGES = ("Lifetimes==0.11.3", "setuptools<80")
PEER = """
import sys, time, warnings
warnings.simplefilter("ignore")
import numpy
from lifetimes import BetaGeoFitter
x, t_x, T = numpy.loadtxt(sys.argv[1], delimiter=",", unpack=True)
print(flush=True)
for _ in sys.stdin:
    start = time.perf_counter()
    fitter = BetaGeoFitter().fit(x, t_x / 7, T / 7)
    took = time.perf_counter() - start
    print(took, *(fitter.params_[name] for name in ("r", "alpha", "a", "b")), flush=True)
"""


def customers():
    """Rows (x, days to the last purchase, days observed) of simulated customers."""
    chance = random.Random(1)
    for _ in range(CUSTOMERS):
        observed = chance.randrange(7, DAYS)
        rate = chance.gammavariate(R, 1 / ALPHA) / 7
        leave = chance.betavariate(A, B)
        x, last, now = 0, 0, chance.expovariate(rate)
        while now <= observed:
            x, last = x + 1, int(now)
            if chance.random() < leave:
                break
            now += chance.expovariate(rate)
        yield x, last, observed


def write(path):
    with open(path, "w", encoding="ascii") as file:
        file.writelines(f"{x},{last},{observed}\n" for x, last, observed in customers())


@contextlib.contextmanager
def peer(folder, path):
    """Yield a function that fits with lifetimes: (seconds, r, alpha, a, b)."""
    venv = Path(folder) / "venv"
    subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    install = [venv / "bin" / "pip", "install", "--quiet", *PACKAGES]
    if subprocess.run(install, check=False).returncode:
        sys.exit(f"pip could not install {' '.join(PACKAGES)}: this needs a network.")
    process = subprocess.Popen(
        [venv / "bin" / "python", "-c", PEER, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={"PATH": os.environ["PATH"]},
    )
    process.stdout.readline()

    def fit():
        process.stdin.write("\n")
        process.stdin.flush()
        return [float(value) for value in process.stdout.readline().split()]

    yield fit
    process.stdin.close()
    process.wait()


def fit_ours(env):
    from odoo.addons.crm_ir_loyalty.tools.bgnbd import Bgnbd

    return Bgnbd.fit(env["crm.ir.customer.forecast"]._patterns(CUSTOMERS))


def main():
    with environments() as (env, _stock), tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "customers.csv"
        write(path)
        env.cr.execute(
            SQL("CREATE TEMPORARY TABLE crm_ir_history (x int, t_x int, t int)")
        )
        with path.open(encoding="ascii") as file:
            env.cr._obj.copy_from(file, "crm_ir_history", sep=",")
        env.cr.execute(SQL("ANALYZE crm_ir_history"))
        ours, theirs, fits = [], [], []
        with peer(folder, path) as fit_theirs:
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            for _ in range(ROUNDS):
                ours.append(seconds(lambda: fits.append(fit_ours(env))))
                took, *parameters = fit_theirs()
                theirs.append(took)
                print(".", end="", flush=True, file=sys.stderr)
            grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(file=sys.stderr)
    model = fits[-1].model
    ratio = statistics.median(ours) / statistics.median(theirs)
    print(
        json.dumps(
            {
                "bench": "clv_fit",
                "ratio": round(ratio, 3),
                "goal": GOAL,
                "met": ratio <= GOAL,
                "rounds": ROUNDS,
                "customers": CUSTOMERS,
                "seconds": round(statistics.median(ours), 2),
                "lifetimes_seconds": round(statistics.median(theirs), 2),
                "parameters": [model.r, model.alpha, model.a, model.b],
                "lifetimes_parameters": parameters,
                "worker_grows_by_mb": round(grown / 1024, 1),
            }
        )
    )
    sys.exit(ratio > GOAL)


if __name__ == "__main__":
    main()
