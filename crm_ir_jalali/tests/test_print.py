import sys
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import jdatetime
import pytz
from lxml import html

from odoo import tools
from odoo.tests import TransactionCase, new_test_user, tagged

from odoo.addons.crm_ir_jalali.models import date_format

TEHRAN = pytz.timezone("Asia/Tehran")
# 31st of months, both ends of leap and common years, other centuries
DAYS = [
    jdatetime.date(*day).togregorian()
    for day in (
        (1178, 1, 1), (1300, 12, 30), (1403, 1, 1), (1403, 12, 30), (1404, 1, 1),
        (1404, 2, 31), (1404, 6, 31), (1404, 7, 1), (1404, 7, 18), (1404, 12, 29),
        (1408, 12, 30), (1502, 12, 29),
    )
]  # fmt: skip
MONTHS = [
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور",
    "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
]  # fmt: skip


def jalali(day, form="%Y/%m/%d"):
    return jdatetime.date.fromgregorian(date=day).strftime(form)


class PrintCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.persian_user = cls.user_of("fa_IR")
        cls.english_user = cls.user_of("en_US")
        cls.fa = cls.env_of(cls.persian_user)
        cls.en = cls.env_of(cls.english_user)

    @classmethod
    def user_of(cls, lang, groups="base.group_user", **values):
        login = "-".join([lang, groups, *map(str, values.values())])
        return new_test_user(
            cls.env, login, groups, lang=lang, tz="Asia/Tehran", **values
        )

    @classmethod
    def env_of(cls, user):
        context = cls.env["res.users"].with_user(user).context_get()
        return cls.env(user=user, context=context)


@tagged("post_install", "-at_install")
class TestDateFunctions(PrintCase):
    def test_a_persian_reader_gets_each_day_by_its_jalali_name(self):
        first = date(2024, 3, 20)
        for day in (first + timedelta(days=n) for n in range(6 * 366)):
            self.assertEqual(tools.format_date(self.fa, day), jalali(day))

    def test_the_widths_and_patterns_of_babel_have_jalali_months(self):
        for day in DAYS:
            name = jdatetime.date.fromgregorian(date=day)
            long = f"{name.day} {MONTHS[name.month - 1]} {name.year}"
            for pattern in ("long", "d MMMM y", "d LLLL YYYY"):
                self.assertEqual(
                    tools.format_date(self.fa, day, date_format=pattern), long
                )
        self.assertEqual(
            tools.format_date(self.fa, date(2025, 10, 10), date_format="full"),
            "جمعه 18 مهر 1404",
        )

    def test_the_day_is_that_of_the_readers_time_zone(self):
        for day in DAYS[1:-1]:
            midnight = TEHRAN.localize(datetime(day.year, day.month, day.day))
            start = midnight.astimezone(pytz.utc).replace(tzinfo=None)
            for moment, expected in (
                (start, day),
                (start - timedelta(seconds=1), day - timedelta(days=1)),
            ):
                clock = "00:00:00" if moment == start else "23:59:59"
                written = f"{jalali(expected)} {clock}"
                for text in (
                    tools.format_datetime(self.fa, moment),
                    tools.format_datetime(self.fa, str(moment), tz="Asia/Tehran"),
                    self.fa["ir.qweb.field.datetime"].value_to_html(moment, {}),
                ):
                    self.assertEqual(text, written)
                self.assertEqual(tools.format_date(self.fa, moment), jalali(expected))

    def test_days_without_a_jalali_name_are_written_as_stock_does(self):
        for day in (date(1799, 3, 20), date(2124, 3, 20), date(1404, 7, 18)):
            stock = tools.format_date.__wrapped__(self.fa, day)
            self.assertEqual(tools.format_date(self.fa, day), stock)

    def test_iso_8601_is_gregorian_for_everybody(self):
        moment = datetime(2025, 10, 10, 8, 30)
        self.assertEqual(
            tools.format_date(self.fa, moment.date(), date_format="yyyy-MM-dd"),
            "2025-10-10",
        )
        self.assertEqual(
            tools.format_datetime(self.fa, moment, dt_format="Y-MM-dd HH:mm"),
            "2025-10-10 12:00",
        )

    def test_an_english_reader_gets_exactly_the_text_of_stock(self):
        moments = [datetime(day.year, day.month, day.day, 20, 45) for day in DAYS]
        for env in (self.en, self.fa):
            for pattern in (False, "short", "medium", "long", "full", "EEE d MMM yy"):
                for moment in moments:
                    self.assertEqual(
                        tools.format_date(env, moment, "en_US", pattern),
                        tools.format_date.__wrapped__(env, moment, "en_US", pattern),
                    )
                    self.assertEqual(
                        tools.format_datetime(env, moment, False, pattern, "en_US"),
                        tools.format_datetime.__wrapped__(
                            env, moment, False, pattern, "en_US"
                        ),
                    )
        for nothing in (False, None, "", "2025"):
            self.assertEqual(tools.format_date(self.fa, nothing), "")

    def test_the_language_asked_for_decides_in_one_process(self):
        day = date(2025, 10, 10)
        for _turn in range(3):
            for env in (self.fa, self.en):
                self.assertEqual(tools.format_date(env, day, "fa_IR"), "1404/07/18")
                self.assertEqual(tools.format_date(env, day, "en_US"), "10/10/2025")
            self.assertEqual(tools.format_date(self.fa, day), "1404/07/18")
            self.assertEqual(tools.format_date(self.en, day), "10/10/2025")

    def test_a_user_may_choose_another_calendar_and_digits(self):
        day = date(2025, 10, 10)
        gregorian = self.env_of(self.user_of("fa_IR", calendar="gregorian"))
        self.assertEqual(tools.format_date(gregorian, day), "2025/10/10")
        persian = self.env_of(self.user_of("fa_IR", digits="arabext"))
        self.assertEqual(tools.format_date(persian, day), "۱۴۰۴/۰۷/۱۸")
        moment = datetime(2025, 10, 10, 8, 30)
        self.assertEqual(
            persian["ir.qweb.field.datetime"].value_to_html(moment, {}),
            "۱۴۰۴/۰۷/۱۸ ۱۲:۰۰:۰۰",
        )
        jalali_in_english = self.env_of(self.user_of("en_US", calendar="jalali"))
        self.assertEqual(
            tools.format_date(jalali_in_english, day, date_format="long"),
            "Mehr 18, 1404",
        )

    def test_jalali_dates_are_read_and_gregorian_ones_too(self):
        for day in DAYS:
            self.assertEqual(tools.parse_date(self.fa, jalali(day)), day)
            self.assertEqual(tools.parse_date(self.fa, day.isoformat()), day)
        for text in ("1404/12/30", "1404/13/01", "Tehran"):
            self.assertEqual(tools.parse_date(self.fa, text), text)
        for text in ("10/11/2025", "1404/07/18", "Tehran"):
            self.assertEqual(
                tools.parse_date(self.en, text),
                tools.parse_date.__wrapped__(self.en, text),
            )

    def test_every_module_that_imported_a_function_of_stock_has_ours(self):
        names = ("format_date", "format_datetime", "parse_date")
        replaced = {getattr(tools, name).__wrapped__ for name in names}
        late = [
            name
            for name, module in list(sys.modules.items())
            if name.startswith("odoo.") and module is not date_format
            for value in list(vars(module).values())
            if callable(value) and any(value is stock for stock in replaced)
        ]
        self.assertFalse(late)

    def test_a_database_without_the_module_has_the_text_of_stock(self):
        class OtherDatabase(SimpleNamespace):
            def __getitem__(self, name):
                return object() if name == "res.lang" else None

        self.assertIsNone(date_format.date_style(OtherDatabase()))


@tagged("post_install", "-at_install")
class TestQweb(PrintCase):
    MOMENT = datetime(2025, 10, 10, 20, 45, 30)  # 11 October in Tehran

    def written(self, env, options):
        return env["ir.qweb.field.datetime"].value_to_html(self.MOMENT, options)

    def test_the_options_of_the_widget_are_kept(self):
        for options, expected in (
            ({}, "1404/07/19 00:15:30"),
            ({"date_only": True}, "1404/07/19"),
            ({"time_only": True}, "00:15:30"),
            ({"time_only": True, "hide_seconds": True}, "00:15"),
            ({"hide_seconds": True}, "1404/07/19 00:15"),
            ({"tz_name": "UTC"}, "1404/07/18 20:45:30"),
            ({"tz_name": "UTC", "date_only": True}, "1404/07/18"),
            ({"format": "EEEE d MMMM y"}, "شنبه 19 مهر 1404"),
            ({"format": "MMM. dd"}, "مهر. 19"),
            ({"format": "YYYY-MM-dd"}, "2025-10-11"),
        ):
            self.assertEqual(self.written(self.fa, options), expected)

    def test_an_english_reader_gets_stock(self):
        for options, expected in (
            ({}, "10/11/2025 12:15:30 AM"),
            ({"date_only": True}, "10/11/2025"),
            ({"tz_name": "UTC", "hide_seconds": True}, "10/10/2025 08:45 PM"),
            ({"format": "EEEE d MMMM y"}, "Saturday 11 October 2025"),
        ):
            self.assertEqual(self.written(self.en, options), expected)

    def test_an_empty_date_is_empty(self):
        for kind in ("date", "datetime"):
            field = self.fa[f"ir.qweb.field.{kind}"]
            self.assertEqual(field.value_to_html(False, {}), "")


@tagged("post_install", "-at_install")
class TestReport(PrintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.ui.view"].create(
            {
                "type": "qweb",
                "key": "crm_ir_jalali.test_letter",
                "name": "letter",
                "arch": """
                <t t-name="crm_ir_jalali.test_letter">
                    <t t-foreach="docs" t-as="doc" t-call="crm_ir_jalali.test_letter_body"
                        t-lang="doc.partner_id.lang"/>
                </t>""",
            }
        )
        cls.env["ir.ui.view"].create(
            {
                "type": "qweb",
                "key": "crm_ir_jalali.test_letter_body",
                "name": "letter body",
                "arch": """
                <div t-name="crm_ir_jalali.test_letter_body">
                    <span t-field="doc.date_deadline"/>
                    <b t-field="doc.date_open" t-options="{'widget': 'date'}"/>
                </div>""",
            }
        )
        cls.report = cls.env["ir.actions.report"].create(
            {
                "name": "Letter",
                "model": "crm.lead",
                "report_type": "qweb-html",
                "report_name": "crm_ir_jalali.test_letter",
            }
        )

    def letter(self, user, customer_lang):
        customer = self.env["res.partner"].create(
            {"name": "Customer", "lang": customer_lang}
        )
        lead = self.env["crm.lead"].create(
            {
                "name": "Lead",
                "partner_id": customer.id,
                "user_id": user.id,
                "date_deadline": "2025-10-10",
            }
        )
        lead.date_open = datetime(2025, 10, 10, 20, 45)
        report = self.env_of(user)["ir.actions.report"]
        page = report._render_qweb_html("crm_ir_jalali.test_letter", lead.ids)[0]
        root = html.fromstring(page)
        return root.findtext(".//span"), root.findtext(".//b")

    def test_a_document_has_the_calendar_of_its_customer_whoever_prints(self):
        salesman = "sales_team.group_sale_salesman"
        for user in (
            self.user_of("fa_IR", salesman),
            self.user_of("fa_IR", salesman, calendar="gregorian"),
            self.user_of("en_US", salesman),
            self.user_of("en_US", salesman, calendar="jalali"),
        ):
            self.assertEqual(self.letter(user, "fa_IR"), ("1404/07/18", "1404/07/19"))
            self.assertEqual(self.letter(user, "en_US"), ("10/10/2025", "10/11/2025"))
