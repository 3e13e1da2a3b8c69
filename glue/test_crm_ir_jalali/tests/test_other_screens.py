from datetime import date, datetime

from odoo.addons.point_of_sale.tests.test_frontend import TestPointOfSaleHttpCommon
from odoo.tests import new_test_user, tagged

# 18 Mehr 1404; the time is 12:30 in Tehran, which is 3:30 ahead of UTC
DAY = date(2025, 10, 10)
MOMENT = datetime(2025, 10, 10, 9)


@tagged("post_install", "-at_install")
class TestOtherScreens(TestPointOfSaleHttpCommon):
    """A Persian employee at the screens of stock apps."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")

    def _user(self, groups):
        return new_test_user(
            self.env, "persian", groups, lang="fa_IR", tz="Asia/Tehran"
        )

    def _walk(self, record, tour, groups):
        user = self._user(groups)
        self.start_tour(
            f"/odoo/{record._name}/{record.id}", tour, login=user.login
        )

    def test_every_screen_of_every_app_opens(self):
        user = self._user(
            "account.group_account_invoice,"
            "hr_holidays.group_hr_holidays_responsible,"
            "mass_mailing.group_mass_mailing_user,"
            "point_of_sale.group_pos_user,"
            "project.group_project_user,"
            "sales_team.group_sale_salesman,"
            "survey.group_survey_user,"
            "website.group_website_designer"
        )
        self.start_tour(
            "/odoo",
            "test_crm_ir_jalali_every_screen",
            login=user.login,
            timeout=300,
        )

    def test_deadline_of_a_task(self):
        task = self.env["project.task"].create(
            {
                "name": "Task",
                "project_id": self.env["project.project"].create({"name": "P"}).id,
            }
        )
        self._walk(task, "test_crm_ir_jalali_task", "project.group_project_user")
        self.assertEqual(task.date_deadline, MOMENT)

    def test_expiration_of_a_quotation(self):
        order = self.env["sale.order"].create(
            {"partner_id": self.partner_a.id, "user_id": False}
        )
        self._walk(
            order, "test_crm_ir_jalali_quotation", "sales_team.group_sale_salesman"
        )
        self.assertEqual(order.validity_date, DAY)

    def test_date_of_an_invoice(self):
        invoice = self.env["account.move"].create(
            {"move_type": "out_invoice", "partner_id": self.partner_a.id}
        )
        self._walk(
            invoice, "test_crm_ir_jalali_invoice", "account.group_account_invoice"
        )
        self.assertEqual(invoice.invoice_date, DAY)
        self.assertEqual(invoice.date, DAY)

    def test_days_of_a_time_off(self):
        user = self._user("base.group_user")
        employee = self.env["hr.employee"].create({"name": "E", "user_id": user.id})
        kind = self.env["hr.leave.type"].create(
            {"name": "Unpaid", "requires_allocation": False}
        )
        leave = self.env["hr.leave"].create(
            {
                "employee_id": employee.id,
                "holiday_status_id": kind.id,
                "request_date_from": "2025-11-03",
                "request_date_to": "2025-11-04",
            }
        )
        self.start_tour(
            f"/odoo/hr.leave/{leave.id}",
            "test_crm_ir_jalali_time_off",
            login=user.login,
        )
        self.assertEqual(leave.request_date_from, DAY)
        self.assertEqual(leave.request_date_to, date(2025, 10, 11))

    def test_schedule_of_a_mailing(self):
        mailing = self.env["mailing.mailing"].create(
            {
                "subject": "News",
                "mailing_model_id": self.env["ir.model"]._get_id("res.partner"),
                "body_arch": "<p>News</p>",
                "body_html": "<p>News</p>",
            }
        )
        self._walk(
            mailing, "test_crm_ir_jalali_mailing", "mass_mailing.group_mass_mailing_user"
        )
        self.assertEqual(mailing.schedule_date, MOMENT)
