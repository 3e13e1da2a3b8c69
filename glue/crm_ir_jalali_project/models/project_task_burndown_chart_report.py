from odoo import models
from odoo.tools import SQL

from odoo.addons.crm_ir_jalali.models.base import JalaliGroup

# Each Jalali period holds the start of exactly one Gregorian one; so many days after
# its own start that has passed.
_DAYS = {"month": 20, "quarter": 20, "year": 300}


class ProjectTaskBurndownChartReport(models.AbstractModel):
    _inherit = "project.task.burndown.chart.report"

    def _read_group_groupby(self, alias, groupby_spec, query):
        """Override: the chart's own query steps through the periods it is grouped by.

        It makes a row for every period from one start to another, in steps of a
        Gregorian month, quarter or year. To count Jalali periods so, the Gregorian
        start within a period stands for it.
        """
        _path, _colon, period = groupby_spec.partition(":")
        chart = self.env.context.get("project_task_burndown_chart_report_groupby", ())
        if (
            period not in _DAYS
            or isinstance(groupby_spec, JalaliGroup)
            or not any(isinstance(spec, JalaliGroup) for spec in chart)
        ):
            return super()._read_group_groupby(alias, groupby_spec, query)
        return SQL(
            "date_trunc(%s, %s + %s * INTERVAL '1 day')",
            period,
            super()._read_group_groupby(alias, JalaliGroup(groupby_spec), query),
            _DAYS[period],
        )
