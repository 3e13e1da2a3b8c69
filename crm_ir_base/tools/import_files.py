"""Files as they come: encodings, titles above the table, where a row stands."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence

import openpyxl
from lxml import etree

from .import_cleaning import header_key

_MOST_TITLES = 10
_MOST_ROWS = 1_048_576
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_WORD_1256 = re.compile(rb"[\x80-\xff]{3,}")
# What Cyrillic and Western code pages put where Windows-1256 has letters of French.
_FRENCH = re.compile("[àâçèéêëîïôùûü]")
_FORMULA = re.compile(rb"<f[ >/]")


def guess_encoding(content: bytes) -> str | None:
    """Return "utf-8" or "windows-1256" where a text is certainly one of them.

    Old Persian programs save Windows-1256, which chardet takes for Cyrillic or worse.
    """
    if content.startswith(_BOMS):
        return None
    try:
        content.decode()
    except UnicodeDecodeError:
        words = b" ".join(_WORD_1256.findall(content)).decode("windows-1256", "replace")
        foreign = len(_FRENCH.findall(words))
        return "windows-1256" if words and foreign * 50 < len(words) else None
    return "utf-8"


def title_rows(rows: Sequence[Sequence[object]], known_headers: set[str]) -> int:
    """Return how many rows stand above the column titles.

    Only rows with a single filled cell (a merged title, a date of issue) are passed over,
    and only where two known column titles follow.
    """
    for number, row in enumerate(rows[:_MOST_TITLES]):
        filled = [cell for cell in row if isinstance(cell, str) and cell.strip()]
        if len({header_key(cell) for cell in filled} & known_headers) >= 2:
            return number
        if len(filled) > 1:
            break
    return 0


def squared(rows: Sequence[list]) -> Sequence[list]:
    """Return rows of one length, that of the longest: nothing hangs over."""
    width = max(map(len, rows), default=0)
    if all(len(row) == width for row in rows):
        return rows
    return [row + [""] * (width - len(row)) for row in rows]


def _is_filled(row: Sequence[object]) -> bool:
    return any(str(cell).strip() for cell in row if cell is not None)


def _csv_rows(content: bytes, options: dict) -> Iterator[Sequence[object]]:
    text = io.StringIO(content.decode(options["encoding"]))
    return csv.reader(
        text, quotechar=options["quoting"], delimiter=options.get("separator") or ","
    )


def _xlsx_rows(content: bytes, options: dict) -> Iterator[Sequence[object]]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    return book[options["sheet"]].iter_rows(values_only=True)


def _xls_rows(content: bytes, options: dict) -> Iterator[Sequence[object]]:
    import xlrd  # noqa: PLC0415  # declared by Odoo, needed for this old format alone

    sheet = xlrd.open_workbook(file_contents=content).sheet_by_name(options["sheet"])
    return (sheet.row_values(row) for row in range(sheet.nrows))


def _ods_rows(content: bytes, options: dict) -> Iterator[Sequence[object]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        spreadsheet = etree.fromstring(
            archive.read("content.xml"), etree.XMLParser(resolve_entities=False)
        )
    tables = spreadsheet.iter(_TABLE + "table")
    table = next(t for t in tables if t.get(_TABLE + "name") == options["sheet"])
    for row in table.iter(_TABLE + "table-row"):
        texts = ["".join(cell.itertext()) for cell in row]
        times = (
            int(row.get(_TABLE + "number-rows-repeated", 1)) if not any(texts) else 1
        )
        yield from [texts] * min(times, _MOST_ROWS)


def _zip_rows(content: bytes, options: dict) -> Iterator[Sequence[object]]:
    is_ods = content[30:].startswith(b"mimetypeapplication/vnd.oasis")
    return (_ods_rows if is_ods else _xlsx_rows)(content, options)


_ROWS: tuple[tuple[bytes, Callable[[bytes, dict], Iterator[Sequence[object]]]], ...] = (
    (b"PK", _zip_rows),
    (b"\xd0\xcf\x11\xe0", _xls_rows),
    (b"", _csv_rows),
)


def row_numbers(content: bytes, options: dict) -> list[int]:
    """Return the numbers, from 1 as a spreadsheet counts, of the rows that are not empty.

    `options` are those of Odoo's import after it has read the file (encoding, separator,
    quoting, sheet).
    """
    read = next(reader for magic, reader in _ROWS if content.startswith(magic))
    rows = enumerate(read(content, options), start=1)
    return [number for number, row in rows if _is_filled(row)]


def uncomputed_formulas(content: bytes, sheet: str) -> set[tuple[int, int]]:
    """Return where an xlsx file holds a formula without a result: (row, column) from 1.

    Programs that write formulas leave the result to Excel; unless someone opened and saved
    the file, readers find such cells empty.
    """
    if not content.startswith(b"PK"):
        return set()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [
            name for name in archive.namelist() if name.startswith("xl/worksheets/")
        ]
        if not any(_FORMULA.search(archive.read(name)) for name in sheets):
            return set()
    books = [
        openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=data_only)
        for data_only in (False, True)
    ]
    formulas, results = (book[sheet].iter_rows() for book in books)
    return {
        (formula.row, formula.column)
        for formula_row, result_row in zip(formulas, results, strict=True)
        for formula, result in zip(formula_row, result_row, strict=True)
        if formula.data_type == "f" and result.value is None
    }
