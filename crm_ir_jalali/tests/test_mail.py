from datetime import datetime

import jdatetime

from odoo import fields
from odoo.tests import tagged

from odoo.addons.mail.tests.common import MockEmail

from .test_print import MONTHS, PrintCase


@tagged("post_install", "-at_install")
class TestMail(MockEmail, PrintCase):
    """What a recipient reads depends on the recipient's language alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "sales_team.group_sale_salesman_all_leads"
        cls.senders = [
            cls.user_of("fa_IR", groups),
            cls.user_of("fa_IR", groups, calendar="gregorian"),
            cls.user_of("en_US", groups),
            cls.user_of("en_US", groups, calendar="jalali"),
        ]
        cls.customers = {
            lang: cls.env["res.partner"].create(
                {
                    "name": lang,
                    "lang": lang,
                    "tz": "Asia/Tehran",
                    "email": f"{lang}@example.com",
                }
            )
            for lang in ("fa_IR", "en_US")
        }

    def mails_to(self, address):
        return [
            mail["subject"] + mail["body"]
            for mail in self._mails
            if any(address.lower() in receiver.lower() for receiver in mail["email_to"])
        ]

    def lead_of(self, customer, **values):
        return self.env["crm.lead"].create(
            {"name": "Lead", "partner_id": customer.id, "type": "opportunity", **values}
        )

    def test_a_template_is_written_for_its_recipient(self):
        template = self.env["mail.template"].create(
            {
                "name": "Offer",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "lang": "{{ object.partner_id.lang }}",
                "subject": "Until {{ format_date(object.date_deadline) }}",
                "body_html": """<p>
                    <i t-out="format_date(object.date_deadline)"/>
                    <b t-out="format_datetime(object.date_open, tz='Asia/Tehran')"/>
                    <u t-field="object.date_deadline"/></p>""",
                "partner_to": "{{ object.partner_id.id }}",
            }
        )
        for sender in self.senders:
            for lang, day, moment in (
                ("fa_IR", "1404/07/18", "1404/07/19 00:15:00"),
                ("en_US", "10/10/2025", "10/11/2025 12:15:00 AM"),
            ):
                lead = self.lead_of(
                    self.customers[lang], user_id=sender.id, date_deadline="2025-10-10"
                )
                lead.date_open = datetime(2025, 10, 10, 20, 45)
                rendered = template.with_env(self.env_of(sender))._generate_template(
                    lead.ids, ("subject", "body_html")
                )[lead.id]
                self.assertEqual(rendered["subject"], f"Until {day}")
                body = str(rendered["body_html"])
                for tag, expected in (("i", day), ("b", moment), ("u", day)):
                    self.assertIn(f"<{tag}>{expected}</{tag}>", body)

    def test_an_invitation_names_the_day_of_each_attendee(self):
        for sender in self.senders:
            partners = self.customers["fa_IR"] + self.customers["en_US"]
            with self.mock_mail_gateway():
                event = self.env_of(sender)["calendar.event"].create(
                    {
                        "name": "Meeting",
                        "start": "2030-10-10 20:45:00",
                        "stop": "2030-10-10 21:45:00",
                        "partner_ids": [(6, 0, partners.ids)],
                    }
                )
            [persian] = self.mails_to("fa_IR@example.com")
            for part in ("جمعه", "19", "مهر 1409", "0:15"):
                self.assertIn(part, persian)
            self.assertNotIn("2030", persian)
            [english] = self.mails_to("en_US@example.com")
            for part in ("Friday", "11", "October 2030"):
                self.assertIn(part, english)
            self.assertNotIn("1409", english)

            with self.mock_mail_gateway():
                event.start = "2030-11-10 20:45:00"
            [persian] = self.mails_to("fa_IR@example.com")
            self.assertIn("1409/08/20", persian)
            self.assertNotIn("2030", persian)
            [english] = self.mails_to("en_US@example.com")
            self.assertIn("11/11/2030", english)

    def test_the_time_of_a_meeting_is_that_of_its_reader(self):
        values = {
            "name": "Meeting",
            "start": "2025-10-10 20:45:00",
            "stop": "2025-10-10 21:45:00",
        }
        for user, expected in zip(
            self.senders, ("1404/07/19", "2025/10/11", "10/11/2025"), strict=False
        ):
            event = self.env_of(user)["calendar.event"].create(values)
            self.assertTrue(event.display_time.startswith(expected))
            long = self.env_of(user)["calendar.event"].create(
                dict(values, stop="2025-10-12 21:45:00")
            )
            self.assertIn(expected, long.display_time)

    def test_the_last_day_of_a_recurrence_is_jalali(self):
        for lang, expected in (("fa_IR", "1404/09/10"), ("en_US", "2025-12-01")):
            env = self.env_of(self.user_of(lang, name="recurrence"))
            event = env["calendar.event"].create(
                {
                    "name": "Meeting",
                    "start": "2025-11-10 08:00:00",
                    "stop": "2025-11-10 09:00:00",
                    "recurrency": True,
                    "rrule_type": "weekly",
                    "mon": True,
                    "end_type": "end_date",
                    "until": "2025-12-01",
                }
            )
            self.assertIn(expected, event.recurrence_id.get_recurrence_name())

    def test_a_digest_has_the_date_of_its_reader(self):
        digest = self.env["digest.digest"].search([], limit=1)
        today = fields.Date.context_today(digest)
        for user in (self.persian_user, self.english_user):
            digest.user_ids = user
            with self.mock_mail_gateway():
                digest._action_send(update_periodicity=False)
            mail = self._new_mails.body_html
            is_english = user == self.english_user
            self.assertEqual(f"{today:%B %d, %Y}" in mail, is_english)
            name = jdatetime.date.fromgregorian(date=today)
            text = f"{name.day} {MONTHS[name.month - 1]} {name.year}"
            self.assertEqual(text in mail, not is_english)

    def test_a_calendar_file_is_gregorian(self):
        event = self.env_of(self.senders[0])["calendar.event"].create(
            {
                "name": "Meeting",
                "start": "2025-10-10 20:45:00",
                "stop": "2025-10-10 21:45:00",
            }
        )
        self.assertIn(b"20251010T204500Z", event._get_ics_file()[event.id])

    def test_an_activity_is_announced_to_its_assignee(self):
        lead = self.lead_of(self.customers["en_US"])
        for sender in self.senders:
            for assignee, expected, other in (
                (self.senders[0], "1404/07/18", "2025"),
                (self.senders[2], "10/10/2025", "1404"),
            ):
                if assignee == sender:
                    continue
                assignee.notification_type = "email"
                lead.user_id = assignee
                with self.mock_mail_gateway():
                    lead.with_env(self.env_of(sender)).activity_schedule(
                        "mail.mail_activity_data_todo",
                        date_deadline="2025-10-10",
                        user_id=assignee.id,
                    )
                [mail] = self.mails_to(assignee.email)
                self.assertGreaterEqual(mail.count(expected), 2)
                self.assertNotIn(other, mail)

    def test_tracked_dates_are_written_for_the_recipient(self):
        field_ids = {
            name: self.env["ir.model.fields"]._get("crm.lead", name).id
            for name in ("date_deadline", "date_open")
        }
        moment = datetime(2025, 10, 10, 20, 45)
        for sender in self.senders:
            for lang, day, time in (
                ("fa_IR", "1404/07/18", "1404/07/19 00:15:00 Asia/Tehran"),
                ("en_US", "2025-10-10", "2025-10-10 20:45:00Z"),
            ):
                lead = self.lead_of(self.customers[lang], user_id=sender.id)
                values = [
                    {"field_id": field_ids["date_deadline"], "new_value_datetime": "2025-10-10"},
                    {"field_id": field_ids["date_open"], "new_value_datetime": moment},
                ]  # fmt: skip
                with self.mock_mail_gateway():
                    lead.with_env(self.env_of(sender)).message_post(
                        body="Changed",
                        partner_ids=lead.partner_id.ids,
                        subtype_xmlid="mail.mt_comment",
                        tracking_value_ids=[(0, 0, value) for value in values],
                    )
                [mail] = self.mails_to(f"{lang}@example.com")
                self.assertIn(day, mail)
                self.assertIn(time, mail)

    def test_the_web_client_gets_tracked_dates_as_stored(self):
        lead = self.lead_of(self.customers["fa_IR"])
        field = self.env["ir.model.fields"]._get("crm.lead", "date_deadline")
        message = lead.message_post(
            body="Changed",
            tracking_value_ids=[
                (0, 0, {"field_id": field.id, "new_value_datetime": "2025-10-10"})
            ],
        )
        values = message.sudo().tracking_value_ids.with_env(self.fa)
        [value] = values.sudo()._tracking_value_format()
        self.assertEqual(value["newValue"], "2025-10-10")

    def test_the_deadline_of_a_lead_is_written_for_the_recipient(self):
        groups = "sales_team.group_sale_salesman_all_leads"
        for lang, expected, other in (
            ("fa_IR", "1404/07/18", "2025"),
            ("en_US", "2025", "1404"),
        ):
            reader = self.user_of(
                lang, groups, name=f"Reader {lang}", notification_type="email"
            )
            for sender in self.senders:
                lead = self.lead_of(self.customers["en_US"], date_deadline="2025-10-10")
                with self.mock_mail_gateway():
                    lead.with_env(self.env_of(sender)).message_post(
                        body="Hello",
                        partner_ids=reader.partner_id.ids,
                        subtype_xmlid="mail.mt_comment",
                        email_layout_xmlid="mail.mail_notification_layout",
                    )
                [mail] = self.mails_to(reader.email)
                self.assertIn(expected, mail)
                self.assertNotIn(other, mail)
