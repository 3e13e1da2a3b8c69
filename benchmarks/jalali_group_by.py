"""Group 1,000,000 leads by Jalali months, beside stock's months of the same leads.

Both are users of one database; a user of the Gregorian calendar gets stock's query
with `date_trunc`.
"""

from common import compare, environments, seconds

LEADS = 1_000_000


def fill(env):
    """Insert the leads below the ORM, in the transaction that is rolled back."""
    env.cr.execute(
        """
        INSERT INTO crm_lead (
                    name, type, active, expected_revenue, date_deadline, date_open
               )
             SELECT 'x', 'opportunity', true, number %% 1000,
                    date '2015-01-01' + (number * 7919 %% 4040)::int,
                    timestamp '2015-01-01' + number * 7919 %% 349056000 * interval '1 s'
               FROM generate_series(1::bigint, %s) AS number
        """,
        [LEADS],
    )
    env.cr.execute("ANALYZE crm_lead")


def group_by(field):
    spec = f"{field}:month"

    def measure(env):
        return seconds(
            env["crm.lead"].formatted_read_group,
            [(field, "!=", False)],
            [spec],
            ["__count", "expected_revenue:sum"],
        )

    return measure


def user(env, calendar):
    return env(
        context={**env.context, "tz": "Asia/Tehran", "crm_ir_calendar": calendar}
    )


if __name__ == "__main__":
    with environments() as (env, _stock):
        fill(env)
        calendars = user(env, "jalali"), user(env, "gregorian")
        if not calendars[0]["res.lang"]._date_style().jalali:
            raise RuntimeError("both users have the Gregorian calendar")
        compare("jalali_group_by", 1.1, 20, group_by("date_deadline"), *calendars)
        compare("jalali_group_by_time", 1.1, 20, group_by("date_open"), *calendars)
        env.cr.rollback()
