"""Write the public holidays of Iran, one CSV file per Jalali year, for crm_ir_jalali.

Dates and names come from the package `holidays` (MIT), which follows the calendars of
time.ir. Certainty is its verdict: "fixed" days are at the same Jalali date every year,
"confirmed" ones are lunar or declared and were published, "estimated" ones are lunar
and computed, since their month begins with the sighting of the moon: they may move by
a day. The module reads the files only; nothing imports the package at run time.

Run it in an environment of its own, with `pip install holidays==0.109 persiantools`: the
package needs a newer python-dateutil than Odoo has.
"""

import csv
import re
from collections import Counter
from pathlib import Path

from holidays import country_holidays
from persiantools.jdatetime import JalaliDate

TARGET = Path(__file__).parents[1] / "crm_ir_jalali/data/holidays"
YEARS = range(1403, 1407)
FIXED = {
    *((1, day) for day in (1, 2, 3, 4, 12, 13)),
    (3, 14),
    (3, 15),
    (11, 22),
    (12, 29),
    (12, 30),
}
SPELLING = {
    "عیدنوروز": "عید نوروز",
    "رحلت رسول اکرم؛شهادت": "رحلت رسول اکرم و شهادت",
    "قیام 15 خرداد": "قیام ۱۵ خرداد",
    "تعطیلی عمومی": "تعطیل عمومی",
}


def calendar(language, **options):
    first, last = YEARS[0] + 621, YEARS[-1] + 622
    return country_holidays(
        "IR", language=language, years=range(first, last + 1), **options
    )


def persian(name):
    for wrong, right in SPELLING.items():
        name = name.replace(wrong, right)
    return name.replace("; ", "؛ ")


def holidays():
    """Yield (Jalali date, certainty, English name, Persian name)."""
    marked = calendar("en_US")
    english = calendar("en_US", islamic_show_estimated=False)
    farsi = calendar("fa_IR", islamic_show_estimated=False)
    for day in sorted(english):
        jalali = JalaliDate(day)
        if (jalali.month, jalali.day) in FIXED:
            certainty = "fixed"
        elif "estimated" in marked[day]:
            certainty = "estimated"
        else:
            certainty = "confirmed"
        yield jalali, certainty, english[day], persian(farsi[day])


def main():
    TARGET.mkdir(parents=True, exist_ok=True)
    every = list(holidays())
    for year in YEARS:
        seen = Counter()
        with (TARGET / f"{year}.csv").open("w", encoding="utf-8", newline="") as file:
            write = csv.writer(file, lineterminator="\n").writerow
            write(["date", "key", "certainty", "name", "name_fa"])
            for day, certainty, name, name_fa in every:
                if day.year != year:
                    continue
                key = re.sub(r"[^a-z0-9]+", "-", name.lower().replace("'", ""))
                seen[key] += 1
                if seen[key] > 1:
                    key = f"{key}-{seen[key]}"
                write([day.isoformat(), key, certainty, name, name_fa])


if __name__ == "__main__":
    main()
