from datetime import datetime

import jdatetime

from odoo.tests import TransactionCase, new_test_user


class TestBurndown(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.user = new_test_user(
            cls.env, "reader", "project.group_project_user", lang="fa_IR"
        )
        cls.user.tz = "Asia/Tehran"
        cls.project = cls.env["project.project"].create(
            {"name": "پروژه", "type_ids": [(0, 0, {"name": "در دست انجام"})]}
        )
        tasks = cls.env["project.task"].create(
            [{"name": name, "project_id": cls.project.id} for name in ("الف", "ب")]
        )
        cls.env.flush_all()
        # the last second of Mordad 1404 in Tehran and the first of Shahrivar
        created = [datetime(2025, 8, 22, 20, 29, 59), datetime(2025, 8, 22, 20, 30)]
        for task, moment in zip(tasks, created, strict=True):
            cls.env.cr.execute(
                "UPDATE project_task SET create_date = %s WHERE id = %s",
                [moment, task.id],
            )
        tasks.invalidate_recordset()

    def chart(self, period, **values):
        """Labels and counts of the chart, as the user sees it."""
        self.user.write(values)
        context = dict(self.user.with_user(self.user).context_get())
        report = self.env(user=self.user, context=context)[
            "project.task.burndown.chart.report"
        ]
        spec = f"date:{period}"
        groups = report.formatted_read_group(
            [("project_id", "=", self.project.id)], [spec, "stage_id"], ["__count"]
        )
        return [(group[spec][1], group["__count"]) for group in groups]

    def test_the_chart_has_every_jalali_month_once(self):
        chart = self.chart("month")
        today = jdatetime.date.today()
        months = [
            jdatetime.date(year, month, 1, locale="fa_IR").strftime("%B %Y")
            for year in range(1404, today.year + 1)
            for month in range(1, 13)
            if (1404, 5) <= (year, month) < (today.year, today.month)
        ]
        self.assertEqual([label for label, _count in chart[: len(months)]], months)
        self.assertLessEqual(len(chart), len(months) + 1)

    def test_the_chart_counts_a_task_from_the_period_it_was_created_in(self):
        self.assertEqual(
            self.chart("month")[:3],
            [("مرداد 1404", 1), ("شهریور 1404", 2), ("مهر 1404", 2)],
        )
        self.assertEqual(
            self.chart("quarter")[:2], [("تابستان 1404", 2), ("پاییز 1404", 2)]
        )
        self.assertEqual(self.chart("year")[:2], [("1404", 2), ("1405", 2)])

    def test_an_english_user_gets_stocks_chart(self):
        self.assertEqual(
            self.chart("month", lang="en_US")[:2],
            [("August 2025", 2), ("September 2025", 2)],
        )
        self.assertEqual(self.chart("year")[:1], [("2025", 2)])
