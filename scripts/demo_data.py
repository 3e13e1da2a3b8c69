"""Write the Persian demo data of crm_ir_base: contacts, leads and their activities.

Everybody is made up. Numbers pass the checks but belong to nobody: national codes begin
with 99, an office that does not exist; company ids with 99; mobiles with 0999 77, which
no operator has; a landline never begins with 0 behind its area code. Texts, numbers and
their order depend on the seed only; dates are relative to the day of loading.
"""

import random
import sys
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

ADDON = Path(__file__).parents[1] / "crm_ir_base"
sys.path.insert(0, str(ADDON))

from tools.identity import legal_id, national_code  # noqa: E402
from tools.phone import kind, to_e164  # noqa: E402

rng = random.Random(1404)

COMPANIES, COLLEAGUES, INDIVIDUALS = 60, 90, 50

# name in Persian and English, province, area code, share of the customers
CITIES = [
    ("تهران", "Tehran", "IR-23", "21", 30),
    ("اصفهان", "Isfahan", "IR-10", "31", 10),
    ("مشهد", "Mashhad", "IR-09", "51", 9),
    ("شیراز", "Shiraz", "IR-07", "71", 8),
    ("تبریز", "Tabriz", "IR-03", "41", 8),
    ("کرج", "Karaj", "IR-30", "26", 7),
    ("قم", "Qom", "IR-25", "25", 5),
    ("اهواز", "Ahvaz", "IR-06", "61", 5),
    ("رشت", "Rasht", "IR-01", "13", 5),
    ("کرمان", "Kerman", "IR-08", "34", 4),
    ("یزد", "Yazd", "IR-21", "35", 4),
    ("ساری", "Sari", "IR-02", "11", 3),
    ("ارومیه", "Urmia", "IR-04", "44", 2),
]
WOMEN = (
    "آرزو آناهیتا الهام بهار پرستو پریسا ترانه دریا رویا زهرا زیبا ژاله سارا سپیده ستاره "
    "سمانه شادی شبنم شیرین طناز عسل غزل فاطمه فرشته کتایون گلناز لیلا مریم مهسا مینا نازنین "
    "نرگس نسترن نسیم نگار نیلوفر هانیه هستی یاسمن یلدا"
).split()
MEN = (
    "آرش آرمان احسان امید امیر ایمان بابک بهرام بهزاد پدرام پوریا پویا پیمان جواد حامد حسام "
    "حمید داریوش رامین رضا سامان سعید سهراب سیاوش شایان شهرام علی فرزاد فرهاد کاوه کوروش کیان "
    "مازیار محسن محمد مهدی میلاد نیما هومن یاشار"
).split()
FAMILIES = (
    "آذرنوش آریامهر احتشامی اسفندیاری افشارپور ایزدپناه بابازاده باستانی بختیارنژاد برومند "
    "بهاردوست بهمنیار پاک‌نهاد پرتوی پورمند پیروزفر تابش‌فر توانگر جهان‌دوست حق‌شناس خرمدل "
    "خوش‌سیما دادگر دانش‌پژوه دلاوری دهقان‌پور راستین رحیمی‌نیا روزبهانی زرین‌کلاه سپهرداد "
    "ستوده‌فر سرافراز سروستانی شاهین‌فر شکوهی صداقت‌پیشه طاهرنیا عطارزاده فرجامی فرهمند "
    "فروزان‌فر قائم‌پناه کاردان کامیاب‌نیا کوهستانی گلستانی لاله‌زاری مهرآیین مهرپرور نجف‌زاده "
    "نیک‌اندیش نیک‌بخت هاشم‌نیا هنرور وفادار یزدان‌پرست یگانه‌راد"
).split()
COMPANY_FIELDS = {
    "صنایع غذایی": ["خشکبار صادراتی", "بسته‌بندی ادویه", "خط تولید رب"],
    "فناوری اطلاعات": ["سامانهٔ ارتباط با مشتری", "پشتیبانی شبکه", "سرور و ذخیره‌ساز"],
    "ساختمانی": ["تأمین کاشی و سرامیک", "نمای ساختمان", "تأسیسات مکانیکی"],
    "پخش دارو": ["قفسه‌بندی انبار", "سردخانه", "نرم‌افزار پخش"],
    "بازرگانی": ["ترخیص و حمل", "کالای اداری", "لوازم بسته‌بندی"],
    "قطعه‌سازی": ["قالب تزریق", "قطعات یدکی", "ماشین‌کاری سفارشی"],
    "حمل و نقل": ["ردیاب ناوگان", "قرارداد حمل سالانه", "لاستیک و روغن"],
    "گردشگری": ["تور سازمانی", "رزرو هتل", "بیمهٔ مسافرتی"],
    "آموزشی": ["دورهٔ فروش حرفه‌ای", "تجهیز کلاس", "آزمون برخط"],
    "کشاورزی": ["آبیاری قطره‌ای", "گلخانهٔ هوشمند", "کود و بذر"],
}
COINED = (
    "آذرسان آرمینا آوینا ارغوان‌سا بارنیکا بهارینا پارسیکا پرنیانا پویانا تیراژین تیسفونا "
    "خورشیدا درنیکا راسپینا رایبن زاگرسان سپنتانا سپیدینا ستاره‌سا سهندینا شهدینا کارونا "
    "کیانیکا ماهورا مهراوا نیکاندا هیرکانا ویستانا یکتانا یاسینا"
).split()
PRIVATE_NEEDS = [
    "خرید تلفن همراه",
    "بیمهٔ بدنهٔ خودرو",
    "بازسازی آشپزخانه",
    "خرید اقساطی لپ‌تاپ",
    "ثبت‌نام دورهٔ زبان",
    "سفارش مبلمان",
]
FUNCTIONS = [
    # role in buying, job
    ("decision_maker", "مدیرعامل"),
    ("influencer", "کارشناس بازرگانی"),
    ("technical_evaluator", "مدیر فنی"),
    ("financial_approver", "مدیر مالی"),
    ("user", "سرپرست انبار"),
    ("gatekeeper", "مسئول دفتر"),
]
STREETS = "بهار نیلوفر سرو چنار لاله یاس نارون ارغوان زیتون صنوبر سپیده آفتاب باران مهتاب".split()
CONTRACTS = ["one_off", "annual", "framework", "instalment", "leasing", "service"]
LOST_REASONS = [
    "crm.lost_reason_1",
    "crm_lost_reason_competitor",
    "crm_lost_reason_payment_terms",
    "crm_lost_reason_delivery_time",
    "crm_lost_reason_no_answer",
]
SOURCES = (
    ["utm_source_instagram"] * 6
    + ["utm_source_divar"] * 4
    + ["utm_source_exhibition"] * 4
    + ["utm_source_incoming_call"] * 5
    + ["utm_source_website"] * 4
    + [
        "utm_source_telegram",
        "utm_source_eitaa",
        "utm_source_bale",
        "utm_source_sheypoor",
    ]
    + ["utm_source_sms"] * 2
)
MEDIA = ["utm.utm_medium_phone", "utm_medium_in_person", "utm_medium_messenger"]
TAGS = ["cash", "credit", "organization", "urgent"]
# stage, number of leads, days since the last work on them
PIPELINE = [
    ("crm.stage_lead1", 30, (0, 12)),
    ("crm_stage_contacted", 24, (0, 18)),
    ("crm.stage_lead2", 18, (1, 18)),
    ("crm.stage_lead3", 15, (1, 15)),
    ("crm_stage_negotiation", 11, (1, 9)),
    ("crm.stage_lead4", 12, (2, 60)),
    (None, 10, (5, 60)),
]
ACTIVITIES = [
    ("mail.mail_activity_data_call", "تماس برای پیگیری نیاز"),
    ("mail.mail_activity_data_call", "هماهنگی جلسهٔ معرفی"),
    ("mail_activity_type_visit", "بازدید حضوری از محل"),
    ("mail_activity_type_pro_forma", "ارسال پیش‌فاکتور"),
    ("mail_activity_type_payment", "پیگیری واریز پیش‌پرداخت"),
    ("mail_activity_type_messenger", "ارسال فهرست قیمت در پیام‌رسان"),
    ("mail.mail_activity_data_todo", "بررسی شرایط پرداخت"),
]
# never an e-mail to anybody while it loads
QUIET = (
    "{'mail_activity_quick_update': True, 'mail_auto_subscribe_no_notify': True,"
    " 'mail_create_nosubscribe': True, 'tracking_disable': True}"
)

mobile_numbers = (f"+9899977{number:05d}" for number in count(100, 37))
landline_tails = (f"0{number:07d}" for number in count(2_100_000, 31_337))


def ref(xml_id):
    return {"ref": xml_id}


def code(expression):
    return {"eval": expression}


def search(domain):
    return {"search": domain}


def days_ago(days, hour=9):
    return code(
        f"(DateTime.today() - timedelta(days={days}, hours=-{hour})).strftime('%Y-%m-%d %H:%M:%S')"
    )


def person_name():
    return rng.choice(rng.choice([WOMEN, MEN])) + " " + rng.choice(FAMILIES)


def mobile():
    number = next(mobile_numbers)
    assert to_e164(number) == number and kind(number) == "mobile", number
    return number


def landline(area):
    number = f"+98{area}{next(landline_tails)}"
    assert to_e164(number) == number and kind(number) == "landline", number
    return number


def person_code():
    number = f"99{rng.randrange(10)}{rng.randrange(100_000, 1_000_000)}"
    return national_code.validate(number + national_code.calc_check_digit(number))


def company_code():
    number = f"99{rng.randrange(10_000_000, 100_000_000)}"
    return legal_id.validate(number + legal_id.calc_check_digit(number))


def birthday():
    return str(date(1962, 3, 21) + timedelta(days=rng.randrange(15_000)))


def address(city):
    persian, english, province, _area, _share = city
    first, second = rng.sample(STREETS, 2)
    return {
        "street": f"خیابان {first}، کوچهٔ {second}، پلاک {rng.randrange(1, 240)}",
        "city": persian,
        "city_id": search(
            f"[('state_id.l10n_ir_iso_code', '=', '{province}'), ('name', '=', '{english}')]"
        ),
        "state_id": search(f"[('l10n_ir_iso_code', '=', '{province}')]"),
        "zip": str(rng.randrange(1_300_000_000, 9_900_000_000)),
        "country_id": ref("base.ir"),
    }


def make_contacts():
    """Return (xml id, values) of companies, their people, and private customers."""
    ids = (f"demo_partner_{number:03d}" for number in count(1))
    names = [f"{field} {name}" for field in COMPANY_FIELDS for name in COINED]
    full_names = [f"{first} {last}" for first in WOMEN + MEN for last in FAMILIES]
    people = iter(rng.sample(full_names, COLLEAGUES + INDIVIDUALS))
    contacts = []
    companies = []
    for index, name in enumerate(rng.sample(names, COMPANIES)):
        city = rng.choices(CITIES, [city[-1] for city in CITIES])[0]
        number = company_code()
        values = {
            "name": f"شرکت {name}",
            "is_company": code("True"),
            "l10n_ir_kind": "legal",
            "company_registry": number,
            "vat": number,
            "l10n_ir_registration_number": str(rng.randrange(10_000, 600_000)),
            "phone": landline(city[3]),
            "email": f"info@sherkat-{index + 1}.example.com",
            "website": f"https://sherkat-{index + 1}.example.com",
            **address(city),
        }
        companies.append((next(ids), values))
    contacts += companies
    for index in range(COLLEAGUES):
        company_id, company = companies[index % COMPANIES]
        role, job = FUNCTIONS[(index // COMPANIES + index) % len(FUNCTIONS)]
        values = {
            "name": next(people),
            "parent_id": ref(company_id),
            "function": job,
            "l10n_ir_kind": "natural",
            "l10n_ir_decision_role_ids": code(
                f"[(6, 0, [ref('crm_ir_decision_role_{role}')])]"
            ),
            "phone": mobile(),
            "email": f"{role}{index + 1}@{company['email'].partition('@')[2]}",
            "birthdate_date": birthday(),
        }
        if index % 4 == 0:
            values["l10n_ir_phone2"] = mobile()
        contacts.append((next(ids), values))
    for index in range(INDIVIDUALS):
        city = rng.choices(CITIES, [city[-1] for city in CITIES])[0]
        values = {
            "name": next(people),
            "l10n_ir_kind": "natural",
            "l10n_ir_national_code": person_code(),
            "phone": mobile(),
            "birthdate_date": birthday(),
            **address(city),
        }
        if index % 3 == 0:
            values["email"] = f"moshtari{index + 1}@example.com"
        if index % 5 == 0:
            values["l10n_ir_wedding_date"] = str(
                date(1995, 3, 21) + timedelta(days=rng.randrange(10_000))
            )
        contacts.append((next(ids), values))
    # three people whom two colleagues entered, to be found and merged
    for index, copy in zip((-1, -2, -3), (-11, -12, -13), strict=True):
        xml_id, values = contacts[copy]
        _original_id, original = contacts[index]
        kept = {fname: original[fname] for fname in ("name", "phone", "country_id")}
        contacts[copy] = (xml_id, kept | {"comment": "ثبت‌شده در نمایشگاه"})
    return contacts


def make_leads(contacts):
    """Return (xml id, values) of the leads, and those of their activities."""
    companies = dict(contacts[:COMPANIES])
    people = contacts[COMPANIES : COMPANIES + COLLEAGUES]
    private = contacts[COMPANIES + COLLEAGUES :][:-13]
    stages = [
        (stage, days) for stage, number, days in PIPELINE for days in [days] * number
    ]
    leads, activities = [], []
    for index, (stage, (least, most)) in enumerate(stages):
        xml_id = f"demo_lead_{index + 1:03d}"
        user = "user_demo_manager" if index % 4 == 3 else "user_demo_salesperson"
        worked = rng.randint(least, most)
        made = worked + rng.randint(0, 40)
        if index % 3:
            values = business_need(index, *people[index % COLLEAGUES], companies)
        else:
            values = private_need(index, *rng.choice(private))
        values |= {
            "type": "opportunity",
            "team_id": ref("crm_team_demo"),
            "create_date": days_ago(made),
            "date_last_stage_update": days_ago(worked),
            "priority": str(rng.choice([0, 0, 0, 1, 1, 2, 3])),
            "tag_ids": code(f"[(6, 0, [ref('crm_tag_demo_{rng.choice(TAGS)}')])]"),
            "medium_id": ref(rng.choice(MEDIA)),
        }
        if stage == "crm.stage_lead1" and index % 6 == 5:
            values["user_id"] = code("False")
        else:
            values |= {"user_id": ref(user), "date_open": days_ago(made)}
        if index % 9 == 4:
            values["l10n_ir_referrer_id"] = ref(rng.choice(people)[0])
        else:
            values["source_id"] = ref(rng.choice(SOURCES))
        values |= outcome(index, stage, worked)
        if "date_closed" not in values and index % 5:
            days = [-6, -2, 0, 0, 1, 4, 9][index % 7]
            activities.append(make_activity(len(activities) + 1, xml_id, user, days))
        leads.append((xml_id, values))
    return leads, activities


def business_need(index, person_id, person, companies):
    company = companies[person["parent_id"]["ref"]]
    name = company["name"].removeprefix("شرکت ")
    field = next(field for field in COMPANY_FIELDS if name.startswith(field))
    values = {
        "name": f"{rng.choice(COMPANY_FIELDS[field])} – {name}",
        "expected_revenue": code(rial(rng.randrange(80, 1_500, 10))),
    }
    if index % 3 == 1:
        return values | {"partner_id": ref(person_id)}
    return values | {
        "contact_name": person["name"],
        "partner_name": company["name"],
        "function": person["function"],
        "phone": person["phone"],
        "email_from": person["email"],
        "country_id": ref("base.ir"),
    }


def private_need(index, person_id, person):
    name = person["name"] if index % 2 else person_name()
    values = {
        "name": f"{rng.choice(PRIVATE_NEEDS)} – {name}",
        "expected_revenue": code(rial(rng.randrange(15, 180, 5))),
    }
    if index % 2:
        return values | {"partner_id": ref(person_id)}
    return values | {
        "contact_name": name,
        "phone": mobile(),
        "country_id": ref("base.ir"),
    }


def rial(million_toman):
    return str(million_toman * 10_000_000)


def outcome(index, stage, worked):
    """Return stage, closing and contract of a lead."""
    if stage == "crm.stage_lead4":
        return {
            "stage_id": ref(stage),
            "probability": code("100"),
            "date_closed": days_ago(worked, 15),
        }
    if stage is None:
        stage = rng.choice(
            ["crm_stage_contacted", "crm.stage_lead2", "crm.stage_lead3"]
        )
        return {
            "stage_id": ref(stage),
            "active": code("False"),
            "probability": code("0"),
            "date_closed": days_ago(worked, 15),
            "lost_reason_id": ref(LOST_REASONS[index % len(LOST_REASONS)]),
        }
    days = rng.randint(3, 75)
    values = {
        "stage_id": ref(stage),
        "date_deadline": code(f"DateTime.today() + timedelta(days={days})"),
    }
    if stage not in ("crm.stage_lead1", "crm_stage_contacted"):
        contract = f"crm_ir_contract_type_{rng.choice(CONTRACTS)}"
        values["l10n_ir_contract_type_id"] = ref(contract)
    return values


def make_activity(number, lead_id, user, days):
    activity_type, summary = rng.choice(ACTIVITIES)
    return (
        f"demo_activity_{number:03d}",
        {
            "res_model_id": ref("crm.model_crm_lead"),
            "res_id": ref(lead_id),
            "activity_type_id": ref(activity_type),
            "summary": summary,
            "user_id": ref(user),
            "date_deadline": code(f"DateTime.today() + timedelta(days={days})"),
        },
    )


def write(name, model, records):
    lines = [
        '<?xml version="1.0" encoding="UTF-8" ?>',
        f'<odoo noupdate="1" context="{QUIET}">',
    ]
    for xml_id, values in records:
        lines.append(f'    <record id="{xml_id}" model="{model}">')
        for fname, value in values.items():
            if isinstance(value, dict):
                [(attribute, expression)] = value.items()
                text = f" {attribute}={quoteattr(expression)} />"
            else:
                text = f">{escape(value)}</field>"
            lines.append(f'        <field name="{fname}"{text}')
        lines.append("    </record>")
    lines.append("</odoo>")
    (ADDON / "demo" / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    contacts = make_contacts()
    leads, activities = make_leads(contacts)
    write("res_partner_demo.xml", "res.partner", contacts)
    write("crm_lead_demo.xml", "crm.lead", leads)
    write("mail_activity_demo.xml", "mail.activity", activities)
    print(len(contacts), len(leads), len(activities))
