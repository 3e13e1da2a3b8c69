import {beforeEach, expect, test} from "@odoo/hoot";
import {mockDate, mockTimeZone} from "@odoo/hoot-mock";
import {serializeDate, serializeDateTime} from "@web/core/l10n/dates";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {patchWithCleanup} from "@web/../tests/web_test_helpers";
import {session} from "@web/session";

const {DateTime, Settings} = luxon;

const PRESETS = Object.entries(Object.getOwnPropertyDescriptors(DateTime)).flatMap(
    ([name]) => (/^(DATE|TIME|DATETIME)_/.test(name) ? [[name, DateTime[name]]] : [])
);

defineMailModels();

beforeEach(() => {
    mockTimeZone("Asia/Tehran");
    mockDate("2025-10-10T13:05:00");
});

// 18 Mehr 1404
const day = (locale) => DateTime.fromISO("2025-10-10T13:05:00", {locale});

function readJalali(defaultLocale, values = {}) {
    patchWithCleanup(Settings, {defaultLocale});
    patchWithCleanup(session, {crm_ir_calendar: "jalali", ...values});
}

/** What a text consists of, in any order and in Latin digits. */
const words = (text) =>
    text
        .replace(/[۰-۹]/g, (digit) => "۰۱۲۳۴۵۶۷۸۹".indexOf(digit))
        .match(/[\p{L}\p{N}:/+]+/gu)
        .sort();

test("a text for people has the words of ICU's Persian calendar", () => {
    readJalali("fa-IR");
    expect(PRESETS.length).toBeGreaterThan(15);
    for (const [name, preset] of PRESETS) {
        const icu = new Intl.DateTimeFormat("fa-IR-u-ca-persian-nu-latn", preset);
        const date = day("fa-IR").reconfigure({numberingSystem: "latn"});
        expect(words(date.toLocaleString(preset))).toEqual(
            words(icu.format(date.toJSDate())),
            {message: name}
        );
    }
});

test("with weekdays too it is in the order of the language", () => {
    readJalali("fa-IR");
    // CLDR has that order in the Gregorian calendar alone
    const date = day("fa-IR");
    expect(date.toLocaleString(DateTime.DATE_HUGE)).toBe("جمعه 18 مهر 1404");
    expect(date.toLocaleString(DateTime.DATE_FULL)).toBe("18 مهر 1404");
    expect(date.toLocaleString(DateTime.DATE_SHORT)).toBe("1404/7/18");
    expect(date.toLocaleString(DateTime.DATETIME_MED)).toBe("18 مهر 1404، 13:05");
});

test("the user's digits", () => {
    readJalali("fa-IR", {crm_ir_digits: "arabext"});
    expect(day("fa-IR").toLocaleString(DateTime.DATE_FULL)).toBe("۱۸ مهر ۱۴۰۴");
});

test("an English text has no era", () => {
    readJalali("en-US");
    const date = day("en-US");
    expect(date.toLocaleString(DateTime.DATE_FULL)).toBe("Mehr 18, 1404");
    expect(date.toLocaleString(DateTime.DATE_SHORT)).toBe("7/18/1404");
    expect(date.toLocaleString(DateTime.DATETIME_MED)).toMatch(
        /^Mehr 18, 1404, 1:05\sPM$/
    );
    expect(date.toLocaleString(DateTime.TIME_24_SIMPLE)).toBe("13:05");
});

test("a day without a Jalali name has its Gregorian one", () => {
    readJalali("en-US");
    for (const iso of ["2124-03-20", "1799-03-20", "9999-12-31", "1000-01-01"]) {
        const date = DateTime.fromISO(iso, {locale: "en-US"});
        expect(date.toLocaleString(DateTime.DATE_SHORT)).toBe(
            `${date.month}/${date.day}/${date.year}`
        );
    }
    expect(DateTime.invalid("no date").toLocaleString()).toBe("Invalid DateTime");
});

test("a calendar that was asked for is given", () => {
    readJalali("en-US");
    const options = {outputCalendar: "gregory"};
    expect(day("en-US").toLocaleString(DateTime.DATE_FULL, options)).toBe(
        "October 10, 2025"
    );
});

test("what machines read is not touched", () => {
    readJalali("fa-IR", {crm_ir_digits: "arabext"});
    const date = day("fa-IR").reconfigure({numberingSystem: "latn"});
    expect(date.toFormat("yyyy-MM-dd HH:mm:ss")).toBe("2025-10-10 13:05:00");
    expect(date.toISODate()).toBe("2025-10-10");
    expect(date.toSQL()).toBe("2025-10-10 13:05:00.000 +03:30");
    expect(JSON.stringify(date)).toBe('"2025-10-10T13:05:00.000+03:30"');
    expect(serializeDate(date)).toBe("2025-10-10");
    expect(serializeDateTime(date)).toBe("2025-10-10 09:35:00");
});

test("for others every text is that of Intl", () => {
    for (const locale of ["en-US", "fr-FR", "ar-EG", "th-TH"]) {
        for (const [name, preset] of PRESETS) {
            const date = day(locale).reconfigure({numberingSystem: "latn"});
            const intl = new Intl.DateTimeFormat(`${locale}-u-nu-latn`, preset);
            expect(date.toLocaleString(preset)).toBe(intl.format(date.toJSDate()), {
                message: `${locale} ${name}`,
            });
        }
    }
});
