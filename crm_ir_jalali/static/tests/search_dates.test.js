import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {mockTimeZone} from "@odoo/hoot-mock";
import {allowTranslations, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {localization} from "@web/core/l10n/localization";
import {constructDateDomain, getPeriodOptions} from "@web/search/utils/dates";
import {session} from "@web/session";

describe.current.tags("headless");

const {DateTime, Settings} = luxon;

const PARAMS = {
    startYear: -2,
    endYear: 0,
    startMonth: -2,
    endMonth: 0,
    customOptions: [],
};
const FILTER = {fieldName: "day", fieldType: "date", optionsParams: PARAMS};
const QUARTERS = ["first_quarter", "second_quarter", "third_quarter", "fourth_quarter"];

/** First and last days of the months of 1403 to 1408, as ICU knows them. */
function icuMonths() {
    const icu = new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", {
        year: "numeric",
        month: "numeric",
        timeZone: "UTC",
    });
    const months = new Map();
    for (
        let day = Date.UTC(2024, 2, 20);
        day < Date.UTC(2030, 2, 21);
        day += 86400000
    ) {
        const {year, month} = Object.fromEntries(
            icu.formatToParts(day).map(({type, value}) => [type, value])
        );
        const iso = new Date(day).toISOString().slice(0, 10);
        const name = `${year}-${month}`;
        months.set(name, [months.get(name)?.[0] ?? iso, iso]);
    }
    return [...months.values()];
}

function range(first, last) {
    return ["&", ["day", ">=", first], ["day", "<=", last]];
}

function filter(today, optionIds, params = {}) {
    const {domain, description} = constructDateDomain(
        DateTime.fromISO(today),
        {...FILTER, ...params},
        optionIds
    );
    return {domain: domain.toList(), description};
}

function speakPersian() {
    patchWithCleanup(Settings, {defaultLocale: "fa-IR"});
    patchWithCleanup(localization, {direction: "rtl"});
}

beforeEach(() => {
    mockTimeZone("Asia/Tehran");
    allowTranslations();
    patchWithCleanup(Settings, {defaultLocale: "en-US"});
    patchWithCleanup(localization, {direction: "ltr"});
    patchWithCleanup(session, {crm_ir_calendar: "jalali", crm_ir_digits: "latn"});
});

test("a month of 1403 to 1408 has the days that ICU gives it", () => {
    const months = icuMonths();
    expect(months).toHaveLength(72);
    for (const days of months) {
        for (const today of days) {
            expect(filter(today, ["month", "year"]).domain).toEqual(range(...days));
        }
    }
});

test("a quarter and a year of 1403 to 1408 have the days that ICU gives them", () => {
    const months = icuMonths();
    for (let year = 0; year < 72; year += 12) {
        const days = [months[year][0], months[year + 11][1]];
        for (const today of days) {
            expect(filter(today, ["year"]).domain).toEqual(range(...days));
            QUARTERS.forEach((quarter, index) => {
                const start = year + 3 * index;
                expect(filter(today, [quarter, "year"]).domain).toEqual(
                    range(months[start][0], months[start + 2][1])
                );
            });
        }
    }
});

test("a month before 1 Farvardin is a month of last year", () => {
    const options = getPeriodOptions(DateTime.fromISO("2025-03-25"), PARAMS);
    const esfand = options.find(({id}) => id === "month-1");
    expect(esfand.description).toBe("Esfand");
    expect(esfand.defaultYearId).toBe("year-1");
    expect(filter("2025-03-25", ["month-1", "year-1"])).toEqual({
        domain: range("2025-02-19", "2025-03-20"),
        description: "Esfand 1403",
    });
});

test("31 Shahrivar, two months ago, is in Tir", () => {
    expect(filter("2025-09-22", ["month-2", "year"])).toEqual({
        domain: range("2025-06-22", "2025-07-22"),
        description: "Tir 1404",
    });
});

test("date-times of a month begin and end at midnight in Tehran", () => {
    expect(
        filter("2025-10-10", ["month", "year"], {fieldType: "datetime"}).domain
    ).toEqual(range("2025-09-22 20:30:00", "2025-10-22 20:29:59"));
});

test("periods have the ids of stock Odoo and Persian names", () => {
    speakPersian();
    const options = getPeriodOptions(DateTime.fromISO("2025-10-10"), PARAMS);
    expect(options.map(({id, description}) => [id, String(description)])).toEqual([
        ["month", "مهر"],
        ["month-1", "شهریور"],
        ["month-2", "مرداد"],
        ["fourth_quarter", "زمستان"],
        ["third_quarter", "پاییز"],
        ["second_quarter", "تابستان"],
        ["first_quarter", "بهار"],
        ["year", "1404"],
        ["year-1", "1403"],
        ["year-2", "1402"],
    ]);
});

test("a filter names its periods, the month before the year", () => {
    speakPersian();
    expect(filter("2025-10-10", ["month", "year"]).description).toBe("مهر 1404");
    expect(filter("2025-10-10", ["third_quarter", "year"]).description).toBe(
        "پاییز 1404"
    );
    expect(
        filter("2025-10-10", ["month", "month-1", "year", "year-1"]).description
    ).toBe("شهریور 1403/مهر 1403/شهریور 1404/مهر 1404");
    patchWithCleanup(session, {crm_ir_digits: "arabext"});
    expect(filter("2025-10-10", ["year-1"]).description).toBe("۱۴۰۳");
});

test("several periods are joined, in order, with the domain of the filter", () => {
    expect(
        filter("2025-10-10", ["year", "month", "month-1"], {
            domain: `[("active", "=", True)]`,
        }).domain
    ).toEqual([
        "&",
        "|",
        ...range("2025-08-23", "2025-09-22"),
        ...range("2025-09-23", "2025-10-22"),
        ["active", "=", true],
    ]);
});

test("a filter may offer other months and years", () => {
    const params = {...PARAMS, startMonth: -1, endMonth: 2, startYear: 0, endYear: 1};
    const options = getPeriodOptions(DateTime.fromISO("2026-01-10"), params);
    expect(
        options.map(({id, defaultYearId, description}) =>
            [id, defaultYearId, description].join(" ")
        )
    ).toEqual([
        "month+2 year Esfand",
        "month+1 year Bahman",
        "month year Dey",
        "month-1 year Azar",
        "fourth_quarter year Winter",
        "third_quarter year Autumn",
        "second_quarter year Summer",
        "first_quarter year Spring",
        "year+1  1405",
        "year  1404",
    ]);
});

test("a custom period of a view is used as it is", () => {
    const customOptions = [
        {
            id: "custom_late",
            description: "Late",
            domain: `[("day", "<", "2025-01-01")]`,
        },
    ];
    expect(
        filter("2025-10-10", ["custom_late"], {
            optionsParams: {...PARAMS, customOptions},
        })
    ).toEqual({domain: [["day", "<", "2025-01-01"]], description: "Late"});
});

test("a user of the Gregorian calendar has the periods of stock Odoo", () => {
    patchWithCleanup(session, {crm_ir_calendar: "gregorian"});
    expect(filter("2025-10-10", ["month", "year"])).toEqual({
        domain: range("2025-10-01", "2025-10-31"),
        description: "October 2025",
    });
    expect(filter("2025-10-10", ["fourth_quarter", "year-1"])).toEqual({
        domain: range("2024-10-01", "2024-12-31"),
        description: "Q4 2024",
    });
    expect(
        getPeriodOptions(DateTime.fromISO("2025-10-10"), PARAMS).map(({description}) =>
            String(description)
        )
    ).toEqual([
        "October",
        "September",
        "August",
        "Q4",
        "Q3",
        "Q2",
        "Q1",
        "2025",
        "2024",
        "2023",
    ]);
});
