from datetime import datetime

from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestPublicHolidays(TransactionCase):
    def test_imported_days_are_those_of_tehran_wherever_the_user_is(self):
        calendar = self.env["resource.calendar"].create(
            {"name": "Tehran", "tz": "Asia/Tehran", "company_id": self.env.company.id}
        )
        user = new_test_user(
            self.env, "traveller", groups="base.group_erp_manager", tz="Europe/Berlin"
        )
        self.env["crm.ir.holiday.import"].with_user(user).create(
            {"calendar_id": calendar.id, "year_from": "1404", "year_to": "1404"}
        ).action_import()
        nature = self.env["resource.calendar.leaves"].search(
            [("l10n_ir_holiday", "=", "1404/natures-day")]
        )
        # 13 Farvardin 1404 is 2 April 2025; Tehran is 3:30 ahead of UTC
        self.assertEqual(nature.date_from, datetime(2025, 4, 1, 20, 30))
        self.assertEqual(nature.date_to, datetime(2025, 4, 2, 20, 29, 59))
