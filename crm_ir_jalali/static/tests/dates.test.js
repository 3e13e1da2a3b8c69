import {after, beforeEach, describe, expect, test} from "@odoo/hoot";
import {mockDate, mockTimeZone} from "@odoo/hoot-mock";
import {allowTranslations, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {
    deserializeDate,
    deserializeDateTime,
    formatDate,
    formatDateTime,
    getLocalYearAndWeek,
    parseDate,
    parseDateTime,
    serializeDate,
    serializeDateTime,
    toLocaleDateString,
    toLocaleDateTimeString,
} from "@web/core/l10n/dates";
import {localization} from "@web/core/l10n/localization";
import {session} from "@web/session";

const {DateTime, Settings} = luxon;

describe.current.tags("headless");

const PERSIAN = "۰۱۲۳۴۵۶۷۸۹";
const ARABIC = "٠١٢٣٤٥٦٧٨٩";
const inDigits = (text, digits) => text.replace(/[0-9]/g, (digit) => digits[digit]);
const two = (number) => String(number).padStart(2, "0");

function speak(code, {dateFormat = "yyyy/MM/dd", timeFormat = "HH:mm:ss"} = {}) {
    const {defaultLocale, defaultNumberingSystem} = Settings;
    const use = (values) => Object.assign(Settings, values);
    use({defaultLocale: code.replace("_", "-"), defaultNumberingSystem: "latn"});
    after(() => use({defaultLocale, defaultNumberingSystem}));
    patchWithCleanup(localization, {
        code,
        dateFormat,
        timeFormat,
        dateTimeFormat: `${dateFormat} ${timeFormat}`,
        weekStart: 6,
    });
}

function useCalendar(calendar, digits = "latn") {
    patchWithCleanup(session, {crm_ir_calendar: calendar, crm_ir_digits: digits});
}

/** Exports of the stock module, before anything changed them. */
function stockDates() {
    const {fn} = odoo.loader.factories.get("@web/core/l10n/dates");
    return fn((name) => odoo.loader.modules.get(name));
}

/** Jalali parts of a UTC day, as ICU has them. */
const icu = new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", {
    timeZone: "UTC",
    year: "numeric",
    month: "numeric",
    day: "numeric",
});
function icuParts(date) {
    const parts = icu.formatToParts(date.toMillis());
    return ["year", "month", "day"].map((kind) =>
        Number(parts.find(({type}) => type === kind).value)
    );
}

const DAY = {days: 1};

beforeEach(() => {
    allowTranslations();
    // 18 Mehr 1404, a Friday
    mockDate("2025-10-10 08:30:00");
    mockTimeZone("Asia/Tehran");
    speak("fa_IR");
    useCalendar("jalali");
});

describe("typing", () => {
    test("every day of 1403 to 1408 is read in three digit systems", () => {
        let date = DateTime.utc(2024, 3, 20);
        const leapDays = [];
        let [year, month, day] = icuParts(date);
        let count = 0;
        for (; year <= 1408; count++) {
            const text = `${year}/${two(month)}/${two(day)}`;
            const iso = date.toISODate();
            for (const digits of ["0123456789", PERSIAN, ARABIC]) {
                const read = parseDate(inDigits(text, digits)).toISODate();
                if (read !== iso) {
                    expect(`${text} in ${digits}`).toBe(iso);
                }
            }
            if (formatDate(DateTime.fromISO(iso)) !== text) {
                expect(iso).toBe(text);
            }
            if (month === 12 && day === 30) {
                leapDays.push(year);
            }
            date = date.plus(DAY);
            [year, month, day] = icuParts(date);
        }
        expect(count).toBe(6 * 365 + 2);
        expect(leapDays).toEqual([1403, 1408]);
        for (const common of [1404, 1405, 1406, 1407]) {
            expect(() => parseDate(`${common}/12/30`)).toThrow(/29/);
        }
    });

    test("every Nowruz of 1178 to 1502 is the day ICU has", () => {
        for (let year = 1178; year <= 1502; year++) {
            const nowruz = parseDate(`${year}/01/01`);
            const iso = nowruz.toISODate();
            if (
                String(icuParts(DateTime.fromISO(iso, {zone: "utc"}))) !== `${year},1,1`
            ) {
                expect(iso).toBe(`Nowruz of ${year}`);
            }
        }
        expect(parseDate("1178/01/01").toISODate()).toBe("1799-03-21");
        expect(parseDate("1502/12/29").toISODate()).toBe("2124-03-19");
    });

    const SAME_DAY = [
        "1404/07/18",
        "1404/7/18",
        "1404-07-18",
        "1404.7.18",
        "1404 7 18",
        "14040718",
        "04/07/18",
        "18/07/1404",
        "18-7-1404",
        "۱۴۰۴/۰۷/۱۸",
        "١٤٠٤/٠٧/١٨",
        "۱۴۰۴٫۰۷٫۱۸",
        "18 مهر 1404",
        "۱۸ مهر ۱۴۰۴",
        "۱۸ مهرماه ۱۴۰۴",
        "۱۴۰۴ مهر ۱۸",
        "18 Mehr 1404",
        "جمعه ۱۸ مهر ۱۴۰۴",
        "جمعه، ۱۸ مهر ۱۴۰۴",
        "Friday 18 Mehr 1404",
        "18",
        "7/18",
        "۱۸ مهر",
        "today",
        "now",
        "+0",
        "=18d",
        "1404/07/18 14:30",
        "2025-10-10",
        "2025/10/10",
        "20251010",
        "2025-10-10 12:00:00",
        "2025-10-10T12:00:00+03:30",
    ];
    for (const text of SAME_DAY) {
        test(`${text} is 18 Mehr 1404`, () => {
            expect(parseDate(text).toISO()).toBe("2025-10-10T00:00:00.000+03:30");
        });
    }

    test("numbers stand in the order of the language's date format", () => {
        const cases = [
            ["dd/MM/yyyy", ["18/07/1404", "18/7/04", "18/7", "18", "1404/07/18"]],
            ["MM/dd/yyyy", ["07/18/1404", "7/18/04", "7/18", "18", "1404/07/18"]],
            ["dd. MM. yyyy", ["18. 07. 1404", "18.7.04"]],
            ["d MMMM yyyy", ["18 Mehr 1404", "18 Mehr", "18/7"]],
        ];
        for (const [dateFormat, texts] of cases) {
            speak("en_US", {dateFormat});
            for (const text of texts) {
                expect([dateFormat, text, parseDate(text).toISODate()]).toEqual([
                    dateFormat,
                    text,
                    "2025-10-10",
                ]);
            }
        }
        speak("en_US", {dateFormat: "MM/dd/yyyy"});
        expect(() => parseDate("18/07/1404")).toThrow(/Month 18/);
    });

    test("two digits of a year mean one of 1326 to 1425", () => {
        expect(formatDate(parseDate("24/01/01"))).toBe("1424/01/01");
        expect(formatDate(parseDate("25/01/01"))).toBe("1325/01/01");
        expect(formatDate(parseDate("99/01/01"))).toBe("1399/01/01");
    });

    test("times of day are read, and dates need none", () => {
        const cases = {
            "1404/07/18 14:30": "2025-10-10T14:30:00.000+03:30",
            "۱۴۰۴/۰۷/۱۸ ۱۴:۳۰:۱۵": "2025-10-10T14:30:15.000+03:30",
            "18 مهر 1404 ساعت 2:30 ب.ظ": "2025-10-10T14:30:00.000+03:30",
            "14:30 1404/07/18": "2025-10-10T14:30:00.000+03:30",
            "18 14:30": "2025-10-10T14:30:00.000+03:30",
            "1404/07/18": "2025-10-10T00:00:00.000+03:30",
            "2025-10-10T11:00:00Z": "2025-10-10T14:30:00.000+03:30",
        };
        for (const [text, iso] of Object.entries(cases)) {
            expect([text, parseDateTime(text).toISO()]).toEqual([text, iso]);
        }
        const inUtc = parseDateTime("1404/07/18 14:30", {tz: "UTC"});
        expect(inUtc.toISO()).toBe("2025-10-10T14:30:00.000Z");
    });

    test("shortcuts move by Jalali months and years", () => {
        const cases = {
            "+3d": "1404/07/21",
            "+۳d": "1404/07/21",
            "+3": "1404/07/21",
            "-18d": "1404/06/31",
            "+1m": "1404/08/18",
            "=31d": "1404/07/30",
            "=1d": "1404/07/01",
            "=1m": "1404/01/18",
            "=1m =1d": "1404/01/01",
            "=۱m =۱d": "1404/01/01",
            "=1d +1m -1d": "1404/07/30",
            "=1m =1d +1y -1d": "1404/12/29",
            "=12m =30d": "1404/12/29",
            "-1y": "1403/07/18",
            "=1403y": "1403/07/18",
            "+1w": "1404/07/25",
            "today -1d": "1404/07/17",
            "today +1m": "1404/08/18",
            "=week_start": "1404/07/12",
            "=monday": "1404/07/14",
            "+monday": "1404/07/21",
            "-saturday": "1404/07/12",
            "+friday": "1404/07/18",
        };
        for (const [text, written] of Object.entries(cases)) {
            expect([text, formatDate(parseDate(text))]).toEqual([text, written]);
        }
        expect(formatDateTime(parseDateTime("now +1m +2H"))).toBe(
            "1404/08/18 14:00:00"
        );
        expect(formatDateTime(parseDateTime("=1d =9H"))).toBe("1404/07/01 09:00:00");

        // 31 Shahrivar and 30 Esfand have no day in the month after
        mockDate("2025-09-22 08:30:00");
        expect(formatDate(parseDate("+1m"))).toBe("1404/07/30");
        mockDate("2025-03-20 08:30:00");
        expect(formatDate(parseDate("+1y"))).toBe("1404/12/29");
    });
});

// What each does in a Persian screen; a date is what is stored, anything else the refusal.
const HOSTILE = [
    ["", false],
    ["   ", /no date here/],
    ["\u200f\u200c", /no date here/],
    ["\t1404/07/18\n", "2025-10-10"],
    ["9".repeat(1e6), /known form/],
    ["T".repeat(1e6), /known form/],
    ["1404/".repeat(2e5), /known form/],
    ["\u0000", /known form/],
    ["1404/07/18\u0000", /known form/],
    ["\u202b1404/07/18\u202c", "2025-10-10"],
    ["\u2067۱۴۰۴/۰۷/۱۸\u2069", "2025-10-10"],
    ["\u061c1404/07/18", "2025-10-10"],
    ["\ufeff1404/07/18", "2025-10-10"],
    ["14۰۴/٠7/۱8", "2025-10-10"],
    ["１４０４/０７/１８", /known form/],
    ["१४०४/०७/१८", /known form/],
    ["1404/12/30", /has 29 days, not 30/],
    ["1403/12/30", "2025-03-20"],
    ["1404/07/31", /مهر 1404 has 30 days, not 31/],
    ["1404/06/31", "2025-09-22"],
    ["1404/02/31", "2025-05-21"],
    ["31/02", "2025-05-21", "dd/MM/yyyy"],
    ["31/02", /Month 31/],
    ["02/31", "2025-05-21"],
    ["12/30", /has 29 days/],
    ["31", /has 30 days/],
    ["0", /has 30 days, not 0/],
    ["1404/00/18", /Month 0/],
    ["1404/13/01", /Month 13/],
    ["1404/07/00", /has 30 days, not 0/],
    ["07/18/1404", /Month 18/],
    ["1177/12/29", /Year 1177/],
    ["1178/01/01", "1799-03-21"],
    ["1502/12/29", "2124-03-19"],
    ["1502/12/30", /has 29 days/],
    ["1503/01/01", /Year 1503/],
    ["0000/01/01", /Year 0 /],
    ["0001-01-01", /Year 1 /],
    ["1600/01/01", /Year 1600/],
    ["1799-03-20", /1178 to 1502/],
    ["2124-03-20", /1178 to 1502/],
    ["2125-01-01", /Year 2125/],
    ["9999-12-31", /Year 9999/],
    ["2025-02-29", /has 28 days, not 29/],
    ["2025/13/01", /Month 13/],
    ["10/11/2025", /year first/],
    ["10 مهر 2025", /year first/],
    ["18071404", /Month 14/],
    ["1404", /known form/],
    ["1404/07", /known form/],
    ["مهر 1404", /known form/],
    ["140407", /known form/],
    ["45940", /known form/],
    ["1404.5", /known form/],
    ["1,404/07/18", /known form/],
    ["1٬404٬07٬18", /known form/],
    ["4/7/18", /known form/],
    ["404/07/18", /known form/],
    ["11404/07/18", /known form/],
    ["-1404/07/18", /known form/],
    ["1404/07/-18", /known form/],
    ["1404//07/18", /known form/],
    ["1404/07-18", /known form/],
    ["-5", "2025-10-05"],
    ["−5", /known form/],
    ["=1404", /known form/],
    ["=5", /known form/],
    ["=2025y", /known form/],
    ["=40d", /known form/],
    ["=13m", /known form/],
    ["=0d", /known form/],
    ["=5w", /known form/],
    ["+3.5d", /known form/],
    ["+-3d", /known form/],
    ["+3x", /known form/],
    ["+99999999999999999999d", /known form/],
    ["+500y", /1178 to 1502/],
    ["-300y", /1178 to 1502/],
    ["__proto__", /known form/],
    ["=__proto__", /known form/],
    ["18 __proto__ 1404", /Jalali month/],
    ["18 constructor 1404", /Jalali month/],
    ["18 October 1404", /Jalali month/],
    ["October 18, 1404", /known form/],
    ["شنبه 18 مهر 1404", /weekday/],
    ["1404/07/18 24:00", /time of day/],
    ["1404/07/18 12:60", /time of day/],
    ["1404/07/18 13:00 pm", /time of day/],
    ["14:30", /known form/],
    ["1404/07/18'; DROP TABLE res_partner; --", /known form/],
    ["<b>1404/07/18</b>", /known form/],
    ["1404/07/18 😀", /known form/],
    ["\ud800", /known form/],
    ['{"year": 1404}', /known form/],
    ["[1404, 7, 18]", /known form/],
    ["null", /known form/],
    ["NaN", /known form/],
    ["Invalid DateTime", /known form/],
    ["1404-07-18T00:00:00Z", /known form/],
    ["1404-07-18T00:00:00+03:30", /known form/],
    ["2025-10-09T20:30:00Z", "2025-10-10"],
    ["2025-10-10T25:00:00Z", /known form/],
    ["2025-W41-5", /known form/],
    ["1e3/01/01", /known form/],
];

describe("hostile input", () => {
    for (const [text, outcome, dateFormat] of HOSTILE) {
        const name = JSON.stringify(text.length > 50 ? text.slice(0, 8) + "…" : text);
        test(`${name} ${dateFormat ?? ""} gives ${outcome}`, () => {
            speak("fa_IR", {dateFormat});
            for (const parse of [parseDate, parseDateTime]) {
                if (outcome instanceof RegExp) {
                    let refusal = null;
                    try {
                        parse(text);
                    } catch (error) {
                        refusal = error;
                    }
                    expect(refusal?.name).toBe("ConversionError");
                    expect(refusal.message).toMatch(outcome);
                } else {
                    const read = parse(text);
                    expect(read && serializeDate(read)).toBe(outcome);
                }
            }
        });
    }
});

describe("writing", () => {
    test("dates are Jalali, what is stored is Gregorian", () => {
        const date = deserializeDate("2025-10-10");
        expect(formatDate(date)).toBe("1404/07/18");
        expect(serializeDate(date)).toBe("2025-10-10");

        const stamp = deserializeDateTime("2025-10-10 11:00:00");
        expect(formatDateTime(stamp)).toBe("1404/07/18 14:30:00");
        expect(serializeDateTime(stamp)).toBe("2025-10-10 11:00:00");
        expect(serializeDateTime(parseDateTime("1404/07/18 14:30"))).toBe(
            "2025-10-10 11:00:00"
        );
        expect(serializeDate(parseDate("1404/07/18"))).toBe("2025-10-10");
    });

    test("digits are the user's, what is stored is Latin", () => {
        useCalendar("jalali", "arabext");
        const stamp = deserializeDateTime("2025-10-10 11:00:00");
        expect(formatDate(stamp)).toBe("۱۴۰۴/۰۷/۱۸");
        expect(formatDateTime(stamp)).toBe("۱۴۰۴/۰۷/۱۸ ۱۴:۳۰:۰۰");
        expect(toLocaleDateString(stamp)).toBe("۱۸ مهر");
        expect(parseDate(formatDate(stamp)).toISODate()).toBe("2025-10-10");
        expect(serializeDate(stamp)).toBe("2025-10-10");
        expect(serializeDateTime(stamp)).toBe("2025-10-10 11:00:00");
    });

    test("nothing is written for no date", () => {
        for (const write of [
            formatDate,
            formatDateTime,
            toLocaleDateString,
            toLocaleDateTimeString,
        ]) {
            expect(write(false)).toBe("");
            expect(write(null)).toBe("");
        }
    });

    test("the year is left out where it is the current Jalali one", () => {
        const cases = {
            "2025-03-20": "30 اسفند 1403",
            "2025-03-21": "1 فروردین",
            "2026-03-20": "29 اسفند",
            "2026-03-21": "1 فروردین 1405",
        };
        for (const [iso, text] of Object.entries(cases)) {
            expect(toLocaleDateString(DateTime.fromISO(iso))).toBe(text);
        }
        // In Azar 1405 Bahman 1404 is of the same Gregorian year
        mockDate("2026-11-25 08:30:00");
        expect(toLocaleDateString(DateTime.fromISO("2026-01-25"))).toBe("5 بهمن 1404");
    });

    test("date-times are written in the language's order", () => {
        const stamp = DateTime.fromISO("2024-10-09T14:05:09");
        expect(toLocaleDateTimeString(stamp)).toBe("18 مهر 1403، 14:05");
        expect(toLocaleDateTimeString(stamp, {showSeconds: true})).toBe(
            "18 مهر 1403، 14:05:09"
        );
        expect(toLocaleDateTimeString(stamp, {showTime: false})).toBe("18 مهر 1403");
        expect(toLocaleDateTimeString(stamp, {showDate: false})).toBe("14:05");
        expect(toLocaleDateTimeString(stamp, {tz: "UTC"})).toBe("18 مهر 1403، 10:35");
        const inEnglish = (code) => {
            speak(code);
            const text = toLocaleDateTimeString(
                DateTime.fromISO("2024-10-09T14:05:09")
            );
            return text.replace(/\s/g, " ");
        };
        expect(inEnglish("en_US")).toBe("Mehr 18, 1403, 2:05 PM");
        expect(inEnglish("en_GB")).toBe("18 Mehr 1403, 14:05");
    });

    test("a pattern of the caller is for machines unless it has words", () => {
        const date = DateTime.fromISO("2025-10-10T14:30:00");
        const machine = [
            "yyyy-MM-dd",
            "yyyy-MM-dd HH:mm:ss",
            "MM_dd_yyyy-HH_mm_ss",
            "MM/dd/yyyy, HH:mm:ss",
        ];
        useCalendar("jalali", "arabext");
        for (const format of machine) {
            expect(formatDate(date, {format})).toBe(date.toFormat(format));
        }
        expect(parseDate("10-10-2025", {format: "dd-MM-yyyy"}).toISODate()).toBe(
            "2025-10-10"
        );
        useCalendar("jalali");
        expect(formatDate(date, {format: "MMM dd yyyy, EEEE"})).toBe(
            "مهر 18 1404, جمعه"
        );
        expect(formatDate(date, {format: "DDD"})).toBe("18 مهر 1404");
        expect(formatDate(date, {format: localization.dateFormat})).toBe("1404/07/18");
        // the server's own format is never taken for the language's
        speak("fa_IR", {dateFormat: "yyyy-MM-dd"});
        expect(formatDate(date, {format: "yyyy-MM-dd"})).toBe("2025-10-10");
        expect(formatDate(date)).toBe("1404-07-18");
    });

    test("days outside 1178 to 1502 are written in the Gregorian calendar", () => {
        const early = DateTime.local(1799, 3, 20);
        const late = DateTime.local(2124, 3, 20);
        expect(formatDate(early)).toBe("1799/03/20");
        expect(formatDate(late)).toBe("2124/03/20");
        expect(toLocaleDateString(late)).toBe("20 مارس 2124");
    });

    test("Tehran's midnight begins the next day", () => {
        expect(formatDateTime(deserializeDateTime("2025-10-09 20:29:59"))).toBe(
            "1404/07/17 23:59:59"
        );
        expect(formatDateTime(deserializeDateTime("2025-10-09 20:30:00"))).toBe(
            "1404/07/18 00:00:00"
        );
        expect(serializeDateTime(parseDateTime("1404/07/18"))).toBe(
            "2025-10-09 20:30:00"
        );
        // the clock went from 24:00 to 1:00 on 2 Farvardin 1401
        expect(serializeDateTime(parseDateTime("1401/01/02"))).toBe(
            "2022-03-21 20:30:00"
        );
        expect(formatDate(parseDate("1401/01/02"))).toBe("1401/01/02");
    });

    test("what is written in any format is read as the same day", () => {
        const lost = [];
        for (const dateFormat of [
            "yyyy/MM/dd",
            "dd/MM/yyyy",
            "MM/dd/yyyy",
            "d/M/yyyy",
            "yyyy-MM-dd",
            "dd.MM.yyyy",
            "d MMMM yyyy",
            "EEEE d MMMM yyyy",
            "yy/MM/dd",
            "dd/MM/yy",
        ]) {
            for (const digits of ["latn", "arabext"]) {
                for (const code of ["fa_IR", "en_US"]) {
                    speak(code, {dateFormat, timeFormat: "hh:mm:ss a"});
                    useCalendar("jalali", digits);
                    for (let day = 0; day < 400; day += 3) {
                        const date = DateTime.local(2024, 12, 1, 22, 15, 40).plus({
                            days: day,
                        });
                        const text = formatDateTime(date);
                        if (+parseDateTime(text) !== +date) {
                            lost.push([text, date.toISO()]);
                        }
                    }
                }
            }
        }
        expect(lost).toEqual([]);
    });
});

test("week 1 of a Jalali year is the one with 1 Farvardin in it", () => {
    // 1 Farvardin 1404 was a Friday, 1 Farvardin 1405 a Saturday
    const cases = {
        "2025-03-14": [1403, 52],
        "2025-03-15": [1404, 1],
        "2025-03-21": [1404, 1],
        "2025-03-22": [1404, 2],
        "2025-10-10": [1404, 30],
        "2026-03-20": [1404, 53],
        "2026-03-21": [1405, 1],
    };
    for (const [iso, [year, week]] of Object.entries(cases)) {
        const found = getLocalYearAndWeek(DateTime.fromISO(iso));
        expect([iso, found.year, found.week]).toEqual([iso, year, week]);
        expect(found.startDate.weekday).toBe(6);
    }
    const found = getLocalYearAndWeek(new Date(2025, 9, 10));
    expect([found.year, found.week]).toEqual([1404, 30]);
});

describe("English users", () => {
    const STAMPS = Array.from({length: 100}, (_, i) =>
        DateTime.fromISO("1950-01-01T00:00:00").plus({days: 291 * i, minutes: 613 * i})
    );
    const TEXTS = [
        ...["10/10/2025", "10/10/25", "10/10", "10", "2025-10-10", "20251010", "1010"],
        ...["+3d", "=1m", "=1d", "today -1y", "=week_start", "now", "=1404", "1404"],
        ...["2025-10-10 14:30", "10/10/2025 14:30:00", "2025-10-10T11:00:00Z"],
        ...["1404/07/18", "07/18/1404", "۱۴۰۴/۰۷/۱۸", "18 مهر 1404", "", "x", "  "],
    ];

    function outcome(work) {
        try {
            const result = work();
            return result && result.isLuxonDateTime ? result.toISO() : result;
        } catch (error) {
            return `${error.name}: ${error.message}`;
        }
    }

    for (const dateFormat of ["MM/dd/yyyy", "yyyy/MM/dd", "d MMM yyyy"]) {
        test(`stock answers stay as they are with ${dateFormat}`, () => {
            const stock = stockDates();
            speak("en_US", {dateFormat, timeFormat: "hh:mm:ss a"});
            useCalendar("gregorian");
            for (const stamp of STAMPS) {
                for (const [ours, theirs] of [
                    [formatDate(stamp), stock.formatDate(stamp)],
                    [formatDateTime(stamp), stock.formatDateTime(stamp)],
                    [toLocaleDateString(stamp), stock.toLocaleDateString(stamp)],
                    [
                        toLocaleDateTimeString(stamp),
                        stock.toLocaleDateTimeString(stamp),
                    ],
                    [
                        formatDateTime(stamp, {tz: "UTC", format: "DDDD"}),
                        stock.formatDateTime(stamp, {tz: "UTC", format: "DDDD"}),
                    ],
                    [
                        JSON.stringify(getLocalYearAndWeek(stamp)),
                        JSON.stringify(stock.getLocalYearAndWeek(stamp)),
                    ],
                ]) {
                    if (ours !== theirs) {
                        expect(ours).toBe(theirs);
                    }
                }
            }
            for (const text of TEXTS) {
                expect([text, outcome(() => parseDate(text))]).toEqual([
                    text,
                    outcome(() => stock.parseDate(text)),
                ]);
                expect([text, outcome(() => parseDateTime(text))]).toEqual([
                    text,
                    outcome(() => stock.parseDateTime(text)),
                ]);
            }
        });
    }
});
