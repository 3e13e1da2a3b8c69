from odoo import api, fields, models

MORNING, AFTERNOON = (8, 12), (13, 17)
SATURDAY_TO_WEDNESDAY = "56012"

# Weekdays as in resource.calendar.attendance, with their hours. The Labour Law (articles
# 51 and 62) allows 44 hours a week and asks for Friday off; offices of the state have
# worked 40 and 42.5 hours.
WEEKS = {
    "half_thursday_44": [
        (SATURDAY_TO_WEDNESDAY, [MORNING, AFTERNOON]),
        ("3", [MORNING]),
    ],
    "thursday_44": [(SATURDAY_TO_WEDNESDAY + "3", [MORNING, (13, 16 + 1 / 3)])],
    "wednesday_40": [(SATURDAY_TO_WEDNESDAY, [MORNING, AFTERNOON])],
    "wednesday_42": [(SATURDAY_TO_WEDNESDAY, [(7, 12), (12.5, 16)])],
}


class CrmIrWorkingHours(models.TransientModel):
    _name = "crm.ir.working.hours"
    _description = "Working Hours Usual in Iran"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    week = fields.Selection(
        [
            (
                "half_thursday_44",
                "Saturday to Wednesday and Thursday morning, 44 hours",
            ),
            ("thursday_44", "Saturday to Thursday, 44 hours"),
            ("wednesday_40", "Saturday to Wednesday, 40 hours"),
            ("wednesday_42", "Saturday to Wednesday, 42.5 hours"),
        ],
        required=True,
        default="half_thursday_44",
    )
    is_default = fields.Boolean(
        "Use for the Company",
        default=True,
        help="Make them the working hours of the company, by which new employees work "
        "and calendars show closed days.",
    )

    def action_create(self):
        """Add the working hours, unless the company has them, and open them."""
        self.ensure_one()
        calendars = self.env["resource.calendar"]
        name = dict(self._fields["week"]._description_selection(self.env))[self.week]
        calendar = calendars.search(
            [("name", "=", name), ("company_id", "=", self.company_id.id)], limit=1
        ) or calendars.create(self._prepare_calendar(name))
        if self.is_default:
            self.company_id.resource_calendar_id = calendar
        return calendar.get_formview_action()

    def _prepare_calendar(self, name):
        attendances = [
            values
            for days, spans in WEEKS[self.week]
            for values in self._week(days, spans)
        ]
        hours = sum(
            values["hour_to"] - values["hour_from"]
            for values in attendances
            if values["day_period"] != "lunch"
        )
        return {
            "name": name,
            "company_id": self.company_id.id,
            "tz": "Asia/Tehran",
            "full_time_required_hours": hours,
            "attendance_ids": [fields.Command.create(values) for values in attendances],
        }

    @api.model
    def _week(self, days, spans):
        attendances = self.env["resource.calendar.attendance"]
        labels = {
            field: dict(attendances._fields[field]._description_selection(self.env))
            for field in ("dayofweek", "day_period")
        }
        periods = [("morning", *spans[0])]
        if len(spans) > 1:
            periods += [("lunch", spans[0][1], spans[1][0]), ("afternoon", *spans[1])]
        return [
            {
                "name": f"{labels['dayofweek'][day]} {labels['day_period'][period]}",
                "dayofweek": day,
                "day_period": period,
                "hour_from": start,
                "hour_to": end,
                # Saturday first
                "sequence": 10 + (int(day) + 2) % 7,
            }
            for day in days
            for period, start, end in periods
        ]
