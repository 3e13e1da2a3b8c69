from datetime import date, datetime, timedelta

import jdatetime
from lxml import html

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .test_print import PrintCase, jalali


@tagged("post_install", "-at_install")
class TestInlineEditing(PrintCase):
    """What the editor saves is what the page displays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "base.group_user,sales_team.group_sale_manager"
        cls.users = [
            cls.user_of("fa_IR", groups),
            cls.user_of("fa_IR", groups, digits="arabext"),
            cls.user_of("fa_IR", groups, calendar="gregorian"),
            cls.user_of("en_US", groups),
            cls.user_of("en_US", groups, calendar="jalali"),
        ]
        cls.lead = cls.env["crm.lead"].create({"name": "Lead"})

    def element(self, text):
        return html.fragment_fromstring(f"<span>{text}</span>")

    def converter(self, env, kind):
        lead = env["crm.lead"].browse(self.lead.id)
        field = {"date": "date_deadline", "datetime": "date_open"}[kind]
        return env[f"ir.qweb.field.{kind}"], lead, lead._fields[field]

    def saved(self, env, kind, text):
        converter, lead, field = self.converter(env, kind)
        return converter.from_html(lead, field, self.element(text))

    def test_a_displayed_day_is_saved_as_the_same_day(self):
        days = [
            jdatetime.date(1404, month, day).togregorian()
            for month in range(1, 13)
            for day in (1, 8, 12, 29)
        ] + [date(2025, 3, 20), date(1799, 3, 20), date(2124, 3, 20), date(1750, 5, 6)]
        for user in self.users:
            env = self.env_of(user)
            converter = env["ir.qweb.field.date"]
            for day in days:
                text = converter.value_to_html(day, {})
                self.assertEqual(self.saved(env, "date", text), str(day))

    def test_a_displayed_time_is_saved_as_the_same_time(self):
        for user in self.users:
            env = self.env_of(user)
            converter = env["ir.qweb.field.datetime"]
            for month in range(1, 13):
                day = jdatetime.date(1404, month, 29).togregorian()
                for hour in (0, 8, 20, 21):
                    moment = datetime(day.year, day.month, day.day, hour, 30, 15)
                    text = converter.value_to_html(moment, {})
                    self.assertEqual(self.saved(env, "datetime", text), str(moment))

    def test_the_attributes_hold_the_text_that_is_read_back(self):
        self.lead.date_deadline = "2025-10-10"
        self.lead.date_open = moment = datetime(2025, 10, 10, 20, 45, 30)
        for user in self.users:
            env = self.env_of(user)
            for kind, value in (("date", "2025-10-10"), ("datetime", str(moment))):
                converter, lead, field = self.converter(env, kind)
                options = {"inherit_branding": True, "translate": False}
                options |= {"expression": "x", "type": kind, "tagName": "span"}
                attributes = converter.attributes(lead, field.name, options)
                text = attributes["data-oe-original-with-format"]
                self.assertEqual(self.saved(env, kind, text), value)
                original = str(attributes["data-oe-original"])
                local = moment + timedelta(hours=3, minutes=30)
                self.assertEqual(
                    original, {"date": value, "datetime": str(local)}[kind]
                )

    def test_a_day_that_does_not_exist_is_refused(self):
        persian = self.env_of(self.users[0])
        for text in ("1404/12/30", "1404/07/31", "1404/13/01"):
            with self.assertRaises(ValidationError):
                self.saved(persian, "date", text)

    def test_a_page_in_another_language_than_the_users_is_read(self):
        env = self.env_of(self.users[3])
        env = env(context=dict(env.context, lang="fa_IR"))
        for month in range(1, 13):
            day = jdatetime.date(1404, month, 5).togregorian()
            self.assertEqual(self.saved(env, "date", jalali(day)), str(day))
