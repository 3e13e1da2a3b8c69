import {digits, jalaliOf, weekOf} from "@crm_ir_jalali/core/calendar";
import {dayOfYear} from "@crm_ir_jalali/core/jalali";
import {memoize} from "@web/core/utils/functions";

const {DateTime, Settings} = luxon;

/**
 * Jalali dates as people write them: the words and rules of tools/jalali_text.py in
 * crm_ir_base, over luxon's DateTime and luxon's patterns.
 *
 * @typedef {luxon.DateTime} DateTime
 */

// Short names equal long ones, as CLDR has it for Persian; weekdays start on Monday.
export const NAMES = {
    fa: {
        months: "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند",
        weekdays: "دوشنبه سه\u200cشنبه چهارشنبه پنجشنبه جمعه شنبه یکشنبه",
        quarters: "بهار تابستان پاییز زمستان",
        halves: "ق.ظ. ب.ظ.",
        eras: "ه\u200d.ش.",
    },
    en: {
        months: "Farvardin Ordibehesht Khordad Tir Mordad Shahrivar Mehr Aban Azar Dey Bahman Esfand",
        weekdays: "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        quarters: "Spring Summer Autumn Winter",
        halves: "AM PM",
        eras: "AP",
    },
};
for (const names of Object.values(NAMES)) {
    for (const kind in names) {
        names[kind] = names[kind].split(" ");
    }
}

function names() {
    // on websites the language of localization is the browser's, not that of the page
    return Settings.defaultLocale?.startsWith("fa") ? NAMES.fa : NAMES.en;
}

/** @returns {string[]} Farvardin to Esfand, in Persian or as transliterated */
export function monthNames() {
    return names().months;
}

/** @returns {string[]} spring to winter */
export function quarterNames() {
    return names().quarters;
}

const two = (number) => (number < 10 ? `0${number}` : `${number}`);
const hour12 = (date) => date.hour % 12 || 12;
const quarter = (jalali) => Math.ceil(jalali.month / 3);

const TOKENS = {
    D: (date) => toLocaleString(date, DateTime.DATE_SHORT),
    DD: (date) => toLocaleString(date, DateTime.DATE_MED),
    DDD: (date) => toLocaleString(date, DateTime.DATE_FULL),
    DDDD: (date) => toLocaleString(date, DateTime.DATE_HUGE),
    y: (_date, {year}) => year,
    yy: (_date, {year}) => two(year % 100),
    yyyy: (_date, {year}) => year,
    q: (_date, jalali) => quarter(jalali),
    qq: (_date, jalali) => two(quarter(jalali)),
    QQQQ: (_date, jalali) => names().quarters[quarter(jalali) - 1],
    M: (_date, {month}) => month,
    MM: (_date, {month}) => two(month),
    MMMM: (_date, {month}) => names().months[month - 1],
    MMMMM: (_date, {month}) => names().months[month - 1][0],
    d: (_date, {day}) => day,
    dd: (_date, {day}) => two(day),
    EEEE: (date) => names().weekdays[date.weekday - 1],
    G: () => names().eras[0],
    W: (date) => weekOf(date).week,
    WW: (date) => two(weekOf(date).week),
    kk: (date) => two(weekOf(date).year % 100),
    kkkk: (date) => weekOf(date).year,
    o: (_date, jalali) => dayOfYear(jalali),
    ooo: (_date, jalali) => String(dayOfYear(jalali)).padStart(3, "0"),
    H: (date) => date.hour,
    HH: (date) => two(date.hour),
    h: hour12,
    hh: (date) => two(hour12(date)),
    m: (date) => date.minute,
    mm: (date) => two(date.minute),
    s: (date) => date.second,
    ss: (date) => two(date.second),
    a: (date) => names().halves[date.hour < 12 ? 0 : 1],
};
const SAME = {
    QQQ: "QQQQ",
    L: "M",
    LL: "MM",
    LLL: "MMMM",
    LLLL: "MMMM",
    LLLLL: "MMMMM",
    MMM: "MMMM",
    EEE: "EEEE",
    ccc: "EEEE",
    cccc: "EEEE",
};

/** Parts of the text: literals, and functions of the day and of its Jalali name. */
const compile = memoize((pattern) =>
    Array.from(
        pattern.matchAll(/'(?<quoted>[^']*)'?|(?<token>([a-z])\3*)|[^a-z']+/gi),
        ({0: literal, groups: {quoted, token}}) =>
            token
                ? (TOKENS[SAME[token] ?? token] ?? ((date) => date.toFormat(token)))
                : (quoted ?? literal)
    )
);

const PERSIAN_DIGITS = "۰۱۲۳۴۵۶۷۸۹";

/**
 * @param {string} text
 * @returns {string} its digits as the user wants them in dates
 */
export function inUserDigits(text) {
    return digits() === "latn"
        ? text
        : text.replace(/[0-9]/g, (digit) => PERSIAN_DIGITS[digit]);
}

/**
 * Writes a date in the Jalali calendar, with the user's digits.
 *
 * @param {DateTime} date a day outside 1178 to 1502 is written in the Gregorian calendar
 * @param {string} pattern of luxon's tokens; those without a Jalali meaning are luxon's
 * @returns {string}
 */
export function format(date, pattern) {
    const jalali = jalaliOf(date);
    if (!jalali) {
        // luxon's Persian names of months would be Jalali beside a Gregorian year
        return inUserDigits(
            date.reconfigure({outputCalendar: "gregory"}).toFormat(pattern)
        );
    }
    let text = "";
    for (const part of compile(pattern)) {
        text += typeof part === "string" ? part : part(date, jalali);
    }
    return inUserDigits(text);
}

// The Gregorian third of February 2001, 04:05:06: no part has two digits of its own.
const SAMPLE = Date.UTC(2001, 1, 3, 4, 5, 6);

/** Pattern in which Intl writes a Gregorian date. */
const localePattern = memoize((key) => {
    const [locale, options] = JSON.parse(key);
    const parts = new Intl.DateTimeFormat(locale, {
        ...options,
        calendar: "gregory",
        numberingSystem: "latn",
        timeZone: "UTC",
    }).formatToParts(SAMPLE);
    const hour = parts.some(({type}) => type === "dayPeriod") ? "h" : "H";
    const tokens = {
        year: ["yyyy", "yy"],
        month: ["M", "MM"],
        day: ["d", "dd"],
        hour: [hour, hour + hour],
        minute: ["m", "mm"],
        second: ["s", "ss"],
        weekday: ["EEEE"],
        dayPeriod: ["a"],
        era: ["G"],
        timeZoneName: [options.timeZoneName === "long" ? "ZZZZZ" : "ZZZZ"],
    };
    return parts
        .map(({type, value}) => {
            if (!(type in tokens)) {
                return `'${value}'`;
            }
            if (type === "month" && !/^[0-9]+$/.test(value)) {
                return "MMMM";
            }
            const [numeric, twoDigits = numeric] = tokens[type];
            return value.length === 2 ? twoDigits : numeric;
        })
        .join("");
});

/**
 * Writes a date in the Jalali calendar, in the order and with the signs of the user's
 * language.
 *
 * @param {DateTime} date
 * @param {Intl.DateTimeFormatOptions} options as of luxon's toLocaleString
 * @returns {string}
 */
export function toLocaleString(date, options) {
    return format(date, localePattern(JSON.stringify([date.locale, options])));
}
