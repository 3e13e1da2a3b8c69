from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.crm_ir_base.tools import jalali

MIN_YEAR, MAX_YEAR = 1200, 1500
FIRST, END = f"{MIN_YEAR}-01-01", f"{MAX_YEAR + 1}-01-01"
_MINUTE = timedelta(minutes=1)

# Values of these years in a column of JSON: properties, and a value for each company.
_JSON_PATH = '$.* ? (@ like_regex "^(1[2-4][0-9]{2}|1500)-[0-9]{2}-[0-9]{2}")'

# What tracking wrote is a history of what people saw, not a date somebody relies on.
_HISTORY = {"mail.tracking.value"}


def typed(stored: datetime, zone: ZoneInfo) -> datetime:
    """The time on the clock that a person typed in stock Odoo.

    Browsers know the local mean time of those years, Tehran's is +03:25:44, but their
    Date.getTimezoneOffset, which luxon asks, has whole minutes: +03:25.
    """
    offset = stored.replace(tzinfo=timezone.utc).astimezone(zone).utcoffset()
    return stored + int(offset / _MINUTE) * _MINUTE


def meant(day: date) -> date:
    """The day whose Jalali name is stored as if it were Gregorian.

    Raises JalaliError for one that is no Jalali day, such as 31 Mehr.
    """
    return jalali.to_gregorian(day.year, day.month, day.day)


class CrmIrDateRepairFinding(models.TransientModel):
    """A stored date of the years 1200 to 1500 AD, and the one that was meant.

    Stock Odoo takes 1404/07/18 for a day of the Middle Ages.
    """

    _name = "crm.ir.date.repair.finding"
    _inherit = ["crm.ir.date.change"]
    _description = "Date to Repair"
    _order = "res_model, field_name, res_id"

    day = fields.Date("Meant", readonly=True)
    time_of_day = fields.Char("Time", readonly=True)
    tz = fields.Char("Time Zone", readonly=True)

    @api.model
    def action_find(self):
        """Search all dates of the database and show what was found."""
        self.check_access("read")
        self.sudo().search([("create_uid", "=", self.env.uid)]).unlink()
        self.env.flush_all()
        findings = self.sudo().create(list(self._find()))
        if not findings:
            return {
                "type": "ir.actions.client",
                "tag": "display_notification",
                "params": {
                    "type": "success",
                    "message": self.env._(
                        "No date of the years %(first)s to %(last)s AD is stored.",
                        first=MIN_YEAR,
                        last=MAX_YEAR,
                    ),
                },
            }
        return self.env["ir.actions.act_window"]._for_xml_id(
            "crm_ir_jalali.crm_ir_date_repair_finding_action"
        )

    def action_correct(self):
        """Correct the chosen dates; what is refused stays, with the reason."""
        self.check_access("read")
        return self.sudo().filtered("new_value")._apply("corrected")._notify()

    @api.model
    def _find(self) -> Iterator[dict[str, Any]]:
        """Values of findings: one query per table, whose indexes serve it."""
        for model in self.sudo().env.values():
            if (
                model._auto
                and not model._abstract
                and not model._transient
                and model._name not in _HISTORY
            ):
                yield from self._find_in(model)

    def _find_in(self, model):
        columns = {
            field: _test(field)
            for field in model._fields.values()
            if _is_typed(field) and _test(field)
        }
        if not columns:
            return
        writer = SQL("write_uid") if model._log_access else SQL("NULL")
        rows = self.env.execute_query(
            SQL(
                "SELECT id, %s, %s FROM %s WHERE %s ORDER BY id",
                writer,
                SQL(", ").join(
                    SQL("CASE WHEN %s THEN %s END", test, _value(field))
                    for field, test in columns.items()
                ),
                SQL.identifier(model._table),
                SQL(" OR ").join(columns.values()),
            )
        )
        records = model.browse(row[0] for row in rows)
        for record, (_id, writer_id, *values) in zip(records, rows, strict=True):
            tz = self.env["res.users"].browse(writer_id).sudo().tz or self.env.user.tz
            found = zip(columns, values, strict=True)
            for field, value in filter(itemgetter(1), found):
                for key, label, text, kind in _dates(record, field, value):
                    yield {
                        "res_model": model._name,
                        "res_id": record.id,
                        "field_name": field.name,
                        "key": key,
                        "model_label": self.env["ir.model"]._get(model._name).name,
                        "res_name": record.display_name,
                        "field_label": label,
                        **self._interpret(text, kind, tz),
                    }

    def _interpret(self, text, kind, tz):
        values = {"old_value": text}
        zone = ZoneInfo(tz or "UTC")
        if kind == "datetime":
            local = typed(fields.Datetime.to_datetime(text), zone)
            values |= {"time_of_day": f"{local:%H:%M:%S}", "tz": zone.key}
        else:
            local = fields.Date.to_date(text)
        try:
            day = meant(local)
        except jalali.JalaliError:
            return values | {"reason": self.env._("There is no such Jalali date.")}
        new_value = day
        if kind == "datetime":
            moment = datetime.combine(day, local.time(), zone)
            new_value = moment.astimezone(timezone.utc).replace(tzinfo=None)
        return values | {"day": day, "new_value": str(new_value)}


def _is_typed(field):
    """Whether people type it: what is only computed follows its source."""
    return (
        field.store
        and field.name not in models.LOG_ACCESS_COLUMNS
        and not (field.compute and field.readonly)
    )


def _is_keyed(field):
    return field.type == "properties" or field.company_dependent


def _test(field):
    """Condition on the column of a field that may hold such dates; None for others."""
    column = SQL.identifier(field.name)
    if field.type not in ("date", "datetime", "properties"):
        return None
    if _is_keyed(field):
        return SQL("jsonb_path_exists(%s, %s)", column, _JSON_PATH)
    return SQL("(%s >= %s AND %s < %s)", column, FIRST, column, END)


def _value(field):
    column = SQL.identifier(field.name)
    return column if _is_keyed(field) else SQL("%s::text", column)


def _dates(record, field, value):
    """Dates in a column that passed its test: key within it, label, text and type."""
    label = field._description_string(record.env)
    if field.type == "properties":
        parts = {
            definition["name"]: (definition["string"], definition["type"])
            for definition in record.read([field.name])[0][field.name]
        }
    elif _is_keyed(field):
        companies = record.env["res.company"].browse(map(int, value)).exists()
        parts = {str(company.id): (company.name, field.type) for company in companies}
    else:
        yield False, label, value, field.type
        return
    for key, (part, kind) in parts.items():
        text = value.get(key)
        if kind in ("date", "datetime") and text and FIRST <= text < END:
            yield key, f"{label}: {part}", text, kind
