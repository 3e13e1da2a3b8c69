from datetime import date, datetime

from odoo import Command
from odoo.tests import new_test_user, tagged

from odoo.addons.point_of_sale.tests.test_frontend import TestPointOfSaleHttpCommon

# 18 Mehr 1404; the time is 12:30 in Tehran, which is 3:30 ahead of UTC
DAY = date(2025, 10, 10)
MOMENT = datetime(2025, 10, 10, 9)

FORM = """
<t t-call="website.layout"><div id="wrap"><section class="s_website_form">
    <form action="/website/form/" method="post" data-model_name="project.task"
        data-success-mode="message">
        <div class="s_website_form_field" data-type="char">
            <input type="text" class="s_website_form_input" name="name"/>
        </div>
        <div class="s_website_form_field" data-type="datetime">
            <div class="s_website_form_datetime input-group date">
                <input type="text" name="date_deadline"
                    class="datetimepicker-input s_website_form_input"/>
            </div>
        </div>
        <div class="s_website_form_submit">
            <span id="s_website_form_result"/>
            <a href="#" class="s_website_form_send">Submit</a>
        </div>
    </form>
    <div class="s_website_form_end_message d-none">Thanks</div>
</section></div></t>
"""


@tagged("post_install", "-at_install")
class TestOtherScreens(TestPointOfSaleHttpCommon):
    """A Persian employee at the screens of stock apps."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(su=True)
        cls.env["res.lang"]._activate_lang("fa_IR")

    def _user(self, groups, lang="fa_IR"):
        return new_test_user(self.env, lang, groups, lang=lang, tz="Asia/Tehran")

    def _walk(self, record, tour, groups):
        user = self._user(groups)
        self.start_tour(f"/odoo/{record._name}/{record.id}", tour, login=user.login)

    def _walk_website(self, url, tour, login=None):
        self.env["website"].search([]).language_ids = self.env["res.lang"].search([])
        self.start_tour(url, tour, login=login, cookies={"frontend_lang": "fa_IR"})

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

    def test_days_of_a_time_off_are_those_of_an_english_employee(self):
        kind = self.env["hr.leave.type"].create(
            {"name": "Unpaid", "requires_allocation": False}
        )
        stored = []
        for lang, tour in (
            ("fa_IR", "test_crm_ir_jalali_time_off"),
            ("en_US", "test_crm_ir_jalali_time_off_in_english"),
        ):
            user = self._user("base.group_user", lang)
            leave = self.env["hr.leave"].create(
                {
                    "employee_id": self.env["hr.employee"]
                    .create({"name": lang, "user_id": user.id})
                    .id,
                    "holiday_status_id": kind.id,
                    "request_date_from": "2025-11-03",
                    "request_date_to": "2025-11-04",
                }
            )
            self.start_tour(f"/odoo/hr.leave/{leave.id}", tour, login=user.login)
            leave.invalidate_recordset()
            self.assertEqual(leave.request_date_from, DAY)
            self.assertEqual(leave.request_date_to, date(2025, 10, 11))
            stored.append((leave.date_from, leave.date_to, leave.number_of_days))
        self.assertEqual(*stored)

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
            mailing,
            "test_crm_ir_jalali_mailing",
            "mass_mailing.group_mass_mailing_user",
        )
        self.assertEqual(mailing.schedule_date, MOMENT)

    def _survey(self, langs):
        return self.env["survey.survey"].create(
            {
                "title": "Survey",
                "user_id": False,
                "access_mode": "public",
                "lang_ids": langs,
                "questions_layout": "page_per_question",
                "users_can_go_back": True,
                "question_and_page_ids": [
                    Command.create({"title": kind, "question_type": kind})
                    for kind in ("date", "datetime", "text_box")
                ],
            }
        )

    def test_answers_to_a_survey(self):
        for login in (None, self._user("base.group_portal").login):
            survey = self._survey(self.env["res.lang"])
            self._walk_website(
                survey.get_start_url(), "test_crm_ir_jalali_survey", login
            )
            answers = survey.user_input_ids.user_input_line_ids
            self.assertEqual(answers.mapped("value_date"), [DAY, False, False])
            self.assertEqual(answers.mapped("value_datetime"), [False, MOMENT, False])

    def test_an_english_survey_takes_gregorian_dates_alone(self):
        survey = self._survey(self.env["res.lang"]._lang_get("en_US"))
        self._walk_website(
            survey.get_start_url(),
            "test_crm_ir_jalali_survey_in_english",
            self._user("base.group_portal").login,
        )
        answers = survey.user_input_ids.user_input_line_ids
        self.assertEqual(answers.mapped("value_date"), [DAY, False, False])

    def test_form_of_a_website(self):
        model = self.env["ir.model"]._get("project.task")
        model.website_form_access = True
        self.env["ir.model.fields"].formbuilder_whitelist(
            model.model, ["name", "date_deadline"]
        )
        view = self.env["ir.ui.view"].create(
            {"type": "qweb", "name": "Form", "key": "website.form", "arch": FORM}
        )
        page = self.env["website.page"].create(
            {"view_id": view.id, "url": "/jalali", "is_published": True}
        )
        self._walk_website(
            page.url,
            "test_crm_ir_jalali_website_form",
            self._user("base.group_portal").login,
        )
        task = self.env["project.task"].search([("name", "=", "Typed on the website")])
        self.assertEqual(task.date_deadline, MOMENT)

    def test_receipt_of_a_shop(self):
        user = self._user("base.group_user,point_of_sale.group_pos_user")
        self.main_pos_config.with_user(user).open_ui()
        session = self.main_pos_config.current_session_id
        session.set_opening_control(0, "")
        self.start_pos_tour("test_crm_ir_jalali_receipt", login=user.login)
        self.assertEqual(session.order_ids.date_order, MOMENT)
