"""Files of public holidays: those of each Jalali year shipped here, and the user's own."""

import csv
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

from odoo.addons.crm_ir_base.tools import jalali_text
from odoo.addons.crm_ir_base.tools.jalali import JalaliError

FOLDER = Path(__file__).parents[1] / "data/holidays"


class Holiday(NamedTuple):
    """One day off.

    `key` recognises it when the file is read again, also after its day was corrected.
    """

    key: str
    day: date
    name: str
    estimated: bool = False


class FileProblem(NamedTuple):
    """Why a line of a user's file cannot be read; `line` counts from 1."""

    line: int
    reason: Literal["date", "name", "again"]
    value: str


class HolidayFileError(ValueError):
    """All problems of a file, so that they can be corrected at once."""

    def __init__(self, problems: list[FileProblem]) -> None:
        super().__init__(problems)
        self.problems = problems


def shipped_years() -> list[int]:
    """Jalali years whose official holidays are shipped, in order."""
    return sorted(int(path.stem) for path in FOLDER.glob("*.csv"))


def read_shipped(year: int, lang: Literal["fa", "en"]) -> list[Holiday]:
    """Read the official holidays of a Jalali year, with their names in `lang`."""
    name = "name_fa" if lang == "fa" else "name"
    with (FOLDER / f"{year}.csv").open(encoding="utf-8", newline="") as file:
        return [
            Holiday(
                key=f"{year}/{row['key']}",
                day=jalali_text.parse_date(row["date"]),
                name=row[name],
                estimated=row["certainty"] == "estimated",
            )
            for row in csv.DictReader(file)
        ]


def read_csv(text: str) -> list[Holiday]:
    """Read a user's file: a Jalali date and a name in each line.

    Cells are separated by comma, semicolon or tab. A first line without a digit in its
    date is a heading. Further cells are ignored, and so are empty lines. Raises
    HolidayFileError.
    """
    lines = text.splitlines()
    delimiter = max(",;\t", key=text.count)
    holidays, problems, line_of = [], [], {}
    for number, row in enumerate(csv.reader(lines, delimiter=delimiter), start=1):
        cells = [cell.strip() for cell in row] + ["", ""]
        written, name = cells[:2]
        is_heading = number == 1 and not any(map(str.isdigit, written))
        if is_heading or not any(cells):
            continue
        try:
            day = jalali_text.parse_date(written)
        except JalaliError:
            problems.append(FileProblem(number, "date", written))
            continue
        if not name:
            problems.append(FileProblem(number, "name", written))
        elif day in line_of:
            problems.append(FileProblem(number, "again", str(line_of[day])))
        else:
            line_of[day] = number
            holidays.append(Holiday(key=day.isoformat(), day=day, name=name))
    if problems:
        raise HolidayFileError(problems)
    return holidays
