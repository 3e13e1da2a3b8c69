"""Import 10,000 clean contacts through the import screen's own method, beside stock."""

import csv
import io

from common import compare, environments, seconds

ROWS = 10_000
HEADERS = ["Name", "Phone", "Email", "Street", "City", "Reference"]
FIELDS = ["name", "phone", "email", "street", "city", "ref"]
OPTIONS = {
    "has_headers": True,
    "encoding": "utf-8",
    "separator": ",",
    "quoting": '"',
    "date_format": "",
    "datetime_format": "",
    "float_thousand_separator": ",",
    "float_decimal_separator": ".",
    "advanced": True,
    "keep_matches": False,
    "limit": 2000,
    "skip": 0,
}


def clean_file():
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADERS)
    for number in range(ROWS):
        writer.writerow(
            [
                f"رضا نمونه {number}",
                f"+98912{number:07}",
                f"customer{number}@example.com",
                f"خیابان نمونه {number}",
                "مشهد",
                f"C{number:05}",
            ]
        )
    return text.getvalue().encode()


def import_contacts(env):
    # as an Iranian company, for which our module cleans what it imports
    env.company.country_id = env.ref("base.ir")
    wizard = env["base_import.import"].create(
        {
            "res_model": "res.partner",
            "file": clean_file(),
            "file_name": "contacts.csv",
            "file_type": "text/csv",
        }
    )
    preview = wizard.parse_preview(OPTIONS)
    options = {**OPTIONS, **preview["options"], "limit": 2000}

    def batches():
        skip = 0
        while skip is not False and skip < ROWS:
            result = wizard.execute_import(FIELDS, HEADERS, {**options, "skip": skip})
            errors = [m for m in result["messages"] if m.get("type") == "error"]
            if errors:
                raise RuntimeError(errors[:3])
            skip = result["nextrow"] or ROWS
        env.flush_all()

    elapsed = seconds(batches)
    imported = env["res.partner"].search_count([("ref", "=like", "C_____")])
    if imported != ROWS:
        raise RuntimeError(f"{imported} of {ROWS} rows were imported")
    env.cr.rollback()
    env.invalidate_all()
    return elapsed


if __name__ == "__main__":
    with environments() as (ours, stock):
        compare("import_overhead", 1.2, 5, import_contacts, ours, stock)
