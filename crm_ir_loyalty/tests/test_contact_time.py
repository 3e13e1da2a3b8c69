from datetime import datetime, timedelta, timezone
from random import Random
from unittest.mock import patch
from zoneinfo import ZoneInfo

from freezegun import freeze_time

from odoo import Command
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import SQL

# A Saturday.
NOW = datetime(2026, 11, 21, 12, 0)
TEHRAN = ZoneInfo("Asia/Tehran")
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


def at(weekday, hour, weeks=1, minute=0):
    """UTC moment of that hour in Tehran, in one of the weeks before."""
    day = NOW.date() - timedelta(weeks=weeks, days=(SAT - weekday) % 7)
    local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=TEHRAN)
    return local.astimezone(timezone.utc).replace(tzinfo=None)


class ContactCase(TransactionCase):
    """A company that works from Saturday to Thursday noon, and its customers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(NOW))
        cls.company, cls.other = cls.env["res.company"].create(
            [{"name": "فروشگاه"}, {"name": "شعبه"}]
        )
        for company in cls.company | cls.other:
            company.partner_id.tz = "Asia/Tehran"
            company.resource_calendar_id.attendance_ids = [
                Command.clear(),
                *(
                    Command.create(
                        {
                            "name": "work",
                            "dayofweek": str(day),
                            "hour_from": 8,
                            "hour_to": 13 if day == THU else 17,
                            "day_period": "morning" if day == THU else "full_day",
                        }
                    )
                    for day in (SAT, SUN, MON, TUE, WED, THU)
                ),
            ]
        cls.env.user.company_ids += cls.company | cls.other
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.company.ids}
        )
        cls.salesman = new_test_user(
            cls.env,
            "contact_sales",
            groups="sales_team.group_sale_salesman",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.stats = cls.env["crm.ir.customer.stat"]

    @classmethod
    def customers(cls, count, segment=False, company=None, **values):
        people = cls.env["res.partner"].create(
            [{"name": f"مشتری {number}", **values} for number in range(count)]
        )
        cls.know(people, segment, company)
        return people

    @classmethod
    def know(cls, people, segment=False, company=None):
        cls.stats.create(
            [
                {
                    "partner_id": partner.id,
                    "company_id": (company or cls.company).id,
                    "segment": segment,
                }
                for partner in people
            ]
        )

    def row(self, partner):
        """The row of a customer, as a salesperson sees it."""
        return self.stats.with_user(self.salesman).search(
            [("partner_id", "=", partner.id)]
        )

    def time(self, partner):
        row = self.row(partner)
        return (
            row.contact_weekday and int(row.contact_weekday),
            row.contact_hour,
            row.contact_hour_source,
        )

    def channel(self, partner):
        row = self.row(partner)
        return row.contact_channel, row.contact_channel_source


@tagged("post_install", "-at_install")
class TestContactTime(ContactCase):
    """The best time and channel, from signals that are known."""

    def setUp(self):
        super().setUp()
        self.signals = []
        source = patch.object(
            self.registry["crm.ir.contact.signal"],
            "_signal_sources",
            lambda _self, company: [self._source(company)],
        )
        source.start()
        self.addCleanup(source.stop)

    def _source(self, company):
        rows = [row[1:] for row in self.signals if row[0] == company.id]
        columns = list(zip(*rows, strict=True)) or [()] * 5
        return SQL(
            "SELECT * FROM unnest(%s::int[], %s::timestamp[], %s::text[], %s::bool[],"
            " %s::bool[]) AS signal (partner_id, moment, channel, asked, hit)",
            *map(list, columns),
        )

    def heard(
        self, partner, *moments, company=None, channel=None, asked=False, hit=True
    ):
        self.signals += [
            ((company or self.company).id, partner.id, moment, channel, asked, hit)
            for moment in moments
        ]

    def tried(self, partner, channel, hits, tries):
        """Tries three days apart, the first of which were answered."""
        for number in range(tries):
            moment = at(SAT, 10) - timedelta(days=3 * number)
            self.heard(partner, moment, channel=channel, asked=True, hit=number < hits)

    def refresh(self, company=None):
        self.stats._refresh_contact(company or self.company)

    def test_known_best_hour_is_found(self):
        """Six hours tried ten times each: nine customers in ten or more."""
        chance = Random(11)
        hours = [(SAT, 10), (SUN, 12), (MON, 17), (TUE, 9), (WED, 20), (THU, 11)]
        people = self.customers(200, "loyal")
        best = {partner: chance.choice(hours) for partner in people}
        for partner in people:
            for number in range(60):
                hour = hours[number % 6]
                hit = chance.random() < (0.6 if hour == best[partner] else 0.15)
                self.heard(
                    partner, at(*hour, weeks=1 + number // 6), asked=True, hit=hit
                )
        self.refresh()
        found = sum(self.time(one) == (*best[one], "partner") for one in people)
        self.assertGreaterEqual(found, 180)

    def test_who_gave_no_signal_is_like_their_segment(self):
        champion, silent, deaf = self.customers(3, "champions")
        lost, other_lost = self.customers(2, "hibernating")
        [lead] = self.customers(1)
        self.heard(champion, *(at(SUN, 11, week) for week in range(1, 9)))
        self.heard(
            deaf, *(at(MON, 9, week) for week in range(1, 9)), asked=True, hit=False
        )
        self.heard(lost, *(at(WED, 18, week) for week in range(1, 30)))
        self.refresh()
        self.assertEqual(self.time(champion), (SUN, 11, "partner"))
        self.assertEqual(self.time(silent), (SUN, 11, "segment"))
        self.assertEqual(self.time(deaf), (SUN, 11, "segment"))
        self.assertEqual(self.time(other_lost), (WED, 18, "segment"))
        self.assertEqual(self.time(lead)[2], "company")

    def test_a_segment_without_signals_is_like_all_customers(self):
        [champion], [lost] = self.customers(1, "champions"), self.customers(1, "new")
        self.heard(champion, at(SUN, 11))
        self.refresh()
        self.assertEqual(self.time(lost), (SUN, 11, "company"))

    def test_habits_of_buying_are_their_own(self):
        """Most buy on Sunday at eleven; one always buys on Saturday evening, another
        did twice, and was called in vain at the hour of the others."""
        people = self.customers(30, "loyal")
        for partner in people[2:]:
            self.heard(partner, *(at(SUN, 11, week) for week in range(1, 20)))
            self.heard(partner, *(at(MON, 15, week) for week in range(1, 9)))
        self.heard(people[0], *(at(SAT, 20, week) for week in range(1, 6)))
        self.heard(people[1], at(SAT, 20), at(SAT, 20, 2))
        for week in range(3, 13):
            self.heard(people[1], at(SUN, 11, week), asked=True, hit=False)
        self.refresh()
        for partner in people[:2]:
            self.assertEqual(self.time(partner), (SAT, 20, "partner"))
        for partner in people[2:]:
            self.assertEqual(self.time(partner), (SUN, 11, "partner"))

    def test_nothing_is_said_before_the_first_signal(self):
        [partner] = self.customers(1, "new", email="a@example.com")
        self.heard(partner, at(SUN, 11), channel="email", asked=True, hit=False)
        self.refresh()
        self.assertEqual(self.time(partner), (False, 0, False))
        self.assertEqual(self.channel(partner), (False, False))

    def test_what_holds_no_more_does_not_stay(self):
        [partner] = self.customers(1, "new", email="a@example.com")
        self.heard(partner, at(SUN, 11), channel="email")
        self.refresh()
        self.assertEqual(self.time(partner), (SUN, 11, "partner"))
        self.assertEqual(self.channel(partner), ("email", "partner"))
        self.signals.clear()
        self.refresh()
        self.assertEqual(self.time(partner), (False, 0, False))
        self.assertEqual(self.channel(partner), (False, False))

    def test_nobody_is_disturbed_outside_the_hours(self):
        night, friday, thursday, worker = self.customers(4, "new")
        self.heard(night, at(SAT, 2), at(SUN, 8), at(MON, 21), at(TUE, 23))
        self.heard(friday, at(FRI, 11), at(FRI, 17))
        self.heard(thursday, at(THU, 13), at(THU, 18))
        self.refresh()
        self.assertEqual(self.time(night), (False, 0, False))
        self.heard(worker, at(SUN, 20))
        self.refresh()
        for partner in (night, friday, thursday):
            self.assertEqual(self.time(partner), (SUN, 20, "segment"))

    def test_without_working_hours_every_day_counts(self):
        self.company.resource_calendar_id.attendance_ids.unlink()
        [partner] = self.customers(1, "new")
        self.heard(partner, at(FRI, 20), at(THU, 22))
        self.refresh()
        self.assertEqual(self.time(partner), (FRI, 20, "partner"))

    def test_signals_of_more_than_a_year_ago_are_forgotten(self):
        [partner] = self.customers(1, "new")
        self.heard(partner, *(at(MON, 9, week) for week in range(53, 60)))
        self.heard(partner, at(SUN, 11), NOW + timedelta(days=1))
        self.refresh()
        self.assertEqual(self.time(partner), (SUN, 11, "partner"))

    def test_two_companies_are_separate(self):
        [partner] = self.customers(
            1, "new", email="a@example.com", phone="+989121234567"
        )
        self.know(partner, "new", self.other)
        self.heard(partner, at(SUN, 11), channel="email")
        self.heard(partner, at(WED, 18), channel="sms", company=self.other)
        self.refresh()
        there = self.stats.search(
            [("partner_id", "=", partner.id), ("company_id", "=", self.other.id)]
        )
        self.assertFalse(there.contact_weekday)
        self.refresh(self.other)
        self.assertEqual(self.time(partner), (SUN, 11, "partner"))
        self.assertEqual(self.channel(partner), ("email", "partner"))
        self.assertEqual((there.contact_weekday, there.contact_hour), (str(WED), 18))
        self.assertEqual(there.contact_channel, "sms")

    def test_the_night_job_serves_every_company(self):
        [partner] = self.customers(1, "new")
        self.env["crm.ir.customer.run"].create({"company_id": self.company.id})
        self.heard(partner, at(SUN, 11))
        with patch.object(self.registry["ir.cron"], "_commit_progress"):
            self.stats._cron_contact()
        self.assertEqual(self.time(partner), (SUN, 11, "partner"))

    # === CHANNELS === #

    def test_the_channel_that_is_answered(self):
        reachable = {"email": "a@example.com", "phone": "+989121234567"}
        writer, caller, silent = self.customers(3, "new", **reachable)
        self.tried(writer, "email", 9, 10)
        self.tried(writer, "call", 1, 10)
        self.tried(caller, "call", 10, 10)
        self.tried(caller, "email", 0, 20)
        self.refresh()
        self.assertEqual(self.channel(writer), ("email", "partner"))
        self.assertEqual(self.channel(caller), ("call", "partner"))
        # calls 11 of 20, e-mails 9 of 30
        self.assertEqual(self.channel(silent), ("call", "segment"))

    def test_only_channels_that_they_have_and_have_not_refused(self):
        [teacher] = self.customers(
            1, "new", email="t@example.com", phone="+989121111111"
        )
        self.tried(teacher, "sms", 9, 10)
        self.tried(teacher, "call", 8, 10)
        self.tried(teacher, "email", 1, 10)
        people = {
            "sms": {"phone": "+989122222222", "email": "sms@example.com"},
            "call": {"phone": "+982188888888", "email": "call@example.com"},
            "email": {"phone": "+989123333333", "email": "email@example.com"},
            False: {"phone": "+989124444444", "email": "none@example.com"},
        }
        for channel, values in people.items():
            [people[channel]] = self.customers(1, "new", **values)
        self.env["phone.blacklist"].create(
            [{"number": "+989123333333"}, {"number": "+989124444444"}]
        )
        self.env["mail.blacklist"].create({"email": "none@example.com"})
        self.refresh()
        for channel, partner in people.items():
            with self.subTest(channel):
                self.assertEqual(self.row(partner).contact_channel, channel)


@tagged("post_install", "-at_install")
class TestContactSignal(ContactCase):
    """What counts as a signal, with real documents."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls.salesman.partner_id
        [cls.firm] = cls.customers(1, "new", is_company=True, email="f@example.com")
        cls.person = cls.env["res.partner"].create(
            {"name": "مینا", "parent_id": cls.firm.id, "email": "m@example.com"}
        )
        cls.product = cls.env["product.product"].create({"name": "چای"})

    def order(self, moment, **values):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.person.id,
                "company_id": self.company.id,
                "order_line": [Command.create({"product_id": self.product.id})],
                **values,
            }
        )
        order.action_confirm()
        order.date_order = moment
        return order

    def message(self, moment, kind, author, record=None):
        message = (record or self.person).message_post(
            body="سلام", message_type=kind, author_id=author.id
        )
        message.date = moment
        return message

    def send(self, moment, channel, status="sent"):
        kind = "sms" if channel == "sms" else "comment"
        message = self.message(moment, kind, self.colleague)
        self.env["mail.notification"].create(
            {
                "mail_message_id": message.id,
                "res_partner_id": self.person.id,
                "notification_type": channel,
                "notification_status": status,
            }
        )

    def call(self, moment, record):
        activity = record.activity_schedule(
            "mail.mail_activity_data_call", user_id=self.salesman.id
        )
        messages, _next = activity._action_done(feedback="—")
        messages.date = moment

    def judged(self):
        """(moment, channel, hit) of all signals of the firm, by the moment."""
        signals = self.env["crm.ir.contact.signal"]._get_signals(self.company, NOW)
        rows = self.env.execute_query(
            SQL(
                "SELECT moment, channel, hit FROM (%s) AS signal"
                " WHERE partner_id = %s ORDER BY moment",
                signals,
                self.firm.id,
            )
        )
        return [tuple(row) for row in rows]

    def test_an_order_tells_the_hour_in_the_time_zone_of_the_company(self):
        """06:45 UTC is 10:15 in Tehran; a person's order is the firm's."""
        self.order(datetime(2026, 11, 14, 6, 45))
        self.stats._refresh_contact(self.company)
        self.assertEqual(self.time(self.firm), (SAT, 10, "partner"))
        self.assertEqual(self.channel(self.firm), (False, False))

    def test_a_quotation_tells_nothing(self):
        self.env["sale.order"].create(
            {"partner_id": self.person.id, "company_id": self.company.id}
        )
        self.assertEqual(self.judged(), [])

    def test_a_mail_is_answered_by_a_reply_within_a_day(self):
        self.send(at(SUN, 10, 4), "email")
        self.message(at(MON, 9, 4), "email", self.person)
        self.send(at(SUN, 10, 3), "email")
        self.message(at(MON, 11, 3), "email", self.person)
        self.assertEqual(
            self.judged(),
            [
                (at(SUN, 10, 4), "email", True),
                (at(MON, 9, 4), None, True),
                (at(SUN, 10, 3), "email", False),
                (at(MON, 11, 3), "email", True),
            ],
        )

    def test_the_last_try_has_the_answer(self):
        self.send(at(SUN, 9, 4), "email")
        self.send(at(SUN, 12, 4), "sms", "pending")
        self.message(at(SUN, 13, 4), "comment", self.person)
        self.assertEqual(
            self.judged(),
            [
                (at(SUN, 9, 4), "email", False),
                (at(SUN, 12, 4), "sms", True),
                (at(SUN, 13, 4), None, True),
            ],
        )

    def test_a_call_is_answered_by_what_comes_of_it(self):
        lead = self.env["crm.lead"].create(
            {
                "name": "فرصت",
                "partner_id": self.person.id,
                "company_id": self.company.id,
            }
        )
        self.call(at(TUE, 10, 2), lead)
        sale = self.order(at(TUE, 12, 2))
        self.call(at(WED, 16), sale)
        self.call(at(SAT, 10), self.firm)
        self.assertEqual(
            self.judged(),
            [
                (at(TUE, 10, 2), "call", True),
                (at(TUE, 12, 2), None, True),
                (at(WED, 16), "call", False),
                (at(SAT, 10), "call", False),
            ],
        )

    def test_what_never_arrived_or_is_too_young_is_not_judged(self):
        self.send(at(SUN, 9), "email", "bounce")
        self.send(at(SUN, 9), "email", "exception")
        self.send(NOW - timedelta(hours=5), "email")
        self.assertEqual(self.judged(), [])

    def test_colleagues_give_no_signal(self):
        self.message(at(SUN, 9), "comment", self.colleague)
        self.know(self.colleague, "new")
        self.stats._refresh_contact(self.company)
        self.assertFalse(self.row(self.colleague).contact_weekday)

    def test_signals_of_another_company_do_not_count(self):
        self.order(at(SUN, 9), company_id=self.other.id)
        self.message(at(MON, 9), "email", self.person).record_company_id = self.other
        self.assertEqual(self.judged(), [])
