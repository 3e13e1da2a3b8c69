import logging
import time

import psycopg2
from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date, format_datetime

_logger = logging.getLogger(__name__)

# A request must end before the workers' time limit; what is left waits for the next.
MAX_SECONDS = 60

# A correction tells nobody that a meeting was moved, and its note replaces tracking.
SILENCE = {
    "dont_notify": True,
    "mail_notrack": True,
    "no_mail_to_attendees": True,
    "skip_attendee_notification": True,
}


class CrmIrDateChange(models.AbstractModel):
    """A value of one record that is, or was, replaced by another.

    Values are texts as PostgreSQL writes them (UTC for date-times): they are shown as
    they are stored, and a later search does not find them again.
    """

    _name = "crm.ir.date.change"
    _description = "Replaced Date"

    res_model = fields.Char("Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Record ID", model_field="res_model", required=True, readonly=True
    )
    field_name = fields.Char("Technical Name", required=True, readonly=True)
    key = fields.Char(
        readonly=True,
        help="Name of a property, or identifier of the company whose value it is.",
    )
    model_label = fields.Char("Document", readonly=True)
    res_name = fields.Char("Record", readonly=True)
    field_label = fields.Char("Field", readonly=True)
    old_value = fields.Char("Stored", required=True, readonly=True)
    new_value = fields.Char("Correct", readonly=True)
    reason = fields.Char(readonly=True)

    def action_open_record(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    def _apply(self, result):
        """Write the new values, and to the log what became of each.

        Each record is written alone, in a savepoint, so that one that refuses does not
        keep the others from it. Rows that are written, or changed meanwhile, are
        deleted; refused ones keep the reason. Stops after `MAX_SECONDS`.

        :param result: what the log says of values that were written
        :return: the log entries
        """
        self.check_access("read")
        deadline = time.monotonic() + MAX_SECONDS
        entries = []
        for rows in self.grouped(lambda row: (row.res_model, row.res_id)).values():
            if time.monotonic() > deadline:
                break
            try:
                with self.env.cr.savepoint():
                    outcome = rows._write_record(result)
            except psycopg2.OperationalError:
                raise  # the request is tried again
            except Exception as error:
                if not isinstance(error, UserError | psycopg2.IntegrityError):
                    _logger.warning("A date was not corrected.", exc_info=True)
                outcome = [("failed", row.new_value, str(error)) for row in rows]
            for row, (state, value, reason) in zip(rows, outcome, strict=True):
                entries.append(
                    row._copied()
                    | {
                        "old_value": row.old_value,
                        "new_value": value,
                        "result": state,
                        "reason": reason,
                    }
                )
                if state == "failed":
                    row.reason = reason
                else:
                    row.unlink()
        return self.env["crm.ir.date.repair"].sudo().create(entries)

    def _copied(self):
        names = (
            "res_model", "res_id", "field_name", "key",
            "model_label", "res_name", "field_label",
        )  # fmt: skip
        return {name: self[name] for name in names}

    def _write_record(self, result):
        record = self._get_record()
        record.lock_for_update(allow_referencing=True)
        kept = self.filtered(lambda row: row._read_stored() == row.old_value)
        kept._write_columns(record)
        kept._write_keys(record)
        record.flush_recordset()
        outcome, notes = [], []
        for row in self:
            value = row._read_stored()
            if row not in kept:
                reason = self.env._("The value was changed meanwhile.")
                outcome.append(("changed", value, reason))
            elif value == row.old_value:
                raise UserError(self.env._("The record did not take the new value."))
            else:
                outcome.append((result, value, False))
                notes.append(row._note(result, value))
        if notes and isinstance(record, self.pool["mail.thread"]):
            record._message_log(body=Markup("<br/>").join(notes))
        return outcome

    def _get_record(self):
        """The record, with the rights and in the company to write it."""
        row = self[:1]
        record = self.env[row.res_model].sudo().browse(row.res_id).exists()
        if not record:
            raise UserError(self.env._("The record was deleted."))
        if company := "company_id" in record._fields and record.company_id:
            record = record.with_company(company)
        return record.with_context(**SILENCE)

    def _write_columns(self, record):
        """Write all at once, for the sake of constraints between them.

        A value that follows from another one is left to its computation.
        """
        rows = self.filtered(lambda row: not row.key)
        if not rows:
            return
        following = {
            field.name
            for row in rows
            for field in self.pool.get_dependent_fields(record._fields[row.field_name])
            if field.model_name == record._name and field.name != row.field_name
        }
        first = rows.filtered(lambda row: row.field_name not in following) or rows
        record.write({row.field_name: row.new_value for row in first})
        record.flush_recordset()
        rest = (rows - first).filtered(lambda row: row._read_stored() == row.old_value)
        if rest:
            record.write({row.field_name: row.new_value for row in rest})

    def _write_keys(self, record):
        for row in self.filtered("key"):
            field = record._fields[row.field_name]
            if field.company_dependent:
                record.with_company(int(row.key)).write({field.name: row.new_value})
            else:
                record.flush_recordset()
                column = SQL.identifier(field.name)
                ((values,),) = self.env.execute_query(row._select(column))
                record.write({field.name: {**values, row.key: row.new_value}})

    def _read_stored(self):
        column = SQL.identifier(self.field_name)
        if self.key:
            value = SQL("%s->>%s", column, self.key)
        else:
            value = SQL("%s::text", column)
        ((stored,),) = self.env.execute_query(self._select(value))
        return stored

    def _select(self, value):
        table = SQL.identifier(self.env[self.res_model]._table)
        return SQL("SELECT %s FROM %s WHERE id = %s", value, table, self.res_id)

    def _note(self, result, value):
        """What people read at the record, in the language of who corrects."""
        if result == "undone":
            return self.env._(
                "The correction of %(field)s was undone: it is in the year %(year)s AD.",
                field=self.field_label,
                year=value[:4],
            )
        write = format_datetime if " " in value else format_date
        return self.env._(
            "%(field)s was stored in the year %(year)s AD; it is %(date)s.",
            field=self.field_label,
            year=self.old_value[:4],
            date=write(self.env, value),
        )
