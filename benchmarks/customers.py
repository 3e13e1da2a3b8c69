"""A million customers whose purchases stand in a plain table, for the hook to read."""

import os
import resource
from contextlib import contextmanager
from datetime import date
from unittest.mock import patch

from odoo.tools import SQL

CUSTOMERS = int(os.environ.get("BENCH_CUSTOMERS", 1_000_000))
PURCHASES = 10 * CUSTOMERS
# How many customers bought on the last day.
OF_ONE_DAY = CUSTOMERS * 67 // 10_000
LAST_DAY = date(2026, 3, 20)


@contextmanager
def purchases_in(env, table):
    """Have the hook read purchases of persons from a table: partner_id, day, amount."""
    env.company.write(
        {"l10n_ir_customer_kind": "contact", "l10n_ir_purchase_source": "invoice"}
    )
    source = SQL("SELECT partner_id, day, amount FROM %s", SQL.identifier(table))
    with patch.object(
        env.registry["crm.ir.purchase"],
        "_get_invoice_source",
        lambda self, company: source,
    ):
        yield


def make_partners(env, count):
    """Make `count` contacts; return the id before the first of them."""
    [(before,)] = env.execute_query(SQL("SELECT max(id) FROM res_partner"))
    env.cr.execute(
        SQL(
            """
            INSERT INTO res_partner
                        (id, commercial_partner_id, name, complete_name, active, type,
                         autopost_bills)
                 SELECT id, id, 'Customer ' || id, 'Customer ' || id, TRUE, 'contact',
                        'ask'
                   FROM generate_series(%s, %s) AS id
            """,
            before + 1,
            before + count,
        )
    )
    env.cr.execute(SQL("SELECT setval('res_partner_id_seq', %s)", before + count))
    return before


def generate(env):
    """Fill the table `bench_purchase` and commit; 3 % of its rows are returns.

    Purchases are spread over two years, more of them late; those of `LAST_DAY` are of
    `OF_ONE_DAY` customers.
    """
    before = make_partners(env, CUSTOMERS)
    env.cr.execute(
        SQL(
            """
            SELECT setseed(0.5);
            CREATE TABLE bench_purchase AS
            SELECT (%(before)s + 1 + floor(%(customers)s * random()))::int AS partner_id,
                   %(last)s - (1 + floor(730 * random() * random()))::int AS day,
                   CASE WHEN random() < 0.03 THEN -1 ELSE 1 END
                       * round(exp(12 + 2 * random())::numeric) AS amount
              FROM generate_series(1, %(purchases)s);
            INSERT INTO bench_purchase
                 SELECT (%(before)s + 1 + floor(%(customers)s * random()))::int,
                        %(last)s, round(exp(12 + 2 * random())::numeric)
                   FROM generate_series(1, %(of_one_day)s);
            ANALYZE bench_purchase;
            ANALYZE res_partner;
            """,
            before=before,
            customers=CUSTOMERS,
            purchases=PURCHASES,
            last=LAST_DAY,
            of_one_day=OF_ONE_DAY,
        )
    )
    env.cr.commit()


def peak_memory():
    """The most memory that this process ever had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
