from odoo import api, models
from odoo.tools.misc import get_lang

from odoo.addons.crm_ir_base.tools import jalali_text

from ..tools import workbook
from ..tools.workbook import Table


class CrmIrCustomerStat(models.Model):
    # one file for each thing that is told of a customer
    _inherit = "crm.ir.customer.stat"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def action_workbook(self):
        return {
            "type": "ir.actions.act_url",
            "url": "/crm_ir_loyalty/workbook",
            "target": "download",
        }

    @api.model
    def _workbook(self, company):
        """An .xlsx of the customers of a company, by what the user may see."""
        tables = [
            self._workbook_groups(company, "segment", self.env._("Segments")),
            self._workbook_groups(company, "lifecycle", self.env._("Lifecycle")),
            self._workbook_months(company),
            *self._workbook_cohorts(company),
        ]
        right_to_left = get_lang(self.env).direction == "rtl"
        return workbook.build(tables, right_to_left)

    def _workbook_groups(self, company, field, title):
        names = dict(self._fields[field]._description_selection(self.env))
        found = {
            key: figures
            for key, *figures in self._read_group(
                [("company_id", "=", company.id), (field, "!=", False)],
                [field],
                ["__count", "frequency:sum", "monetary:sum", "value:sum"],
            )
        }
        return Table(
            title,
            [
                title,
                self.env._("Customers"),
                self.env._("Purchase Days"),
                self.env._("Net Purchases"),
                self.env._("Expected Value"),
            ],
            [(names[key], *found[key]) for key in names if key in found],
            "column",
        )

    def _workbook_months(self, company):
        rows = self.env["crm.ir.customer.cohort"]._read_group(
            [("company_id", "=", company.id), ("month_offset", "=", 0)],
            ["cohort:day"],
            ["customers:sum", "revenue:sum"],
            order="cohort:day",
        )
        return Table(
            self.env._("New Customers"),
            [
                self.env._("Month"),
                self.env._("New Customers"),
                self.env._("Net Purchases"),
            ],
            [(self._workbook_month(company, day), *rest) for day, *rest in rows],
            "column",
        )

    def _workbook_cohorts(self, company):
        cells = self.env["crm.ir.customer.cohort"].search_fetch(
            [("company_id", "=", company.id)],
            ["cohort", "month_offset", "retention", "revenue"],
        )
        width = max(cells.mapped("month_offset"), default=0) + 1
        for field, title, shares in (
            ("retention", self.env._("Retention"), True),
            ("revenue", self.env._("Revenue by Cohort"), False),
        ):
            rows = []
            for day, month in cells.grouped("cohort").items():
                row = [None] * width
                for cell in month:
                    row[cell.month_offset] = cell[field]
                rows.append((self._workbook_month(company, day), *row))
            yield Table(
                title,
                [self.env._("Month of First Purchase"), *map(str, range(width))],
                rows,
                "line" if shares else "",
                shares,
            )

    def _workbook_month(self, company, day):
        if company.l10n_ir_cohort_calendar != "jalali":
            return f"{day:%Y-%m}"
        persian = get_lang(self.env).code.startswith("fa")
        return jalali_text.format_date(day, "MMMM yyyy", lang="fa" if persian else "en")
