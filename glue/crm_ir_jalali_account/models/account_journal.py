from datetime import date, timedelta

import babel.dates

from odoo import fields, models
from odoo.tools import get_lang

from odoo.addons.crm_ir_base.tools import jalali_text
from odoo.addons.crm_ir_base.tools.jalali import to_jalali
from odoo.addons.crm_ir_jalali.models.date_format import date_style, with_digits

_LAST_WEEK, _LATER_WEEKS = 1, (3, 4)  # places in the graph of open invoices


class AccountJournal(models.Model):
    _inherit = "account.journal"

    def _get_bank_cash_graph_data(self):
        """Override: name the days, which stock names by Babel."""
        graphs = super()._get_bank_cash_graph_data()
        style = date_style(self.env)
        if style.jalali:
            for [graph] in graphs.values():
                for point in graph["values"]:
                    day = self._l10n_ir_day_of(point["name"])
                    for label, pattern in (("name", "d MMMM y"), ("x", "d MMMM")):
                        text = jalali_text.format_date(day, pattern, lang=style.lang)
                        point[label] = with_digits(text, style)
        return graphs

    def _l10n_ir_day_of(self, name):
        """The day that stock names "30 December 2026".

        Its year is the one that the week belongs to, which near New Year may be another
        than the day's: of the years that give this name, the nearest to today counts.
        """
        locale = get_lang(self.env).code
        months = babel.dates.get_month_names("wide", "stand-alone", locale)
        day, month, year = name.split(" ")
        month = next(number for number, text in months.items() if text == month)
        today = fields.Date.context_today(self)
        start = date(int(year), 1, 1) - timedelta(weeks=1)
        days = (start + timedelta(days=number) for number in range(366 + 14))
        named = [
            candidate
            for candidate in days
            if (candidate.month, candidate.day) == (month, int(day))
            and babel.dates.format_date(candidate, "Y", locale=locale) == year
        ]
        return min(named, key=lambda candidate: abs(candidate - today))

    def _get_sale_purchase_graph_data(self):
        """Override: name the weeks, which stock names by Gregorian days."""
        graphs = super()._get_sale_purchase_graph_data()
        style = date_style(self.env)
        if style.jalali:
            today = fields.Date.today()
            weekday = int(
                babel.dates.format_datetime(today, "e", locale=get_lang(self.env).code)
            )
            this_week = today - timedelta(days=weekday - 1)
            for [graph] in graphs.values():
                for place in (_LAST_WEEK, *_LATER_WEEKS):
                    start = this_week + timedelta(weeks=place - 2)
                    label = self._l10n_ir_week_label(start, style)
                    graph["values"][place]["label"] = label
        return graphs

    def _l10n_ir_week_label(self, start, style):
        end = start + timedelta(days=6)
        is_one_month = to_jalali(start).month == to_jalali(end).month
        first, last = (
            jalali_text.format_date(day, pattern, lang=style.lang)
            for day, pattern in (
                (start, "d" if is_one_month else "d MMMM"),
                (end, "d MMMM"),
            )
        )
        return with_digits(f"{first} - {last}", style)
