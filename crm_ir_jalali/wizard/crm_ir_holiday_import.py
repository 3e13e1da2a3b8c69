import base64
from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.crm_ir_base.tools import jalali

from ..tools import holidays


class CrmIrHolidayImport(models.TransientModel):
    _name = "crm.ir.holiday.import"
    _description = "Import of Public Holidays"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    calendar_id = fields.Many2one(
        "resource.calendar",
        "Working Hours",
        check_company=True,
        domain="[('company_id', 'in', [company_id, False])]",
        help="Leave empty where the holidays hold for all working hours of the company.",
    )
    source = fields.Selection(
        [("official", "Official Holidays of Iran"), ("file", "My Own File")],
        required=True,
        default="official",
    )
    year_from = fields.Selection(
        "_select_year", "From Year", default=lambda self: self._default_year()
    )
    year_to = fields.Selection(
        "_select_year", "To Year", default=lambda self: self._select_year()[-1][0]
    )
    file = fields.Binary(
        "CSV File",
        help="A Jalali date and a name in each line, for example: "
        "1407/01/13, Nature's Day",
    )
    filename = fields.Char()

    @api.model
    def _select_year(self):
        return [(str(year), str(year)) for year in holidays.shipped_years()]

    @api.model
    def _default_year(self):
        years = holidays.shipped_years()
        this_year = jalali.to_jalali(fields.Date.context_today(self)).year
        return str(min(max(this_year, years[0]), years[-1]))

    def action_import(self):
        """Add the holidays that are not there yet; those that are stay as they are."""
        self.ensure_one()
        found = self._read_holidays()
        added = self._add(found)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "%(added)s holidays added, %(there)s were there already.",
                    added=len(added),
                    there=len(found) - len(added),
                ),
                "next": self.env["ir.actions.act_window"]._for_xml_id(
                    "crm_ir_jalali.action_public_holidays"
                ),
            },
        }

    def _read_holidays(self):
        if self.source == "file":
            return self._read_file()
        first, last = int(self.year_from), int(self.year_to)
        if first > last:
            raise UserError(self.env._("The first year is after the last one."))
        lang = self.env["res.lang"]._date_style().lang
        return [
            holiday
            for year in range(first, last + 1)
            for holiday in holidays.read_shipped(year, lang)
        ]

    def _read_file(self):
        if not self.file:
            raise UserError(self.env._("Choose a file."))
        try:
            text = base64.b64decode(self.file).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise UserError(
                self.env._("Save the file as CSV in UTF-8 and choose it again.")
            ) from error
        try:
            return holidays.read_csv(text)
        except holidays.HolidayFileError as error:
            raise UserError(
                "\n".join(self._explain(problem) for problem in error.problems)
            ) from error

    def _explain(self, problem):
        values = {"line": problem.line, "value": problem.value}
        match problem.reason:
            case "date":
                return self.env._(
                    "Line %(line)s: “%(value)s” is not a Jalali date.", **values
                )
            case "name":
                return self.env._("Line %(line)s: the name is missing.", **values)
            case "again":
                return self.env._(
                    "Line %(line)s: the day of line %(value)s again; write both names "
                    "in one line.",
                    **values,
                )

    def _add(self, found):
        """Create what neither its name nor a closed day shows to be there."""
        self = self.with_company(self.company_id)
        there = self.env["resource.calendar.leaves"].search(
            [
                ("resource_id", "=", False),
                ("company_id", "=", self.company_id.id),
                ("calendar_id", "in", [False, self.calendar_id.id]),
            ]
        )
        keys = set(there.mapped("l10n_ir_holiday"))
        closed = [(leave.date_from, leave.date_to) for leave in there]
        added = []
        for holiday in found:
            start, end = self._bounds(holiday.day)
            is_closed = any(first <= start and end <= last for first, last in closed)
            if holiday.key in keys or is_closed:
                continue
            added.append(
                {
                    "name": holiday.name,
                    "calendar_id": self.calendar_id.id,
                    "date_from": start,
                    "date_to": end,
                    "l10n_ir_holiday": holiday.key,
                    "l10n_ir_estimated": holiday.estimated,
                }
            )
        # Who may use this screen may close days; hr_holidays wants to see employees too.
        leaves = self.env["resource.calendar.leaves"].sudo().create(added)
        # Stock takes the company of whoever reads it first.
        leaves.company_id = self.company_id
        return leaves

    def _bounds(self, day):
        """First and last second of a day in the working hours' time zone, in UTC."""
        calendar = self.calendar_id or self.company_id.resource_calendar_id
        zone = pytz.timezone(calendar.tz or "Asia/Tehran")
        start, after = (
            zone.localize(datetime.combine(midnight, time.min))
            .astimezone(pytz.utc)
            .replace(tzinfo=None)
            for midnight in (day, day + timedelta(days=1))
        )
        return start, after - timedelta(seconds=1)
