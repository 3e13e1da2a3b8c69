from datetime import date, timedelta

from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase, freeze_time, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestSatisfaction(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.salesman = new_test_user(
            cls.env, "satisfaction_sales", "sales_team.group_sale_salesman"
        )
        cls.officer = new_test_user(
            cls.env, "satisfaction_officer", "survey.group_survey_user"
        )
        cls.customer = cls.env["res.partner"].create(
            {"name": "نگار", "user_id": cls.salesman.id}
        )
        cls.survey = cls.env["survey.survey"].create(
            {"title": "رضایت", "user_id": cls.officer.id}
        )
        cls.question = cls.env["survey.question"].create(
            {
                "survey_id": cls.survey.id,
                "title": "ما را پیشنهاد می‌کنید؟",
                "question_type": "scale",
                "l10n_ir_measure": "nps",
            }
        )

    def answer(self, value, partner=None, **vals):
        answer = self.env["survey.user_input"].create(
            {"survey_id": self.survey.id, "partner_id": partner and partner.id, **vals}
        )
        answer._save_lines(self.question, str(value))
        answer._mark_done()
        return answer

    def test_a_measure_needs_its_own_scale(self):
        with self.assertRaises(ValidationError):
            self.question.l10n_ir_measure = "csat"
        with self.assertRaises(ValidationError):
            self.question.question_type = "text_box"

    def test_a_thousand_answers_give_the_figure_and_its_range(self):
        # 250 promoters and 75 detractors of 1000: 17.5, from 14.14 to 20.86
        for value, count in ((10, 250), (8, 675), (3, 75)):
            answers = self.env["survey.user_input"].create(
                [{"survey_id": self.survey.id, "state": "done"}] * count
            )
            self.env["survey.user_input.line"].create(
                [
                    {
                        "user_input_id": answer.id,
                        "question_id": self.question.id,
                        "answer_type": "scale",
                        "value_scale": value,
                    }
                    for answer in answers
                ]
            )
        shown = self.survey.with_user(self.officer).l10n_ir_satisfaction
        self.assertEqual(shown, "NPS: 17.5 (between 14.1 and 20.9, 1000 answers)")
        ((average,),) = (
            self.env["crm.ir.satisfaction.report"]
            .with_user(self.officer)
            ._read_group([("survey_id", "=", self.survey.id)], [], ["index:avg"])
        )
        self.assertAlmostEqual(average, 17.5)

    def test_few_answers_give_no_figure(self):
        self.answer(10)
        self.assertEqual(
            self.survey.l10n_ir_satisfaction,
            "NPS: 1 of the 30 answers that a figure needs",
        )

    def test_an_unhappy_customer_is_called_within_one_working_day(self):
        # a Monday morning in a calendar that works from Monday to Friday
        with freeze_time("2026-03-02 09:00:00"):
            self.answer(2, self.customer)
        (activity,) = self.customer.activity_ids
        self.assertEqual(activity.user_id, self.salesman)
        self.assertEqual(activity.summary, "Unhappy: 2 of 10")
        self.assertEqual(activity.date_deadline, date(2026, 3, 3))

    def test_a_happy_or_unknown_customer_is_not_called(self):
        self.answer(9, self.customer)
        self.answer(0)
        self.answer(0, self.customer, test_entry=True)
        self.assertFalse(self.customer.activity_ids)

    def test_a_test_of_the_survey_counts_for_nothing(self):
        self.answer(10, test_entry=True)
        self.assertFalse(self.survey.l10n_ir_satisfaction)

    def test_an_unhappy_answer_makes_the_customer_unhappy_until_a_happy_one(self):
        self.buy()
        self.assertEqual(self.lifecycle(), "new")
        first = self.answer(2, self.customer)
        self.assertEqual(self.lifecycle(), "unhappy")
        self.answer(9, self.customer).end_datetime = first.end_datetime + timedelta(1)
        self.assertEqual(self.lifecycle(), "new")

    def test_an_old_unhappy_answer_counts_no_more(self):
        self.buy()
        self.answer(2, self.customer).end_datetime -= timedelta(days=91)
        self.assertEqual(self.lifecycle(), "new")

    def buy(self):
        self.env.company.l10n_ir_purchase_source = "sale"
        product = self.env["product.product"].create({"name": "صندلی"})
        self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "order_line": [(0, 0, {"product_id": product.id, "price_unit": 1000})],
            }
        ).action_confirm()

    def lifecycle(self):
        self.env["crm.ir.customer.stat"]._refresh(
            self.env.company, self.env.company._l10n_ir_today()
        )
        self.env.invalidate_all()
        return self.customer.with_user(self.salesman).l10n_ir_lifecycle
