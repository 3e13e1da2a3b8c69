import re

import psycopg2

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import email_normalize

from ..tools import phone
from ..tools.import_table import People, Person, clean_rows
from .import_columns import ColumnReader
from .import_messages import KEY_NAMES, MESSAGES

_PLAIN_EMAIL = re.compile(r"[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+")


def _email_key(email):
    """Return what stock's `email_normalized` would hold, faster in the usual case."""
    email = email.lower()
    return email if _PLAIN_EMAIL.fullmatch(email) else email_normalize(email)


class CleanTable:
    """Rows of a file as `model` takes them.

    `options` are those of the import screen, `paths` the field of each column or False.
    `table` holds cells and problems; `extra` what a row gets beside its cells (province,
    city and country as ids, a second phone), by row.
    """

    def __init__(self, model, headers, rows, paths, options):
        self.env = model.env
        self.model = model
        self.duplicates = options.get("crm_ir_duplicates") or "report"
        self.reader = ColumnReader(model, headers, rows, options)
        columns = [
            self.reader.column(index, path) for index, path in enumerate(paths) if path
        ]
        self.paths = {column.path for column in columns}
        self.table = clean_rows(columns, rows)
        self.extra = {}
        # row -> earlier row of the same person
        self.earlier = {}
        # row -> id of the record that is the same person
        self.known = {}
        self._refuse_unnamed(headers, rows, paths)
        self._place_rows()
        self._place_phones()
        self._check_doubts()
        self._find_repeats()

    def _refuse_unnamed(self, headers, rows, paths):
        """Cells beyond the last title: a separator in a text has moved the row."""
        named = max(
            (i for i, title in enumerate(headers) if str(title).strip()), default=-1
        )
        for row, cells in enumerate(rows) if named >= 0 else ():
            for cell, path in zip(cells[named + 1 :], paths[named + 1 :], strict=True):
                if cell and not path:
                    self.table.refuse(row, None, "unnamed", value=str(cell))
                    break

    def _place_rows(self):
        """Find province, city and country of each row, and leave foreign rows as written."""
        table, places, found = self.table, self.reader.places, {}
        placed = {"country_id", "state_id", "city"} & self.paths
        for row in range(len(table.values)) if placed else ():
            names = tuple(
                table.cell(row, path) for path in ("country_id", "state_id", "city")
            )
            if names not in found:
                found[names] = self._place(places, *names)
            values, is_foreign = found[names]
            if values:
                self.extra[row] = dict(values)
            if is_foreign:
                self._restore(row)

    def _place(self, places, country_name, state_name, city_name):
        country = places.country(country_name) if country_name else None
        is_foreign = bool(country_name) and getattr(country, "code", None) != "IR"
        values = {"country_id": country.id} if country else {}
        if is_foreign:
            return values, True
        state = places.state(state_name) if state_name else None
        if state:
            values |= {"state_id": state.id, "country_id": state.country_id.id}
        if (
            "city_id" in self.model._fields
            and "city_id" not in self.paths
            and city_name
        ):
            if city_id := places.city_id(city_name, state):
                values["city_id"] = city_id
        return values, False

    def _restore(self, row):
        """A row of another country keeps its phones and codes as they are written."""
        table = self.table
        for column in table.columns:
            if column.kind in ("phone", "code"):
                table.put(row, column.path, str(table.rows[row][column.index]).strip())
        table.more_phones.pop(row, None)
        table.doubts.pop(row, None)
        kept = [
            problem
            for problem in table.problems.pop(row, ())
            if not problem.column or problem.column.kind not in ("phone", "code")
        ]
        if kept:
            table.problems[row] = kept

    def _place_phones(self):
        """Give the second number of a cell to the second phone field, if it is free."""
        table = self.table
        for row, numbers_by_path in table.more_phones.items():
            for path, numbers in numbers_by_path.items():
                if (
                    path == "phone"
                    and "l10n_ir_phone2" in self.model._fields
                    and not table.cell(row, "l10n_ir_phone2")
                ):
                    self.extra.setdefault(row, {})["l10n_ir_phone2"] = numbers[0]
                    numbers = numbers[1:]
                if numbers:
                    column = next(c for c in table.columns if c.path == path)
                    table.refuse(row, column, "third_phone", value=", ".join(numbers))

    def _check_doubts(self):
        """Let the model judge the numbers that are not certainly right."""
        table = self.table
        for row, columns in table.doubts.items():
            if table.cell(row, "l10n_ir_kind"):
                continue  # what is right depends on it: judged at save
            for column in columns:
                if "/" in column.path:
                    continue
                values = {column.path: table.cell(row, column.path)}
                values["country_id"] = self.extra.get(row, {}).get("country_id")
                if error := self.model.new(values)._l10n_ir_number_error(column.path):
                    table.refuse(row, column, "sentence", message=error)

    def _find_repeats(self):
        if (
            self.duplicates == "create"
            or "l10n_ir_national_code" not in self.model._fields
        ):
            return
        if {"id", ".id"} & self.paths:
            return  # the file itself says who is who
        table, people, seen = self.table, People(), {}
        persons = {
            row: self._person(row)
            for row in range(len(table.values))
            if row not in table.problems
        }
        known = self._known_people(persons.values())
        for row, person in persons.items():
            if not person.keys:
                cells = tuple(table.values[row])
                other = seen.setdefault(cells, row)
                if other != row:
                    self._repeat(row, other, None)
                continue
            if match := people.find(person):
                self._repeat(row, match.other, match.key)
            elif match := known.find(person):
                self._know(row, *match)
            people.add(person, row)

    def _repeat(self, row, other, key):
        self.earlier[row] = other
        if self.duplicates == "update":
            return
        if not key:
            self.table.refuse(row, None, "repeated_row", other=other)
            return
        kind, value = key
        self.table.refuse(row, None, "repeated", other=other, kind=kind, value=value)

    def _know(self, row, record, key):
        kind, value = key
        self.known[row] = record.id
        if self.duplicates != "update":
            self.table.refuse(
                row, None, "known", name=record.display_name, kind=kind, value=value
            )

    def _person(self, row):
        table = self.table
        phones = [table.cell(row, "phone"), table.cell(row, "l10n_ir_phone2")]
        phones.append(self.extra.get(row, {}).get("l10n_ir_phone2"))
        mobiles = [
            number for number in phones if number and phone.kind(number) == "mobile"
        ]
        emails = [_email_key(table.cell(row, path)) for path in ("email", "email_from")]
        return self._person_of(
            table.cell(row, "l10n_ir_national_code"), mobiles, emails
        )

    def _person_of(self, code, phones, emails):
        return Person(
            frozenset({("code", code)} if code else ()),
            tuple(("phone", number) for number in phones if number)
            + tuple(("email", email) for email in emails if email),
        )

    def _known_people(self, persons):
        """Records that share a key with one of `persons`: one search per kind of key."""
        values = {}
        for person in persons:
            for kind, value in person.keys:
                values.setdefault(kind, set()).add(value)
        people = People()
        found = self.model.browse()
        for kind, keys in values.items():
            domain = self.model._l10n_ir_similarity_domain(kind, keys)
            if kind == "phone":
                # a number of an operator too new for stock has no sanitized form
                domain |= Domain("phone", "in", keys)
            found |= self.model.search(domain, order="id")
        for record in found:
            person = self._person_of(
                record.l10n_ir_national_code,
                [record.phone, record.phone_sanitized, record.l10n_ir_phone2],
                [record.email_normalized],
            )
            people.add(person, record)
        return people

    def sentence(self, problem, number_of):
        """Return the sentence for a problem; `number_of` gives a row its number."""
        values = dict(problem.values)
        if problem.reason == "sentence":  # of stock, translated already
            return values["message"]
        if "other" in values:
            values["other"] = number_of(values["other"])
        if "kind" in values:
            values["kind"] = self.env._(KEY_NAMES[values["kind"]])
        template = self.env._(MESSAGES[problem.reason])
        return template % values


class ImportBatch:
    """Loads the good rows of a window of a file, and keeps account of all of them.

    Passed in the context of an import, it takes the place of stock's all or nothing:
    `load` and `_load_records` of the imported model ask it. Rows are indexes in the file.
    """

    def __init__(self, clean, window, stop):
        self.clean = clean
        self.window = window
        self.stop = stop
        self.table = clean.table
        self.groups = self._groups()
        problems = self.table.problems
        self.rows = [
            row
            for group in self.groups
            if not any(member in problems for member in group)
            for row in group
        ]
        self.group_of = {row: group for group in self.groups for row in group}
        # row -> id of its record
        self.done = {}
        self.updated = set()
        self.warnings = []
        self.messages = []
        self._loading = []
        self._is_lost = False
        self._conflict = None

    def _groups(self):
        """Rows that make one record: a row, and those below with nothing but its lines."""
        fields, groups = self.clean.model._fields, []
        own = [
            place
            for place, column in enumerate(self.table.columns)
            if getattr(fields.get(column.path.split("/")[0]), "type", None)
            != "one2many"
        ]
        for row in self.window:
            values = self.table.values[row]
            if groups and any(values) and not any(values[place] for place in own):
                groups[-1].append(row)
            else:
                groups.append([row])
        return groups

    def data(self):
        """Cells for stock's `load`; what `extra` gives as an id needs no look-up."""
        data = []
        for row in self.rows:
            extra = self.clean.extra.get(row, ())
            data.append(
                [
                    "" if column.path in extra else cell
                    for column, cell in zip(
                        self.table.columns, self.table.values[row], strict=True
                    )
                ]
                if extra
                else list(self.table.values[row])
            )
        return data

    # --- stock's load -----------------------------------------------------------------

    def load(self, model, stock_load, fields, data):
        """Load `data`, which stands for `rows`, and isolate the rows that fail."""
        place = {row: index for index, row in enumerate(self.rows)}
        savepoint = model.env.cr.savepoint()
        for waiting in self._waves():
            while waiting:
                self._loading = waiting
                self._is_lost = False
                result = stock_load(fields, [data[place[row]] for row in waiting])
                if self._conflict:
                    raise self._conflict  # stock hides it, but the server knows to retry
                if result["ids"] is not False:
                    self.warnings += result["messages"]
                    break
                for row in waiting:
                    self.done.pop(row, None)
                refused = self._refuse(result["messages"])
                waiting = [row for row in waiting if row not in refused]
            for row in waiting:
                if row not in self.done and row not in self.table.problems:
                    self.table.refuse(row, None, "skipped")
        if self.stop and self.has_problems:
            savepoint.rollback()
            self.done.clear()
            self.updated.clear()
        savepoint.close(rollback=False)
        leaders = [group[0] for group in self.groups if group[0] in self.done]
        return {
            "ids": [self.done[row] for row in leaders] or False,
            "messages": [],
            "nextrow": 0,
        }

    def _waves(self):
        """Yield rows so that someone's second row comes after the first is a record."""
        wave_of = {}
        for row in self.rows:
            before = self.clean.earlier.get(row)
            wave_of[row] = wave_of.get(before, -1) + 1 if before is not None else 0
        for group in self.groups:
            for row in group[1:]:
                wave_of[row] = wave_of.get(group[0], 0)
        for wave in range(max(wave_of.values(), default=0) + 1):
            yield [row for row in self.rows if wave_of[row] == wave]

    def _refuse(self, messages):
        """Note the errors of a load that stock rolled back; return the rows they name."""
        refused = set()
        columns = {column.path: column for column in self.table.columns}
        for message in messages:
            if message["type"] != "error":
                continue
            rows = message.get("rows", {"from": 0, "to": len(self._loading) - 1})
            path = "/".join(message.get("field_path") or [message.get("field") or ""])
            column = columns.get(path)
            named = self._loading[rows["from"] : rows["to"] + 1]
            groups = [self.group_of[row] for row in named]
            for row in dict.fromkeys(member for group in groups for member in group):
                refused.add(row)
                if self._is_new(row, column, message["message"]):
                    self._note(row, column, message)
        return refused

    def _is_new(self, row, column, text):
        return not any(
            problem.column is column and problem.values.get("message") == text
            for problem in self.table.problems.get(row, ())
        )

    def _note(self, row, column, message):
        places = self.clean.reader.places
        index = {"state_id": places.states, "country_id": places.countries}.get(
            column.path if column else None
        )
        values = {"message": message["message"].rstrip(".")}
        place = places.suggest(index, message.get("value")) if index else None
        if place:
            values["suggestion"] = place.display_name
        reason = "suggestion" if place else "sentence"
        self.table.refuse(row, column, reason, **values)
        if column:
            self.messages.append((row, self.table.problems[row][-1], message))

    def watched(self, log):
        """Return `log` such that an error in it is known before stock creates anything.

        Stock rolls such a load back in the end: it need not be carried out.
        """

        def watched_log(message):
            self._is_lost = self._is_lost or message["type"] == "error"
            log(message)

        return watched_log

    # --- stock's _load_records --------------------------------------------------------

    def load_records(self, model, stock_load_records, data_list, update):
        """Create or update the records of `data_list`; leave out those that fail."""
        if self._is_lost:
            return model.browse()
        for data in data_list:
            self._aim(data)
        return self._load_apart(model, stock_load_records, data_list, update)

    def _load_apart(self, model, stock_load_records, data_list, update):
        # Copies, since a failed attempt may have changed the values.
        attempt = [dict(data, values=dict(data["values"])) for data in data_list]
        try:
            with model.env.cr.savepoint():
                records = stock_load_records(attempt, update)
        except psycopg2.OperationalError as error:
            self._conflict = error  # with another transaction
            raise
        except Exception as error:  # noqa: BLE001  # any failure belongs to its row
            if len(data_list) == 1:
                self._fail(model, data_list[0], error)
                return model.browse()
        else:
            for data in attempt:
                rows = data["info"]["rows"]
                for row in self._loading[rows["from"] : rows["to"] + 1]:
                    self.done[row] = data["record"].id
            return records
        # Parts of the square root: few failures cost about two more attempts in all.
        size = max(1, int(len(data_list) ** 0.5))
        parts = (data_list[i : i + size] for i in range(0, len(data_list), size))
        return model.concat(
            *(
                self._load_apart(model, stock_load_records, part, update)
                for part in parts
            )
        )

    def _fail(self, model, data, error):
        if isinstance(error, psycopg2.Error):
            message = model._sql_error_to_message(error)
        elif isinstance(error, UserError):
            message = str(error)
        else:
            message = f"{type(error).__name__}: {error}"
        rows = data["info"]["rows"]
        for row in self._loading[rows["from"] : rows["to"] + 1]:
            self.table.refuse(row, None, "sentence", message=message)

    def _aim(self, data):
        """Complete the values of a row, and turn it to the record it updates."""
        row = self._loading[data["info"]["rows"]["from"]]
        values = data["values"]
        values.update(self.clean.extra.get(row, {}))
        record_id = self._target(row)
        if record_id:
            values["id"] = record_id
            # an empty cell says nothing, so it erases nothing
            for place, column in enumerate(self.table.columns):
                name = column.path.split("/")[0]
                if not self.table.values[row][place] and values.get(name) is False:
                    values.pop(name)
        if record_id or self._is_later(row):
            self.updated.add(row)

    def _target(self, row):
        earlier = self.clean.earlier.get(row)
        while earlier is not None:
            if earlier in self.done:
                return self.done[earlier]
            row, earlier = earlier, self.clean.earlier.get(earlier)
        return self.clean.known.get(row)

    def _is_later(self, row):
        """Whether an earlier window, rolled back by a test, held the same person."""
        earlier = self.clean.earlier.get(row)
        return earlier is not None and earlier < self.window.start

    # --- the account ------------------------------------------------------------------

    @property
    def has_problems(self):
        return any(row in self.table.problems for row in self.window)

    def account(self, number_of, last_id):
        """Return how many rows were created and updated, and all that were not.

        `last_id` is the highest id before the import: what a file names by its own ids may
        be old or new.
        """
        reported = []
        for group in self.groups:
            problems = [
                (row, p) for row in group for p in self.table.problems.get(row, ())
            ]
            if group[0] in self.done and not problems:
                continue
            reported += [self._reported(row, problems, number_of) for row in group]
        updated = sum(
            row in self.updated or record_id <= last_id
            for row, record_id in self.done.items()
        )
        return {
            "rows": len(self.window),
            "created": len(self.done) - updated,
            "updated": updated,
            "reported": [row for row in reported if row["problems"] or not self.stop],
            "warnings": list(dict.fromkeys(w["message"] for w in self.warnings)),
        }

    def _reported(self, row, problems, number_of):
        return {
            "row": number_of(row),
            "cells": [str(cell) for cell in self.table.rows[row]],
            "problems": [
                {
                    "column": problem.column.header if problem.column else "",
                    "message": self.clean.sentence(problem, number_of),
                }
                for _row, problem in problems
            ],
        }
