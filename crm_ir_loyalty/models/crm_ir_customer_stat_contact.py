from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.best_channel import ChannelRates
from ..tools.best_time import HOURS, HourScores

WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]
SOURCES = [
    ("partner", "Their Own Signals"),
    ("segment", "Their Segment"),
    ("company", "All Customers"),
]
CHANNELS = [("call", "Phone Call"), ("sms", "SMS"), ("email", "Email")]
# Nobody is disturbed before nine or after nine in the evening, nor on a half working day
# after its end. A day with working hours up to here is a half one.
FIRST_HOUR, END_HOUR, HALF_DAY_END = 9, 21, 14
PATTERNS_AT_ONCE = 10_000


class CrmIrCustomerStat(models.Model):
    # one file for each thing that is told of a customer
    _inherit = "crm.ir.customer.stat"  # pylint: disable=consider-merging-classes-inherited

    contact_weekday = fields.Selection(WEEKDAYS, "Best Day to Contact", readonly=True)
    contact_hour = fields.Float(
        "Best Hour to Contact",
        readonly=True,
        aggregator=None,
        help="The hour that begins then, in the time zone of the company. Found from when"
        " this customer, or those alike, bought, wrote or answered in the past year; only"
        " hours of working days from 9 to 21 come into question.",
    )
    contact_hour_source = fields.Selection(
        SOURCES, "Best Time Found From", readonly=True
    )
    contact_channel = fields.Selection(
        CHANNELS,
        "Best Channel",
        readonly=True,
        help="Where tries are answered most, less what a try costs, among the channels by"
        " which the customer can be reached and has not refused to be. A try is answered"
        " where the customer writes or buys within a day.",
    )
    contact_channel_source = fields.Selection(
        SOURCES, "Best Channel Found From", readonly=True
    )

    @api.model
    def _cron_contact(self):
        """Nightly: when and how to reach the customers of every company."""
        runs = self.env["crm.ir.customer.run"].search([])
        for done, run in enumerate(runs, 1):
            run._apply_settings()
            self._refresh_contact(run.company_id)
            self.env["ir.cron"]._commit_progress(1, remaining=len(runs) - done)

    @api.model
    def _refresh_contact(self, company):
        """Write the best time and channel of all customers of a company anew."""
        # rows of a first run are unknown to the planner, whose loops would be quadratic
        self.env.cr.execute(SQL("ANALYZE crm_ir_customer_stat"))
        self.env.cr.execute(
            SQL(
                """
                CREATE TEMPORARY TABLE crm_ir_signal ON COMMIT DROP AS
                SELECT stat.id AS stat_id, COALESCE(segment, '') AS segment,
                       channel, asked, hit,
                       (24 * (extract(isodow FROM here) - 1)
                           + extract(hour FROM here))::int AS hour
                  FROM (%(signals)s) AS signal
                 CROSS JOIN LATERAL (
                       SELECT moment AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s
                 ) AS local (here)
                  JOIN crm_ir_customer_stat AS stat
                    ON stat.partner_id = signal.partner_id
                   AND stat.company_id = %(company)s
                """,
                signals=self.env["crm.ir.contact.signal"]._get_signals(
                    company, fields.Datetime.now()
                ),
                zone=company._l10n_ir_zone().key,
                company=company.id,
            )
        )
        self.env.cr.execute(SQL("ANALYZE crm_ir_signal"))
        self._write_hours(company)
        self._write_channels(company)
        self.env.cr.execute(SQL("DROP TABLE crm_ir_signal"))
        self.invalidate_model()

    # === HOURS === #

    @api.model
    def _write_hours(self, company):
        allowed = self._contact_hours(company)
        where = SQL("hour = ANY(%s)", sorted(allowed))
        levels = self._levels(SQL("hour"), where)
        scores = HourScores.company(*_week(levels[None]))
        found = []
        if scores:
            by_segment = {
                segment: scores.narrowed("segment", *_week(counts))
                for segment, counts in levels.items()
                if segment
            }
            for segment, _reach, counts, ids in self._patterns(
                company, SQL("hour"), where, SQL("NULL")
            ):
                own = by_segment.get(segment, scores).narrowed(
                    "partner", *_week(counts)
                )
                best = own.best(allowed)
                found.append((ids, (str(best // 24), best % 24, own.source)))
        self._write_found(
            company,
            {
                "contact_weekday": "varchar",
                "contact_hour": "float8",
                "contact_hour_source": "varchar",
            },
            found,
        )

    @api.model
    def _contact_hours(self, company):
        """Hours of the week in which people may be disturbed: of the days on which the
        company works, or of all days where its working hours do not say."""
        ends = {}
        for line in company.resource_calendar_id.attendance_ids:
            day = int(line.dayofweek)
            ends[day] = max(ends.get(day, 0), int(line.hour_to))
        return {
            24 * day + hour
            for day in ends or range(7)
            for hour in range(
                FIRST_HOUR,
                ends[day]
                if FIRST_HOUR < ends.get(day, 24) <= HALF_DAY_END
                else END_HOUR,
            )
        }

    # === CHANNELS === #

    @api.model
    def _write_channels(self, company):
        where = SQL("channel IS NOT NULL")
        levels = self._levels(SQL("channel"), where)
        rates = ChannelRates.company(_tried(levels[None]))
        found = []
        if rates:
            by_segment = {
                segment: rates.narrowed("segment", _tried(counts))
                for segment, counts in levels.items()
                if segment
            }
            for segment, reach, counts, ids in self._patterns(
                company, SQL("channel"), where, self._reach()
            ):
                own = by_segment.get(segment, rates).narrowed("partner", _tried(counts))
                best = own.best(reach)
                if best:
                    found.append((ids, (best, own.source)))
        self._write_found(
            company,
            {"contact_channel": "varchar", "contact_channel_source": "varchar"},
            found,
        )

    @api.model
    def _reach(self):
        """SQL: array of the channels that a partner has and has not refused."""
        has_phone = SQL(
            """partner.phone_sanitized IS NOT NULL AND partner.phone_sanitized NOT IN (
                   SELECT number FROM phone_blacklist WHERE active
               )"""
        )
        # a landline takes no text messages
        is_mobile = SQL(
            """(starts_with(partner.phone_sanitized, '+989')
                OR NOT starts_with(partner.phone_sanitized, '+98'))"""
        )
        has_email = SQL(
            """partner.email_normalized IS NOT NULL AND partner.email_normalized NOT IN (
                   SELECT email FROM mail_blacklist WHERE active
               )"""
        )
        return SQL(
            """
            array_remove(ARRAY[
                CASE WHEN %(has_phone)s THEN 'call' END,
                CASE WHEN %(has_phone)s AND %(is_mobile)s THEN 'sms' END,
                CASE WHEN %(has_email)s THEN 'email' END
            ], NULL)
            """,
            has_phone=has_phone,
            is_mobile=is_mobile,
            has_email=has_email,
        )

    # === COUNTS === #

    @api.model
    def _levels(self, key, where):
        """Counts {key: (hits, asked, unasked)} by segment; by None the company's."""
        levels = defaultdict(dict)
        for segment, name, *counts in self.env.execute_query(
            SQL(
                """
                SELECT segment, %(key)s, count(*) FILTER (WHERE hit),
                       count(*) FILTER (WHERE asked),
                       count(*) FILTER (WHERE NOT asked)
                  FROM crm_ir_signal
                 WHERE %(where)s
              GROUP BY GROUPING SETS ((segment, %(key)s), (%(key)s))
                """,
                key=key,
                where=where,
            )
        ):
            levels[segment][name] = counts
        return levels

    @api.model
    def _patterns(self, company, key, where, reach):
        """Customers with the same segment, reach and counts as those of `_levels`."""
        self.env.cr.execute(
            SQL(
                """
                SELECT segment, reach, keys, hits, asked, unasked, array_agg(id)
                  FROM (
                       SELECT stat.id, COALESCE(segment, '') AS segment,
                              %(reach)s AS reach, keys, hits, asked, unasked
                         FROM crm_ir_customer_stat AS stat
                         JOIN res_partner AS partner ON partner.id = stat.partner_id
                         LEFT JOIN (
                              SELECT stat_id, array_agg(key ORDER BY key) AS keys,
                                     array_agg(hits ORDER BY key) AS hits,
                                     array_agg(asked ORDER BY key) AS asked,
                                     array_agg(unasked ORDER BY key) AS unasked
                                FROM (
                                     SELECT stat_id, %(key)s AS key,
                                            count(*) FILTER (WHERE hit) AS hits,
                                            count(*) FILTER (WHERE asked) AS asked,
                                            count(*) FILTER (WHERE NOT asked) AS unasked
                                       FROM crm_ir_signal
                                      WHERE %(where)s
                                   GROUP BY stat_id, %(key)s
                                ) AS counted
                             GROUP BY stat_id
                         ) AS own ON own.stat_id = stat.id
                        WHERE stat.company_id = %(company)s
                  ) AS customer
              GROUP BY segment, reach, keys, hits, asked, unasked
                """,
                reach=reach,
                key=key,
                where=where,
                company=company.id,
            )
        )
        # most customers with signals are a pattern of their own
        while rows := self.env.cr.fetchmany(PATTERNS_AT_ONCE):
            for segment, reached, keys, *counts, ids in rows:
                by_key = zip(*counts, strict=True) if keys else ()
                yield segment, reached, dict(zip(keys or (), by_key, strict=True)), ids

    @api.model
    def _write_found(self, company, columns, found):
        """Write rows of (ids, values of the columns); empty the columns elsewhere."""
        rows = [(stat_id, *values) for ids, values in found for stat_id in ids]
        arrays = zip(*rows, strict=True) if rows else [()] * (1 + len(columns))
        names = [SQL.identifier(name) for name in columns]
        self.env.cr.execute(
            SQL(
                """
                CREATE TEMPORARY TABLE crm_ir_found
                       (stat_id int PRIMARY KEY, %(columns)s) ON COMMIT DROP;
                INSERT INTO crm_ir_found SELECT * FROM unnest(%(arrays)s);
                ANALYZE crm_ir_found;
                UPDATE crm_ir_customer_stat AS stat
                   SET (%(names)s) = ROW(%(found)s)
                  FROM crm_ir_found AS found
                 WHERE found.stat_id = stat.id
                   AND (%(old)s) IS DISTINCT FROM (%(found)s);
                UPDATE crm_ir_customer_stat AS stat
                   SET (%(names)s) = ROW(%(empty)s)
                 WHERE company_id = %(company)s
                   AND stat.%(first)s IS NOT NULL
                   AND NOT EXISTS (SELECT FROM crm_ir_found AS found
                                    WHERE found.stat_id = stat.id);
                DROP TABLE crm_ir_found
                """,
                columns=SQL(", ").join(
                    SQL("%s %s", name, SQL(kind))
                    for name, kind in zip(names, columns.values(), strict=True)
                ),
                names=SQL(", ").join(names),
                first=names[0],
                empty=SQL(", ").join(SQL("NULL") for _ in names),
                old=SQL(", ").join(SQL("stat.%s", name) for name in names),
                found=SQL(", ").join(SQL("found.%s", name) for name in names),
                arrays=SQL(", ").join(
                    SQL("%s::%s[]", list(array), SQL(kind))
                    for array, kind in zip(
                        arrays, ("int", *columns.values()), strict=True
                    )
                ),
                company=company.id,
            )
        )


def _week(counts):
    """Hits and tries of all hours of the week.

    What comes unasked could have come at any hour: it is a try in each of them.
    """
    always = sum(unasked for _, _, unasked in counts.values())
    hits, tries = [0] * HOURS, [always] * HOURS
    for hour, (hit, asked, _) in counts.items():
        hits[hour] = hit
        tries[hour] += asked
    return hits, tries


def _tried(counts):
    """(hits, tries) of the channels: who writes unasked answers where they write."""
    return {
        channel: (hits, asked + unasked)
        for channel, (hits, asked, unasked) in counts.items()
    }
