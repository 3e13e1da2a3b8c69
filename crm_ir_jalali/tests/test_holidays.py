import base64
import csv
from datetime import date, datetime, timedelta
from pathlib import Path

import jdatetime
import pytz
from persiantools.jdatetime import JalaliDate

from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, TransactionCase, new_test_user, tagged

FOLDER = Path(__file__).parents[1] / "data/holidays"
YEARS = range(1403, 1407)
TEHRAN = pytz.timezone("Asia/Tehran")

# Lunar month and day of the holidays of a lunar year, in their order of the year.
LUNAR = {
    "Tasua": (1, 9),
    "Ashura": (1, 10),
    "Arbaeen": (2, 20),
    "Death of Prophet Muhammad and Martyrdom of Hasan ibn Ali": (2, 28),
    "Martyrdom of Hasan al-Askari": (3, 8),
    "Birthday of Muhammad and Imam Ja'far al-Sadiq": (3, 17),
    "Martyrdom of Fatima": (6, 3),
    "Birthday of Imam Ali": (7, 13),
    "Isra' and Mi'raj": (7, 27),
    "Birthday of Mahdi": (8, 15),
    "Martyrdom of Imam Ali": (9, 21),
    "Eid al-Fitr": (10, 1),
    "Martyrdom of Imam Ja'far al-Sadiq": (10, 25),
    "Eid al-Adha": (12, 10),
    "Eid al-Ghadir": (12, 18),
}


def tabular_islamic(year, month, day):
    """The arithmetic lunar calendar (civil epoch), at most two days from sightings."""
    days = day + (59 * (month - 1) + 1) // 2 + 354 * (year - 1) + (3 + 11 * year) // 30
    return date.fromordinal(227014 + days)


def rows(year):
    with (FOLDER / f"{year}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class TestHolidayFiles(BaseCase):
    def test_solar_holidays_are_in_every_year_and_certain(self):
        solar = {(1, 1), (1, 2), (1, 3), (1, 4), (1, 12), (1, 13), (3, 14), (3, 15)}
        solar |= {(11, 22), (12, 29)}
        for year in YEARS:
            leap_day = {(12, 30)} if jdatetime.date(year, 1, 1).isleap() else set()
            fixed = {
                tuple(map(int, row["date"].split("-")[1:]))
                for row in rows(year)
                if row["certainty"] == "fixed"
            }
            self.assertEqual(fixed, solar | leap_day, year)

    def test_lunar_holidays_are_near_the_arithmetic_lunar_calendar(self):
        found = 0
        for year in YEARS:
            for row in rows(year):
                day = JalaliDate.fromisoformat(row["date"]).to_gregorian()
                for name in set(row["name"].split("; ")) & set(LUNAR):
                    distance = min(
                        abs((tabular_islamic(lunar_year, *LUNAR[name]) - day).days)
                        for lunar_year in range(1445, 1451)
                    )
                    self.assertLessEqual(distance, 2, f"{day} {name}")
                    found += 1
        # each of them once in 354 days
        self.assertGreaterEqual(found, len(LUNAR) * len(YEARS))

    def test_dates_to_come_are_marked_as_estimates(self):
        for row in rows(1406):
            self.assertIn(row["certainty"], ("fixed", "estimated"), row)
        for row in rows(1403) + rows(1404):
            self.assertIn(row["certainty"], ("fixed", "confirmed"), row)

    def test_every_holiday_has_its_own_day_key_and_both_names(self):
        for year in YEARS:
            for column in ("date", "key"):
                values = [row[column] for row in rows(year)]
                self.assertCountEqual(values, set(values))
            for row in rows(year):
                self.assertTrue(row["name"].isascii(), row)
                self.assertRegex(row["name_fa"], "[\u0600-\u06ff]{3}")


class WorkingTimeCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.company = cls.env["res.company"].create({"name": "Tehran office"})
        cls.user = cls._new_user("holidays", "base.group_erp_manager")
        cls.admin = cls._new_user("admin of hours", "base.group_system")
        cls.calendar = cls._working_hours(cls.company)

    @classmethod
    def _new_user(cls, login, group):
        return new_test_user(
            cls.env,
            login,
            groups=f"base.group_user,{group}",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
            lang="fa_IR",
            tz="Asia/Tehran",
        )

    @classmethod
    def _working_hours(cls, company, **values):
        wizard = cls.env["crm.ir.working.hours"].create(
            {"company_id": company.id, **values}
        )
        return cls.env["resource.calendar"].browse(wizard.action_create()["res_id"])


@tagged("post_install", "-at_install")
class TestHolidayImport(WorkingTimeCase):
    def _wizard(self, **values):
        return (
            self.env["crm.ir.holiday.import"]
            .with_user(self.user)
            .with_context(lang="fa_IR")
            .create(values)
        )

    def _import(self, year=1404, **values):
        wizard = self._wizard(year_from=str(year), year_to=str(year), **values)
        return wizard.action_import()["params"]["message"]

    def _import_file(self, text, **values):
        data = text if isinstance(text, bytes) else text.encode("utf-8-sig")
        values |= {"source": "file", "file": base64.b64encode(data)}
        return self._wizard(**values).action_import()["params"]["message"]

    def _holidays(self, company=None):
        return self.env["resource.calendar.leaves"].search(
            [("company_id", "=", (company or self.company).id)]
        )

    def _days(self):
        """Whole days in Tehran that are off."""
        for leave in self._holidays():
            start, end = (
                pytz.utc.localize(moment).astimezone(TEHRAN)
                for moment in (leave.date_from, leave.date_to)
            )
            self.assertEqual(f"{start:%H:%M:%S}-{end:%H:%M:%S}", "00:00:00-23:59:59")
            self.assertEqual(start.date(), end.date())
            yield start.date()

    def test_an_official_year_closes_its_days(self):
        self._import(1404)
        expected = [
            JalaliDate.fromisoformat(row["date"]).to_gregorian() for row in rows(1404)
        ]
        self.assertEqual(sorted(self._days()), expected)

    def test_names_are_in_the_language_of_the_user(self):
        self._import(1404)
        nature = self._holidays().filtered(
            lambda leave: leave.l10n_ir_holiday == "1404/natures-day"
        )
        self.assertEqual(nature.name, "روز طبیعت")

    def test_estimates_are_marked(self):
        self._import(1406)
        marked = self._holidays().filtered("l10n_ir_estimated")
        self.assertIn("عید سعید فطر", marked.mapped("name"))
        self.assertNotIn("روز طبیعت", marked.mapped("name"))

    def test_importing_again_adds_nothing_and_keeps_what_was_corrected(self):
        self._import(1406)
        count = len(self._holidays())
        moved = self._holidays().filtered(
            lambda leave: leave.l10n_ir_holiday == "1406/eid-al-fitr"
        )
        moved.write(
            {
                "name": "Fitr, as announced",
                "date_from": moved.date_from - timedelta(days=1),
                "date_to": moved.date_to - timedelta(days=1),
            }
        )
        self._import(1406)
        self.assertEqual(len(self._holidays()), count)
        self.assertEqual(moved.name, "Fitr, as announced")

    def test_a_day_that_is_closed_already_is_not_closed_twice(self):
        closed = self.env["resource.calendar.leaves"].create(
            {
                "name": "Inventory",
                "calendar_id": self.calendar.id,
                # 12 and 13 Farvardin 1404 in Tehran
                "date_from": datetime(2025, 3, 31, 20, 30),
                "date_to": datetime(2025, 4, 2, 20, 29, 59),
            }
        )
        self._import(1404, calendar_id=self.calendar.id)
        names = self._holidays().mapped("l10n_ir_holiday")
        self.assertNotIn("1404/natures-day", names)
        self.assertIn("1404/nowruz", names)
        self.assertEqual(closed.name, "Inventory")

    def test_several_years_come_at_once(self):
        self._wizard(year_from="1403", year_to="1406").action_import()
        years = {jdatetime.date.fromgregorian(date=day).year for day in self._days()}
        self.assertEqual(years, set(YEARS))

    def test_years_the_wrong_way_round_are_refused(self):
        wizard = self._wizard(year_from="1405", year_to="1404")
        with self.assertRaisesRegex(UserError, "first year"):
            wizard.with_context(lang="en_US").action_import()

    def test_the_users_own_file_is_read_in_any_digits_and_separators(self):
        self._import_file("تاریخ;عنوان\n۱۴۰۷/۰۱/۱۳;روز طبیعت\n\n1407-03-14;رحلت\n")
        expected = [
            JalaliDate(1407, 1, 13).to_gregorian(),
            JalaliDate(1407, 3, 14).to_gregorian(),
        ]
        self.assertEqual(sorted(self._days()), expected)
        self._import_file("1407/1/13\tNature's day\n")
        self.assertEqual(sorted(self._days()), expected)

    def test_every_wrong_line_of_a_file_is_named_and_nothing_is_added(self):
        lines = [
            "date,name",
            "1407/12/30,no such day",
            "1407/01/13,Nature",
            "2028/04/01,Gregorian",
            "1407/01/14,",
            "1407-01-13,again",
            "tomorrow,unknown",
        ]
        with self.assertRaises(UserError) as error:
            self._import_file("\n".join(lines))
        numbers = [
            int("".join(filter(str.isdigit, line.split(":")[0])))
            for line in str(error.exception).splitlines()
        ]
        self.assertEqual(numbers, [2, 4, 5, 6, 7])
        self.assertFalse(self._holidays())

    def test_a_file_in_another_encoding_says_what_to_do(self):
        with self.assertRaisesRegex(UserError, "UTF-8"):
            self._import_file("1407/01/13,روز طبيعت".encode("cp1256"))

    def test_holidays_belong_to_the_chosen_company(self):
        other = self.env["res.company"].create({"name": "Yerevan office"})
        self._import(1404)
        self.assertFalse(self._holidays(other))

    def test_only_who_manages_the_database_closes_days(self):
        user = new_test_user(
            self.env, "seller", groups="sales_team.group_sale_salesman", lang="fa_IR"
        )
        with self.assertRaises(AccessError):
            self.env["crm.ir.holiday.import"].with_user(user).create({})

    def test_closed_days_of_the_company_are_told_to_any_employee(self):
        self._import(1403)
        user = self._new_user("employee", "base.group_user")
        # Esfand 1403 as the calendar view of Tehran asks for it
        closed = (
            self.env["resource.calendar"]
            .with_user(user)
            .l10n_ir_unusual_days("2025-02-14 20:30:00", "2025-03-28 20:29:59")
        )
        # Esfand has 1 to 30 from 19 February; its Fridays, and 29 and 30
        fridays = {date(2025, 2, 21) + timedelta(weeks=week) for week in range(4)}
        found = {
            date.fromisoformat(day)
            for day, is_closed in closed.items()
            if is_closed and "2025-02-19" <= day <= "2025-03-20"
        }
        self.assertEqual(found, fridays | {date(2025, 3, 19), date(2025, 3, 20)})


@tagged("post_install", "-at_install")
class TestWorkingHours(WorkingTimeCase):
    def test_hours_per_week_are_those_of_the_name(self):
        for week, hours, days in (
            ("half_thursday_44", 44, {"5", "6", "0", "1", "2", "3"}),
            ("thursday_44", 44, {"5", "6", "0", "1", "2", "3"}),
            ("wednesday_40", 40, {"5", "6", "0", "1", "2"}),
            ("wednesday_42", 42.5, {"5", "6", "0", "1", "2"}),
        ):
            calendar = self._working_hours(self.company, week=week)
            self.assertAlmostEqual(calendar.hours_per_week, hours, 2)
            self.assertEqual(calendar.tz, "Asia/Tehran")
            self.assertEqual(set(calendar.attendance_ids.mapped("dayofweek")), days)
            self.assertEqual(calendar.attendance_ids[:1].dayofweek, "5")

    def test_they_become_those_of_the_company_only_where_wanted(self):
        before = self.company.resource_calendar_id
        offered = self._working_hours(
            self.company, week="wednesday_40", is_default=False
        )
        self.assertEqual(self.company.resource_calendar_id, before)
        self._working_hours(self.company, week="wednesday_40")
        self.assertEqual(self.company.resource_calendar_id, offered)

    def test_the_user_creates_them_in_the_users_language(self):
        wizard = self.env["crm.ir.working.hours"].with_user(self.admin)
        action = (
            wizard.with_context(lang="fa_IR")
            .create({"week": "wednesday_40"})
            .action_create()
        )
        calendar = self.env["resource.calendar"].browse(action["res_id"])
        self.assertEqual(calendar.company_id, self.company)
        self.assertIn("شنبه", calendar.attendance_ids[0].name)
