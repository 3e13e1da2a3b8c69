import csv
from collections import Counter
from functools import cache
from typing import NamedTuple

from odoo import models
from odoo.tools import SQL, file_open

from ..models.import_batch import CleanTable, ImportBatch
from ..tools import import_files
from ..tools.import_cleaning import header_key, is_iranian

_SAMPLE = 200  # rows that tell where a file comes from
_EXAMPLES_PER_COLUMN = 2
_SHOWN_PROBLEMS = 100


class File(NamedTuple):
    """What was read: rows of equal length, `titles` rows above them left out."""

    length: int
    rows: list
    titles: int


@cache
def _headers_by_field(res_model):
    """Persian column titles, by the field they belong to; a field may stand twice."""
    with file_open("crm_ir_base/data/import_headers.csv") as file:
        return [
            (row["field"], [header_key(title) for title in row["headers"].split(";")])
            for row in csv.DictReader(file)
            if row["model"] == res_model
        ]


class BaseImportImport(models.TransientModel):
    _inherit = "base_import.import"

    def parse_preview(self, options, count=10):
        """Override: propose to clean a file where it or its reader is Iranian.

        Adds ``crm_ir`` (see `crm_ir_preview`) to the result where it proposes.
        """
        is_expected = self._crm_ir_is_expected()
        if options.get("crm_ir_clean") is None:
            options["crm_ir_clean"] = is_expected
        preview = super().parse_preview(options, count)
        if "error" in preview:
            return preview
        rows = self._read_file(options)[1]
        if is_expected or is_iranian(cell for row in rows[:_SAMPLE] for cell in row):
            matches = preview["matches"] or {}
            paths = ["/".join(matches.get(index, ())) for index in range(len(rows[0]))]
            preview["crm_ir"] = self.crm_ir_preview(paths, options)
        return preview

    def crm_ir_preview(self, fields, options):
        """What an import with this mapping would clean, as the screen shows it.

        :param fields: field path of each column, empty for those left out
        :return: dict with ``cells`` (how many are cleaned), ``examples`` and ``problems``
            (row, column, …), ``problem_count`` (rows), ``duplicates`` (how many of these rows
            are known or repeated), ``dates`` and ``amounts`` (columns that offer a
            calendar or a unit) and ``titles`` (rows left out above the table)
        """
        self.ensure_one()
        preview = {
            "cells": 0, "examples": [], "problems": [], "problem_count": 0,
            "duplicates": 0, "dates": [], "amounts": [], "titles": 0,
        }  # fmt: skip
        if not options.get("crm_ir_clean") or not any(fields):
            return preview
        clean = self._crm_ir_clean(fields, options)
        number_of = self._crm_ir_row_numbers(options)
        shown = Counter()
        for change in clean.table.changes():
            preview["cells"] += 1
            shown[change.column] += 1
            if shown[change.column] <= _EXAMPLES_PER_COLUMN:
                preview["examples"].append(
                    {
                        "row": number_of(change.row),
                        "column": change.column.header,
                        "before": change.before[:100],
                        "after": change.after[:100],
                    }
                )
        problems = clean.table.problems
        preview["problem_count"] = len(problems)
        preview["problems"] = [
            {
                "row": number_of(row),
                "column": problem.column.header if problem.column else "",
                "message": clean.sentence(problem, number_of),
            }
            for row in sorted(problems)[:_SHOWN_PROBLEMS]
            for problem in problems[row]
        ]
        preview["duplicates"] = len(clean.known) + len(clean.earlier)
        headers = clean.reader.headers
        preview["dates"] = [
            {"index": index, "column": headers[index], **dates}
            for index, dates in clean.reader.calendars.items()
        ]
        preview["amounts"] = [
            {"index": index, "column": headers[index], **unit}
            for index, unit in clean.reader.units.items()
        ]
        preview["titles"] = self._crm_ir_file(options).titles
        return preview

    def execute_import(self, fields, columns, options, dryrun=False):
        """Override: where the file is cleaned, every row is accounted for.

        The result then has ``crm_ir``: how many rows were ``created`` and ``updated``, and
        all that were ``reported``, each with its number in the file, its cells and its
        problems. Unless the user chose to import the good rows, a problem anywhere keeps
        all of them out.
        """
        if not options.get("crm_ir_clean") or not any(fields):
            return super().execute_import(fields, columns, options, dryrun=dryrun)
        skip, limit = options.get("skip") or 0, options.get("limit")
        total = len(self._crm_ir_data(options))
        end = min(skip + limit, total) if limit else total
        clean = self._crm_ir_clean(fields, options, end)
        window = range(skip, end)
        batch = ImportBatch(clean, window, options.get("crm_ir_errors") != "report")
        last_id = self._crm_ir_last_id()
        result = super(
            BaseImportImport, self.with_context(crm_ir_import_batch=batch)
        ).execute_import(fields, columns, options, dryrun=dryrun)
        if "ids" not in result:
            return result
        number_of = self._crm_ir_row_numbers(options)
        result["crm_ir"] = batch.account(number_of, last_id)
        result["nextrow"] = end if end < total else 0
        result["name"] = []
        if batch.stop and result["crm_ir"]["reported"]:
            result["messages"] = self._crm_ir_messages(batch, number_of)
        for names in result.get("binary_filenames", {}).values():
            names[:] = [
                name
                for row, name in zip(batch.rows, names, strict=True)
                if row in batch.done
            ]
        return result

    def _crm_ir_messages(self, batch, number_of):
        """Problems in the form of stock's messages, so that it offers its remedies."""
        summary = self.env._(
            "%s rows have problems, see the list. Correct them in the file, or choose to "
            "import the other rows.",
            sum(row in batch.table.problems for row in batch.window),
        )
        messages = [{"type": "error", "message": summary}]
        for row, problem, message in batch.messages:
            number = number_of(row)
            sentence = batch.clean.sentence(problem, number_of)
            messages.append(
                dict(
                    message,
                    record=number,
                    rows={"from": number - 1, "to": number - 1},
                    message=self.env._(
                        "Row %(row)s: %(message)s", row=number, message=sentence
                    ),
                )
            )
        return messages

    def _convert_import_data(self, fields, options):
        """Override: rows that were cleaned already."""
        batch = self.env.context.get("crm_ir_import_batch")
        if not isinstance(batch, ImportBatch):
            return super()._convert_import_data(fields, options)
        return batch.data(), [path for path in fields if path]

    def _parse_float_from_data(self, data, index, name, options):
        """Override: numbers that were read already."""
        if isinstance(self.env.context.get("crm_ir_import_batch"), ImportBatch):
            return None
        return super()._parse_float_from_data(data, index, name, options)

    def _get_mapping_suggestions(self, headers, header_types, fields_tree):
        """Override: match Persian column titles by the table of synonyms.

        A match that the user saved wins, and so does a title that is not in the table but
        a field's own name.
        """
        suggestions = super()._get_mapping_suggestions(
            headers, header_types, fields_tree
        )
        synonyms = _headers_by_field(self.res_model)
        known = {title for _field, titles in synonyms for title in titles}
        importable = {field["name"] for field in fields_tree}
        keys = [header_key(header) for header in headers]
        certain = {
            index: suggestions[(index, header)]["field_path"]
            for index, header in enumerate(headers)
            if (suggestion := suggestions.get((index, header)))
            and suggestion.get("distance", -1) <= (-1 if keys[index] in known else 0)
        }
        own = {path[0] for path in certain.values()}
        for field, titles in synonyms:
            free = (i for title in titles for i, key in enumerate(keys) if key == title)
            index = next((i for i in free if i not in certain), None)
            if index is not None and field in importable - own:
                certain[index] = [field]
        taken = {path[0] for path in certain.values()}
        for index, header in enumerate(headers):
            if index in certain:
                suggestions[(index, header)] = {"field_path": certain[index]}
            elif (guess := suggestions.get((index, header))) and guess["field_path"][
                0
            ] in taken:
                del suggestions[(index, header)]
        return suggestions

    # --- reading ----------------------------------------------------------------------

    def _read_file(self, options):
        """Override: leave out titles above the table, and square ragged rows."""
        if not options.get("crm_ir_clean"):
            return super()._read_file(options)
        file = self._crm_ir_file(options)
        return file.length, file.rows

    def _read_csv(self, options):
        """Override: tell Windows-1256 from the code pages that chardet takes it for."""
        if options.get("crm_ir_clean") and not options.get("encoding"):
            options["encoding"] = import_files.guess_encoding(self.file or b"") or ""
        return super()._read_csv(options)

    def _crm_ir_file(self, options):
        """Read the file once in a transaction, however often it is asked for."""
        files = self.env.cr.cache.setdefault(self._name, {})
        names = ("encoding", "separator", "quoting", "sheet", "has_headers")
        key = (self.id, hash(self.file), *(options.get(name) for name in names))
        if key in files:
            return files[key]
        length, rows = super()._read_file(options)
        titles = 0
        if options.get("has_headers"):
            known = {
                title
                for _field, titles in _headers_by_field(self.res_model)
                for title in titles
            }
            titles = import_files.title_rows(rows, known)
        file = File(length, import_files.squared(rows[titles:]), titles)
        # reading fills in what the options left open
        key = (*key[:2], *(options.get(name) for name in names))
        files[key] = file
        return file

    def _crm_ir_data(self, options):
        return self._crm_ir_file(options).rows[bool(options.get("has_headers")) :]

    def _crm_ir_clean(self, fields, options, end=None):
        rows = self._crm_ir_file(options).rows
        headers = rows[0] if options.get("has_headers") else [""] * len(rows[0])
        data = self._crm_ir_data(options)[:end]
        clean = CleanTable(self.env[self.res_model], headers, data, fields, options)
        formulas = import_files.uncomputed_formulas(self.file, options.get("sheet"))
        if formulas:
            number_of = self._crm_ir_row_numbers(options)
            for row in range(len(data)):
                for column in clean.table.columns:
                    if (number_of(row), column.index + 1) in formulas:
                        clean.table.refuse(row, column, "formula")
        return clean

    def _crm_ir_row_numbers(self, options):
        """Return a function from a row's index to its number in the file.

        The file is only read for it when a number is asked for: clean files never are.
        """
        numbers = []

        def number_of(row):
            if not numbers:
                numbers.extend(import_files.row_numbers(self.file, options))
            above = self._crm_ir_file(options).titles + bool(options.get("has_headers"))
            return numbers[row + above]

        return number_of

    def _crm_ir_last_id(self):
        Model = self.env[self.res_model]
        query = SQL("SELECT max(id) FROM %s", SQL.identifier(Model._table))
        return self.env.execute_query(query)[0][0] or 0

    def _crm_ir_is_expected(self):
        return (self.env.lang or "").startswith("fa") or (
            self.env.company.country_id.code == "IR"
        )
