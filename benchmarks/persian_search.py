"""Search by part of a name among 1,000,000 contacts, beside stock.

Both get a trigram index made here, on what their search compares.
"""

from common import compare, environments, seconds

CONTACTS = 1_000_000
# words of a name come from these, so that what is searched is found a few times
PARTS = [
    "رضا",
    "سارا",
    "نرگس",
    "کیان",
    "مینا",
    "آرش",
    "پویا",
    "شیرین",
    "بهرام",
    "گلناز",
]
QUERIES = [f"{first} 77{number}" for number, first in enumerate(PARTS)]


def fill(env):
    """Insert the contacts below the ORM, in the transaction that is rolled back."""
    columns = {
        "active": "true",
        "complete_name": "parts.name || ' ' || number",
        "name": "parts.name || ' ' || number",
        "type": "'contact'",
    }
    if "autopost_bills" in env["res.partner"]._fields:
        columns["autopost_bills"] = "'ask'"
    env.cr.execute(
        f"""
        INSERT INTO res_partner ({", ".join(columns)})
             SELECT {", ".join(columns.values())}
               FROM generate_series(1, %s) AS number
               JOIN unnest(%s) WITH ORDINALITY AS parts(name, place)
                 ON parts.place = number %% %s + 1
        """,
        [CONTACTS, PARTS, len(PARTS)],
    )


def search(env):
    Partner = env["res.partner"]

    def queries():
        for query in QUERIES:
            Partner.search([("name", "ilike", query)], limit=80)

    return seconds(queries)


if __name__ == "__main__":
    with environments() as (ours, stock):
        for environment in (ours, stock):
            fill(environment)
            expression = environment.registry.unaccent('"name"')
            environment.cr.execute(
                "CREATE INDEX bench_name_idx ON res_partner "
                f"USING gin (({expression}) gin_trgm_ops)"
            )
            environment.cr.execute("ANALYZE res_partner")
        compare("persian_search", 1.2, 20, search, ours, stock)
