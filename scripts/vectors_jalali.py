"""Write the calendar vectors that every implementation of ours is tested against.

Conversions, names and month lengths come from jdatetime and persiantools, which must
agree; nothing here imports our own code. Texts and reasons under "parse" are the
contract of the parser, written by hand around days that the two libraries convert.
"""

import json
import random
import re
from datetime import timedelta
from itertools import cycle
from pathlib import Path

import jdatetime
from persiantools import digits
from persiantools.jdatetime import JalaliDate

TARGET = Path(__file__).parents[1] / "crm_ir_base/tests/vectors/jalali.json"
YEARS = range(1178, 1503)
ZWNJ, RLM, LRM, ALM, BOM = "\u200c", "\u200f", "\u200e", "\u061c", "\ufeff"
RLE, PDF, FSI, PDI = "\u202b", "\u202c", "\u2068", "\u2069"


def agreed(first, second):
    if first != second:
        raise SystemExit(f"jdatetime and persiantools disagree: {first} {second}")
    return first


def gregorian(year, month, day):
    return agreed(
        jdatetime.date(year, month, day).togregorian(),
        JalaliDate(year, month, day).to_gregorian(),
    )


def jalali(day):
    ours = jdatetime.date.fromgregorian(date=day), JalaliDate(day)
    return agreed(*((name.year, name.month, name.day) for name in ours))


def month_length(year, month):
    if (year, month) == (1502, 12):
        return 29  # leap in jdatetime, common in persiantools and ICU
    after = gregorian(year + month // 12, month % 12 + 1, 1)
    return (after - gregorian(year, month, 1)).days


def iso(parts):
    return "{:04}-{:02}-{:02}".format(*parts)


FIRST, LAST = gregorian(1178, 1, 1), gregorian(1502, 12, 29)


def days(chance):
    edges = [FIRST, LAST]
    for year in range(1403, 1409):
        for month in range(1, 13):
            edges.append(gregorian(year, month, 1))
            edges.append(gregorian(year, month, month_length(year, month)))
    span = (LAST - FIRST).days
    sample = {FIRST + timedelta(chance.randint(0, span)) for _ in range(400)}
    for day in sorted({*edges, *sample}):
        yield {
            "gregorian": day.isoformat(),
            "jalali": iso(jalali(day)),
            "weekday": (JalaliDate(day).weekday() + 5) % 7,
        }


def additions(chance):
    starts = [(1403, 12, 30), (1404, 12, 29), (1404, 6, 31), (1404, 1, 31)]
    for _ in range(60):
        year, month = chance.randint(1200, 1480), chance.randint(1, 12)
        starts.append((year, month, month_length(year, month)))
    for year, month, day in starts:
        for years, months in ((0, 1), (0, -1), (1, 0), (-1, 0), (5, -7), (0, 6)):
            index = 12 * (year + years) + month - 1 + months
            target = index // 12, index % 12 + 1
            end = *target, min(day, month_length(*target))
            yield {
                "day": gregorian(year, month, day).isoformat(),
                "years": years,
                "months": months,
                "sum": gregorian(*end).isoformat(),
            }


def written(day, pattern, lang):
    _year, month, number = jalali(day)
    directives = {
        "yyyy": "%Y", "yy": "%y", "MMMM": "%B", "MM": "%m", "M": str(month),
        "dd": "%d", "d": str(number), "EEEE": "%A",
    }  # fmt: skip
    directive = re.sub("|".join(directives), lambda m: directives[m[0]], pattern)
    first = jdatetime.date.fromgregorian(
        date=day, locale={"fa": "fa_IR", "en": "en_US"}[lang]
    ).strftime(directive)
    if lang == "en":  # persiantools transliterates weekdays instead of translating them
        directive = directive.replace("%A", day.strftime("%A"))
    second = digits.fa_to_en(JalaliDate(day, locale=lang).strftime(directive))
    agreed(first.replace(ZWNJ, ""), second.replace(ZWNJ, ""))
    return second  # its spelling is CLDR's


def formats(chance):
    patterns = [
        "yyyy/MM/dd", "yyyy-MM-dd", "dd.MM.yyyy", "d/M/yyyy", "yy/MM/dd",
        "d MMMM yyyy", "EEEE d MMMM yyyy", "EEEE dd MMMM", "MMMM yyyy",
    ]  # fmt: skip
    for year in (1178, 1366, 1403, 1404, 1502):
        for month in range(1, 13):
            day = gregorian(year, month, chance.randint(1, month_length(year, month)))
            for lang in ("fa", "en"):
                pattern = chance.choice(patterns)
                text = written(day, pattern, lang)
                yield formatted(day, pattern, lang, "latn", text)
                yield formatted(day, pattern, lang, "arabext", digits.en_to_fa(text))
    mehr = gregorian(1404, 7, 18)
    for pattern, lang, text in (
        ("QQQQ yyyy", "fa", "پاییز 1404"),
        ("QQQ y", "en", "Autumn 1404"),
        ("d MMM", "fa", "18 مهر"),
        ("E d MMM y", "en", "Friday 18 Mehr 1404"),
        ("'روز' d 'از' MMMM", "fa", "روز 18 از مهر"),
        ("d'th of' MMMM, 'year' ''yy", "en", "18th of Mehr, year '04"),
        ("d 'o''clock'", "en", "18 o'clock"),
        ("{yyyy}", "en", "{1404}"),
    ):
        yield formatted(mehr, pattern, lang, "latn", text)


def formatted(day, pattern, lang, numerals, text):
    return {
        "gregorian": day.isoformat(),
        "pattern": pattern,
        "lang": lang,
        "digits": numerals,
        "text": text,
    }


NUMERALS = [
    str,
    digits.en_to_fa,
    lambda text: text.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
]
SPELLINGS = [
    "{y}/{m}/{d}",
    "{y}/{m:02}/{d:02}",
    "{y}-{m:02}-{d:02}",
    "{y}.{m}.{d}",
    "{y} {m:02} {d:02}",
    "{y} / {m} / {d}",
    "{y}{m:02}{d:02}",
    "{d:02}/{m:02}/{y}",
    "{d}-{m}-{y}",
    "{d}.{m:02}.{y}",
    "  {y}/{m}/{d}\t",
    f"{RLM}{{y}}/{{m}}/{{d}}{LRM}",
    f"{RLE}{{d}}/{{m}}/{{y}}{PDF}",
    f"{FSI}{{y}}-{{m}}-{{d}}{PDI}",
    f"{BOM}{{y}}/{{m}}/{{d}}{ALM}",
    "{y}\u00a0{m}\u00a0{d}",
    "{y}٫{m}٫{d}",
    "{y}–{m}–{d}",
    "{y}−{m}−{d}",
    "{d}‐{m}‐{y}",
    "{d}‑{name}‑{y}",
    "{d} {name} {y}",
    "{d:02} {name} {y}",
    "{d} {name}ماه {y}",
    "{d} {name} ماه {y}",
    f"{{d}} {{name}}{ZWNJ}ماه {{y}}",
    "{d}{name}{y}",
    "{d}-{name}-{y}",
    "{y} {name} {d}",
    "{d} {arabic} {y}",
    "{d} {latin} {y}",
    "{weekday} {d} {name} {y}",
    "{weekday}، {d} {name} {y}",
    "{weekday} {y}/{m}/{d}",
    "{spaced_weekday} {d} {name} {y}",
]


def spelled(chance):
    days = [
        (1178, 1, 1), (1300, 10, 11), (1357, 11, 22), (1366, 5, 31), (1375, 12, 30),
        (1403, 12, 30), (1404, 1, 1), (1404, 2, 31), (1404, 6, 31), (1404, 7, 18),
        (1404, 8, 9), (1404, 9, 30), (1404, 12, 29), (1408, 12, 30), (1502, 12, 29),
    ]  # fmt: skip
    numerals = cycle(NUMERALS)
    for year, month, number in days:
        day = gregorian(year, month, number)
        name = written(day, "MMMM", "fa")
        weekday = written(day, "EEEE", "fa")
        for spelling in chance.sample(SPELLINGS, 14):
            text = spelling.format(
                y=year,
                m=month,
                d=number,
                name=name,
                arabic=name.replace("ی", "ي").replace("ک", "ك"),
                latin=written(day, "MMMM", "en").upper(),
                weekday=weekday,
                spaced_weekday=re.sub(f"(?<=.){ZWNJ}?شنبه", " شنبه", weekday),
            )
            yield {"text": next(numerals)(text), "date": day.isoformat()}


LAST_YEAR = {"two_digit_year_max": 1404}
MIXED = {"gregorian": True}
BY_HAND = [
    # Names as keyboards and hands differ.
    ("۱۸ اذر ۱۴۰۴", "2025-12-09", {}),
    ("18 مِهر 1404", "2025-10-10", {}),
    ("18 مهـر 1404", "2025-10-10", {}),
    ("18 شهريور 1404", "2025-09-09", {}),
    ("18 دى 1404", "2026-01-08", {}),
    ("Friday, 18 mehr 1404", "2025-10-10", {}),
    # Two-digit years, read only when it is said up to which year.
    ("04/07/18", "2025-10-10", LAST_YEAR),
    ("۰۴/۷/۱۸", "2025-10-10", LAST_YEAR),
    ("18 مهر 04", "2025-10-10", LAST_YEAR),
    ("05/07/18", "1926-10-11", LAST_YEAR),
    ("66-05-31", "1987-08-22", LAST_YEAR),
    ("05/07/18", "2026-10-10", {"two_digit_year_max": 1424}),
    ("04/07/18", "short_year", {}),
    ("۱۸ مهر ۰۴", "short_year", {}),
    ("04/12/30", "day", LAST_YEAR),
    # Columns that mix both calendars.
    ("2025/10/10", "2025-10-10", MIXED),
    ("2025-2-28", "2025-02-28", MIXED),
    ("20251010", "2025-10-10", MIXED),
    ("۲۰۲۵/۱۰/۱۰", "2025-10-10", MIXED),
    ("1404/07/18", "2025-10-10", MIXED),
    ("1799-03-21", "1799-03-21", MIXED),
    ("2124-03-19", "2124-03-19", MIXED),
    ("1799-03-20", "range", MIXED),
    ("2124-03-20", "range", MIXED),
    ("2025/02/29", "day", MIXED),
    ("2025/13/01", "month", MIXED),
    ("10/11/2025", "order", MIXED),
    ("10 مهر 2025", "order", MIXED),
    ("1600/01/01", "year", MIXED),
    ("2125/01/01", "year", MIXED),
    ("2025/10/10", "gregorian", {}),
    ("10 مهر 2025", "gregorian", {}),
    # Days that do not exist.
    ("1404/07/31", "day", {}),
    ("1404/12/30", "day", {}),
    ("30 اسفند 1405", "day", {}),
    ("1502/12/30", "day", {}),
    ("1404/01/32", "day", {}),
    ("1404/07/00", "day", {}),
    ("1404/00/18", "month", {}),
    ("1404/13/01", "month", {}),
    ("07/18/1404", "month", {}),
    ("1177/12/29", "year", {}),
    ("1503/01/01", "year", {}),
    ("0000/01/01", "year", {}),
    ("9999/12/29", "year", {}),
    ("18 مهرر 1404", "month_name", {}),
    ("18 October 1404", "month_name", {}),
    ("18²1404", "month_name", {}),
    ("18 ०७ 1404", "month_name", {}),
    ("شنبه 18 مهر 1404", "weekday", {}),
    ("Monday 18 Mehr 1404", "weekday", {}),
    # Nothing that can be read.
    ("", "empty", {}),
    (" \t\n", "empty", {}),
    (f"{RLM}{ZWNJ}", "empty", {}),
    ("0", "unreadable", {}),
    ("مهر", "unreadable", {}),
    ("1404", "unreadable", {}),
    ("1404/07", "unreadable", {}),
    ("مهر 1404", "unreadable", {}),
    ("140407", "unreadable", {}),
    ("45940", "unreadable", {}),
    ("1404.5", "unreadable", {}),
    ("18071404", "gregorian", {}),
    ("18071404", "month", MIXED),
    ("-1404/07/18", "unreadable", {}),
    ("1404/07/-18", "unreadable", {}),
    ("1404//07/18", "unreadable", {}),
    ("1404/07-18", "unreadable", {}),
    ("1404/07/18/1", "unreadable", {}),
    ("1404/007/18", "unreadable", {}),
    ("404/07/18", "unreadable", {}),
    ("11404/07/18", "unreadable", {}),
    ("4/7/18", "unreadable", LAST_YEAR),
    ("1404/07/1½", "unreadable", {}),
    ("１４０４/０７/１８", "unreadable", {}),
    ("1404/07/18\0", "unreadable", {}),
    ("\0", "unreadable", {}),
    ("1404/07/18 😀", "unreadable", {}),
    ("😀", "unreadable", {}),
    ("\ud800", "unreadable", {}),
    ("تاریخ 1404/07/18", "unreadable", {}),
    ("1404/07/18'; DROP TABLE res_partner", "unreadable", {}),
    ("=1404/07/18", "unreadable", {}),
    ("1404/07/18..1404/07/20", "unreadable", {}),
    ("1404/07/18 00:00 +03:30", "unreadable", {}),
    ("14:30", "unreadable", {}),
    ("1404/07/18 14:30", "time_of_day", {}),
    ("14:30 1404/07/18", "time_of_day", {}),
    ("1404/07/18 25:00", "clock", {}),
]
STAMPS = [
    ("1404/07/18", "2025-10-10T00:00:00", {}),
    ("1404/07/18 14:30", "2025-10-10T14:30:00", {}),
    ("1404/07/18 4:05", "2025-10-10T04:05:00", {}),
    ("۱۴۰۴/۰۷/۱۸ ۱۴:۳۰:۱۵", "2025-10-10T14:30:15", {}),
    ("١٤٠٤-٠٧-١٨ ٢٣:٥٩", "2025-10-10T23:59:00", {}),
    ("1404-07-18T14:30:15.123", "2025-10-10T14:30:15", {}),
    ("1404/07/18 - 14:30", "2025-10-10T14:30:00", {}),
    ("14:30 - 1404/07/18", "2025-10-10T14:30:00", {}),
    ("14:30 1404/07/18", "2025-10-10T14:30:00", {}),
    ("جمعه، ۱۸ مهر ۱۴۰۴، ۱۴:۳۰", "2025-10-10T14:30:00", {}),
    ("۱۸ مهر ۱۴۰۴ ساعت ۱۴:۳۰", "2025-10-10T14:30:00", {}),
    ("1404/07/18 02:30:15 ب.ظ", "2025-10-10T14:30:15", {}),
    ("1404/07/18 02:30 ق.ظ.", "2025-10-10T02:30:00", {}),
    ("1404/07/18 12:00 ق.ظ", "2025-10-10T00:00:00", {}),
    ("1404/07/18 12:00 PM", "2025-10-10T12:00:00", {}),
    ("14040718 10:00", "2025-10-10T10:00:00", {}),
    ("2025-10-10 08:00:00", "2025-10-10T08:00:00", MIXED),
    ("2025-10-10 08:00:00", "gregorian", {}),
    ("04/07/18 08:00", "2025-10-10T08:00:00", LAST_YEAR),
    ("1404/07/18 24:00", "clock", {}),
    ("1404/07/18 12:60", "clock", {}),
    ("1404/07/18 14:30 ب.ظ", "clock", {}),
    ("1404/07/18 0:30 am", "clock", {}),
    ("1404/07/18 14:3", "unreadable", {}),
    ("1404/07/18 14:30Z", "unreadable", {}),
    ("1404/07/18 14:30 +03:30", "unreadable", {}),
    ("1404/07/1814:30", "unreadable", {}),
    ("1404/12/30 14:30", "day", {}),
    ("14:30", "unreadable", {}),
    ("", "empty", {}),
]


def by_hand(rows, key):
    for text, outcome, options in rows:
        found = key if outcome[0].isdigit() else "error"
        yield {"text": text, found: outcome, **options}


def escape_invisible(text):
    """Show joiners, direction marks and blanks other than space in the file."""
    return re.sub(
        r"[^\S \n]|[\u200b-\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]",
        lambda character: f"\\u{ord(character[0]):04x}",
        text,
    )


def main():
    chance = random.Random(1404)
    sections = {
        "range": [
            {"gregorian": day.isoformat(), "jalali": iso(jalali(day))}
            for day in (FIRST, LAST)
        ],
        "nowruz": [[year, gregorian(year, 1, 1).isoformat()] for year in YEARS],
        "leap_years": [year for year in YEARS if month_length(year, 12) == 30],
        "days": days(chance),
        "add": additions(chance),
        "format": formats(chance),
        "parse_date": [*spelled(chance), *by_hand(BY_HAND, "date")],
        "parse_datetime": by_hand(STAMPS, "datetime"),
    }
    blocks = []
    for name, rows in sections.items():
        lines = (json.dumps(row, ensure_ascii=False) for row in rows)
        blocks.append(f'"{name}": [\n' + ",\n".join(lines) + "\n]")
    content = "{\n" + ",\n".join(blocks) + "\n}\n"
    TARGET.write_text(escape_invisible(content), encoding="utf-8")


if __name__ == "__main__":
    main()
