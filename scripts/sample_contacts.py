#!/usr/bin/env python3
"""Write `demo/sample_contacts.xlsx`, a list of customers as offices keep it, and its truth.

A thousand rows of invented people with every disorder the import cleans, and some mistakes
that it must not. `tests/vectors/sample_contacts.json` says what each row means. Mobile
numbers begin with 0999 88, national codes with 099 and 989: nobody has them.

usage: python scripts/sample_contacts.py
"""

import csv
import json
import random
from datetime import date, datetime, timedelta
from pathlib import Path

import xlsxwriter
from persiantools import digits
from persiantools.jdatetime import JalaliDate

MODULE = Path(__file__).resolve().parents[1] / "crm_ir_base"
SHEET = MODULE / "demo" / "sample_contacts.xlsx"
TRUTH = MODULE / "tests" / "vectors" / "sample_contacts.json"

ROWS, REPEATED = 1000, 45
HEADERS = [
    "ردیف", "نام و نام خانوادگی", "شرکت است", "موبایل", "تلفن", "کد ملي", "ایمیل",
    "تاریخ تولد", "استان", "شهر", "", "آدرس", "کد پستی", "مبلغ (تومان)", "توضیحات",
]  # fmt: skip
NAMES = (
    "علی زهرا محمد فاطمه رضا مریم حسین نرگس امیر سارا کیان پریسا یاسین مینا بهرام شیرین "
    "کاوه لیلا آرش نگین سیاوش الهه پویا ژاله کامران یلدا بابک مهسا فرهاد گلناز"
).split()
FAMILIES = (
    "محمدی رضایی کریمی حسینی یوسفی اکبری شریفی کاظمی موسوی صادقی رحیمی ملکی بهشتی "
    "فرهادی نوری قاسمی طاهری پارسا یزدانی گیلانی کیانی مرادی ژیان‌پور امینی‌فر علوی‌نژاد"
).split()
COMPANIES = "بازرگانی صنایع فروشگاه شرکت مجتمع تولیدی".split()
STREETS = (
    "آزادی ولیعصر امام سعدی حافظ فردوسی شریعتی بهار گلستان مطهری کارگر معلم".split()
)

# (what is wrong, how many rows)
MISTAKES = [
    ("check_digit", 8),
    ("day_31_of_mehr", 4),
    ("day_30_of_esfand", 2),
    ("month_13", 2),
    ("half_mobile", 4),
    ("unknown_province", 3),
    ("half_postal_code", 2),
]


def read_csv(name):
    with (MODULE / "data" / "places" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def to_arabic(text):
    return text.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))


def check_digit(code):
    """Return the tenth digit of a national code."""
    rest = (
        sum(int(n) * weight for n, weight in zip(code, range(10, 1, -1), strict=True))
        % 11
    )
    return rest if rest < 2 else 11 - rest


class Writer:
    """Writes true values the way people type them."""

    def __init__(self, seed=1404):
        self.random = random.Random(seed)
        self.provinces = {row["iso"]: row for row in read_csv("provinces.csv")}
        self.cities = read_csv("cities.csv")

    def one_of(self, *choices):
        return self.random.choice(choices)

    def digits(self, text):
        return self.one_of(str, str, digits.en_to_fa, to_arabic)(text)

    def person(self, number):
        r = self.random
        is_company = r.random() < 0.1
        name = f"{r.choice(NAMES)} {r.choice(FAMILIES)}"
        if is_company:
            name = f"{r.choice(COMPANIES)} {r.choice(FAMILIES)} {number}"
        code = self.national_code(number)
        city = r.choice(self.cities)
        toman = r.randrange(1, 9000) * 100_000
        return {
            "name": name,
            "is_company": is_company,
            "mobile": f"+9899988{number * 7:05d}",
            "phone2": f"+982188{r.randrange(10**6):06d}" if r.random() < 0.4 else None,
            "code": None if is_company else code,
            "email": f"customer{number}@example.com" if r.random() < 0.5 else None,
            "birthdate": None
            if is_company
            else (date(1950, 1, 1) + timedelta(r.randrange(20000))).isoformat(),
            "province": city["province_iso"],
            "city": city["name_fa"],
            "zip": f"{r.randrange(1, 9)}{r.randrange(10**9):09d}",
            "rial": toman * 10 if r.random() < 0.6 else None,
        }

    def national_code(self, number):
        code = f"{self.one_of('099', '989')}{100000 + number:06d}"
        return code + str(check_digit(code))

    def text(self, text):
        if self.random.random() < 0.4:
            text = text.replace("ی", "ي").replace("ک", "ك")
        return self.one_of(text, text, f" {text}", f"{text}  ", text.replace(" ", "  "),
                           text.replace(" ", "\u00a0"), "\u200f" + text)  # fmt: skip

    def mobile(self, e164):
        local = "0" + e164[3:]
        return self.one_of(
            local,
            self.digits(local),
            int(local),
            e164,
            "0098" + e164[3:],
            int(e164[1:]),
            f"{local[:4]} {local[4:7]} {local[7:]}",
            self.digits(f"{local[:4]}-{local[4:]}"),
            f"+98 (0){local[1:]}",
        )

    def landline(self, e164):
        return self.one_of(
            f"021-{e164[5:]}", f"021{e164[5:]}", self.digits(f"021 {e164[5:]}")
        )

    def two_phones(self, first, second):
        first, second = "0" + first[3:], f"021{second[5:]}"
        return self.one_of(
            f"{first} - {second}",
            f"{first} / {second}",
            f"{first} و {second}",
            f"{first}، {second}",
        )

    def code(self, code):
        return self.one_of(
            code,
            int(code),
            self.digits(code),
            f"{code[:3]}-{code[3:9]}-{code[9]}",
            f"{code} ",
        )

    def birthdate(self, day):
        if self.random.random() < 0.15:
            return day
        jalali = JalaliDate(day)
        return self.one_of(
            jalali.strftime("%Y/%m/%d"),
            self.digits(jalali.strftime("%Y/%m/%d")),
            f"{jalali.year}/{jalali.month}/{jalali.day}",
            digits.en_to_fa(
                f"{jalali.day} {jalali.strftime('%B', locale='fa')} {jalali.year}"
            ),
            jalali.strftime("%d-%m-%Y"),
        )

    def province(self, iso):
        row = self.provinces[iso]
        return self.text(
            self.one_of(
                row["name_fa"],
                "استان " + row["name_fa"],
                "استان  " + row["name_fa"],
                row["name_en"],
            )
        )

    def amount(self, rial):
        toman = rial // 10
        return self.one_of(
            toman,
            f"{toman:,}",
            digits.en_to_fa(f"{toman:,}").replace(",", "٬") + " تومان",
            f"{toman / 10**6:.1f} میلیون تومان",
            f"{rial:,} ریال",
        )

    def row(self, number, person):
        two = person["phone2"] and self.random.random() < 0.3
        birthdate = person["birthdate"] and date.fromisoformat(person["birthdate"])
        postal = person["zip"]
        return {
            "ردیف": number,
            "نام و نام خانوادگی": self.text(person["name"]),
            "شرکت است": self.one_of("بله", "بلی") if person["is_company"]
            else self.one_of("خیر", "خير", ""),
            "موبایل": self.two_phones(person["mobile"], person["phone2"]) if two
            else self.mobile(person["mobile"]),
            "تلفن": self.landline(person["phone2"]) if person["phone2"] and not two else "",
            "کد ملي": self.code(person["code"]) if person["code"] else "",
            "ایمیل": self.one_of(person["email"], person["email"].upper() + " ")
            if person["email"] else "",
            "تاریخ تولد": self.birthdate(birthdate) if birthdate else "",
            "استان": self.province(person["province"]),
            "شهر": self.text(person["city"]),
            "": "",
            "آدرس": self.text(f"خیابان {self.random.choice(STREETS)}، پلاک {number}"),
            "کد پستی": self.one_of(postal, int(postal), f"{postal[:5]}-{postal[5:]}",
                                   digits.en_to_fa(postal)),
            "مبلغ (تومان)": self.amount(person["rial"]) if person["rial"] else "",
            "توضیحات": self.one_of("", "", "مشتری  قدیمی", "پیگیری شود"),
        }  # fmt: skip

    def spoil(self, row, mistake):
        if mistake == "check_digit":
            code = f"{989100000 + row['ردیف']}"
            row["کد ملي"] = code + str((check_digit(code) + 1) % 10)
        elif mistake == "day_31_of_mehr":
            row["تاریخ تولد"] = self.one_of("1370/07/31", "۳۱ مهر ۱۳۷۰", "31/07/1370")
        elif mistake == "day_30_of_esfand":
            row["تاریخ تولد"] = "1371/12/30"
        elif mistake == "month_13":
            row["تاریخ تولد"] = "1365/13/01"
        elif mistake == "half_mobile":
            row["موبایل"] = "0999" + str(row["ردیف"]).zfill(5)
        elif mistake == "unknown_province":
            row["استان"] = self.one_of("سرزمین ناشناخته", "استان مرکزستان")
        elif mistake == "half_postal_code":
            row["کد پستی"] = "12345678"
        return row


def make():
    """Return the rows of the sheet, and of each the truth in the same order."""
    writer = Writer()
    mistakes = [mistake for mistake, times in MISTAKES for _time in range(times)]
    kinds = mistakes + ["repeated"] * REPEATED
    kinds += [None] * (ROWS - len(kinds) - 1)
    writer.random.shuffle(kinds)
    kinds.insert(0, None)  # somebody to repeat
    rows, truth, good = [], [], []
    for number, kind in enumerate(kinds, start=1):
        if kind == "repeated":
            person = writer.random.choice(good)
            row = writer.row(number, person)
        else:
            person = writer.person(number)
            row = writer.row(number, person)
            if kind:
                row = writer.spoil(row, kind)
            else:
                good.append(person)
        rows.append(row)
        truth.append({"mistake": kind, **person})
    return rows, truth


def write(rows, truth):
    book = xlsxwriter.Workbook(SHEET, {"strings_to_numbers": False})
    book.set_properties({"created": datetime(2025, 3, 21)})
    sheet = book.add_worksheet("مشتریان")
    sheet.right_to_left()
    sheet.merge_range(
        0, 0, 0, len(HEADERS) - 1, "فهرست مشتریان", book.add_format({"bold": True})
    )
    sheet.write_row(2, 0, HEADERS)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    place = 3
    for row, person in zip(rows, truth, strict=True):
        if row["ردیف"] % 200 == 0:
            place += 1  # a row left empty
        person["row"] = place + 1
        for column, header in enumerate(HEADERS):
            cell = row[header]
            if isinstance(cell, date):
                sheet.write_datetime(
                    place, column, datetime(cell.year, cell.month, cell.day), day
                )
            elif cell != "":
                sheet.write(place, column, cell)
        place += 1
    book.close()
    TRUTH.write_text(
        json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    SHEET.parent.mkdir(exist_ok=True)
    TRUTH.parent.mkdir(exist_ok=True)
    write(*make())
