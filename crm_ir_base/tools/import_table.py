"""Rows of a file as they are imported: cleaned cells, problems and repeated people."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from .import_cleaning import CellError

Cell = str | date

# Cells of a kind that stock import reads as well: a plain one is not counted as cleaned.
_READ_BY_STOCK = {"number", "date"}


@dataclass(frozen=True)
class Column:
    """A column of the file and the field it goes to.

    `clean` takes a cell that is not empty; that of kind "phone" returns a list of numbers.
    `is_valid`, if given, tells whether a cleaned cell is beyond doubt.
    """

    index: int
    header: str
    path: str
    kind: str
    clean: Callable[[Cell], Any]
    is_valid: Callable[[str], bool] | None = None


class Problem(NamedTuple):
    """What keeps a row out, in the file's own terms; `column` is None for the row."""

    column: Column | None
    reason: str
    values: Mapping[str, Any]


class Change(NamedTuple):
    row: int
    column: Column
    before: str
    after: str


@dataclass
class Table:
    """Cleaned rows: `values` in the order of `columns`, everything else by row index.

    `more_phones` are the further numbers of a cell, `doubts` the columns whose cell
    `is_valid` refused.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    values: list[list[Cell]]
    problems: dict[int, list[Problem]] = field(default_factory=dict)
    more_phones: dict[int, dict[str, list[str]]] = field(default_factory=dict)
    doubts: dict[int, list[Column]] = field(default_factory=dict)

    def refuse(
        self, row: int, column: Column | None, reason: str, **values: Any
    ) -> None:
        self.problems.setdefault(row, []).append(Problem(column, reason, values))

    def cell(self, row: int, path: str) -> Cell:
        """Return the cleaned cell of the first column that goes to `path`, or ""."""
        place = self._places.get(path)
        return "" if place is None else self.values[row][place]

    def put(self, row: int, path: str, value: Cell) -> None:
        self.values[row][self._places[path]] = value

    def __post_init__(self) -> None:
        self._places = {
            column.path: place for place, column in reversed([*enumerate(self.columns)])
        }

    def changes(self) -> Iterator[Change]:
        """Yield the cells that are imported otherwise than they stand in the file."""
        refused = {(row, p.column) for row, ps in self.problems.items() for p in ps}
        for place, column in enumerate(self.columns):
            for row, cells in enumerate(self.rows):
                before, after = cells[column.index], self.values[row][place]
                if (
                    not isinstance(before, str)
                    or before == after
                    or (row, column) in refused
                ):
                    continue
                if column.kind in _READ_BY_STOCK and before.isascii():
                    if column.kind == "number" or before[:2] not in ("13", "14"):
                        continue
                numbers = [
                    str(after),
                    *self.more_phones.get(row, {}).get(column.path, []),
                ]
                yield Change(row, column, before, ", ".join(numbers))


def clean_rows(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> Table:
    """Clean every mapped cell; a row with none filled is a problem of its own."""
    table = Table(columns, rows, [[""] * len(columns) for _row in rows])
    values = table.values
    for place, column in enumerate(columns):
        cleaned: dict[Cell, Any] = {"": ""}
        doubtful: dict[Cell, bool] = {}
        index, clean, is_valid = column.index, column.clean, column.is_valid
        for row, cells in enumerate(rows):
            cell = cells[index]
            try:
                value = cleaned[cell]
            except KeyError:
                value = cleaned[cell] = _outcome(clean, cell)
            if isinstance(value, CellError):
                table.refuse(row, column, value.reason, **value.values)
                continue
            if isinstance(value, list):
                if len(value) > 1:
                    table.more_phones.setdefault(row, {})[column.path] = value[1:]
                value = value[0] if value else ""
            values[row][place] = value
            if is_valid and value:
                if value not in doubtful:
                    doubtful[value] = not is_valid(value)
                if doubtful[value]:
                    table.doubts.setdefault(row, []).append(column)
    for row, cells in enumerate(values):
        if not any(cells) and row not in table.problems:
            table.refuse(row, None, "empty_row")
    return table


def _outcome(clean: Callable[[Cell], Any], cell: Cell) -> Any:
    try:
        return clean(cell)
    except CellError as error:
        return error


class Person(NamedTuple):
    """By what a row or a record is recognised: (kind, value) pairs.

    Two people with different `numbers` (of the same kind: national codes for instance)
    are never the same, whatever `contacts` (mobile, e-mail; the surest first) they share.
    """

    numbers: frozenset[tuple[str, str]] = frozenset()
    contacts: tuple[tuple[str, str], ...] = ()

    def differs_from(self, other: "Person") -> bool:
        kinds = {kind for kind, _n in self.numbers} & {
            kind for kind, _n in other.numbers
        }
        return bool(kinds) and not self.numbers & other.numbers

    @property
    def keys(self) -> list[tuple[str, str]]:
        return [*self.numbers, *self.contacts]


class Match(NamedTuple):
    other: Any
    key: tuple[str, str]


class People:
    """Finds the same person again, by the strongest key first."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], list[tuple[Person, Any]]] = {}

    def find(self, person: Person) -> Match | None:
        for key in person.keys:
            for known, other in self._known.get(key, ()):
                if not person.differs_from(known):
                    return Match(other, key)
        return None

    def add(self, person: Person, other: Any) -> None:
        for key in person.keys:
            self._known.setdefault(key, []).append((person, other))
