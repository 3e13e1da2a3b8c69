import {normalize} from "@crm_ir_base/core/persian_text";
import {
    MAX_YEAR,
    MIN_YEAR,
    daysInMonth,
    toGregorian,
    toJalali,
} from "@crm_ir_jalali/core/jalali";
import {NAMES} from "@crm_ir_jalali/core/jalali_text";
import {memoize} from "@web/core/utils/functions";

/**
 * Reads dates as people write them: the grammar and the refusals of tools/jalali_text.py
 * in crm_ir_base, tested against the same vectors. Only a person at a screen has an order
 * of numbers and a today; these are options here.
 *
 * @typedef {"yMd" | "dMy" | "Mdy"} Order
 * @typedef {{ hour: number, minute: number, second: number }} Clock
 */

const MIN_GREGORIAN_YEAR = 1799;
const MAX_GREGORIAN_YEAR = 2124;
const MAX_LENGTH = 100;

/** A text that is no date; `reason` and `values` are those of tools/jalali.py. */
export class JalaliError extends Error {
    constructor(reason, values = {}) {
        super(reason);
        this.reason = reason;
        this.values = values;
    }
}

// Persian keyboards write the decimal sign for the slash.
const SEPARATORS = {
    "،": " ",
    ",": " ",
    "٫": "/",
    "‐": "-",
    "‑": "-",
    "–": "-",
    "−": "-",
    "\u061c": "",
};
const SEPARATOR = new RegExp(`[${Object.keys(SEPARATORS).join("")}]`, "g");

/** Brings spellings of the same date together; no two dates become one. */
function fold(text) {
    if (text.length > MAX_LENGTH) {
        throw new JalaliError("unreadable");
    }
    return normalize(text)
        .replace(SEPARATOR, (char) => SEPARATORS[char])
        .toLowerCase()
        .trim()
        .replace(/\s+/g, " ")
        .replace(/ ?([/.-]) ?/g, "$1");
}

function join(words) {
    return words.replaceAll(" ", "");
}

function places(kind) {
    return new Map(
        Object.values(NAMES).flatMap((names) =>
            names[kind].map((name, place) => [fold(name), place])
        )
    );
}
const MONTHS = places("months");
const WEEKDAYS = places("weekdays");

const PARTS = {
    Y: "(?<year>[0-9]{4})",
    y: "(?<year>[0-9]{2})",
    M: "(?<month>[0-9]{1,2})",
    d: "(?<day>[0-9]{1,2})",
};

/** @param {string} parts keys of PARTS, with the same sign between them */
function numbers(parts) {
    const between = ["", "(?<sign>[/. -])", "\\k<sign>"];
    const form = Array.from(parts, (part, i) => between[i] + PARTS[part]).join("");
    return new RegExp(`^${form}$`);
}

const YEAR_FIRST_FORMS = [
    /^(?<year>[0-9]{4})(?<month>[0-9]{2})(?<day>[0-9]{2})$/,
    numbers("YMd"),
];
const NAMED_FORMS = [
    /^(?<year>[0-9]{4})[/.-]?(?<month>[^0-9/.:-]+)[/.-]?(?<day>[0-9]{1,2})$/,
    /^(?<day>[0-9]{1,2})[/.-]?(?<month>[^0-9/.:-]+)[/.-]?(?<year>[0-9]{4}|[0-9]{2})$/,
];
const NAMED_DAY = /^(?<day>[0-9]{1,2})[/.-]?(?<month>[^0-9/.:-]+)$/;

const fullForms = memoize((order) => [
    ...YEAR_FIRST_FORMS,
    numbers(order === "yMd" ? "dMY" : order.replace("y", "Y")),
    numbers(order),
    ...NAMED_FORMS,
]);
const partialForms = memoize((order) => [
    numbers("d"),
    numbers(order.replace("y", "")),
    NAMED_DAY,
]);

const CLOCK =
    "(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})" +
    "(?::(?<second>[0-9]{2})(?:\\.[0-9]+)?)?" +
    "(?: ?(?<half>[قب]\\.ظ\\.?|[ap]m))?";
const STAMP_FORMS = [
    new RegExp(`^(?<date>.+?)(?:[ t-]| ?ساعت ?)${CLOCK}$`),
    new RegExp(`^${CLOCK}[ -](?<date>.+)$`),
];

function readClock({hour, minute, second, half}) {
    const clock = {
        hour: Number(hour),
        minute: Number(minute),
        second: Number(second ?? 0),
    };
    if (half) {
        if (clock.hour < 1 || clock.hour > 12) {
            throw new JalaliError("clock");
        }
        clock.hour = (clock.hour % 12) + (/^[بp]/.test(half) ? 12 : 0);
    }
    if (clock.hour > 23 || clock.minute > 59 || clock.second > 59) {
        throw new JalaliError("clock");
    }
    return clock;
}

function readYear(written, twoDigitYearMax) {
    if (written.length === 4) {
        return Number(written);
    }
    if (twoDigitYearMax === undefined) {
        throw new JalaliError("short_year");
    }
    return twoDigitYearMax - ((twoDigitYearMax - Number(written)) % 100);
}

function readMonth(written) {
    if (/^[0-9]+$/.test(written)) {
        return Number(written);
    }
    const place = MONTHS.get(join(written).replace(/ماه$/, ""));
    if (place === undefined) {
        throw new JalaliError("month_name");
    }
    return place + 1;
}

function checkDay(year, month, day, last) {
    if (!(day >= 1 && day <= last)) {
        throw new JalaliError("day", {year, month, day, last});
    }
}

function checkMonth(month) {
    if (!(month >= 1 && month <= 12)) {
        throw new JalaliError("month", {month});
    }
}

function jalaliDay(year, month, day) {
    if (!(year >= MIN_YEAR && year <= MAX_YEAR)) {
        throw new JalaliError("year", {year});
    }
    checkMonth(month);
    checkDay(year, month, day, daysInMonth(year, month));
    return toGregorian(year, month, day);
}

function gregorianDay(year, month, day) {
    checkMonth(month);
    checkDay(year, month, day, new Date(Date.UTC(year, month, 0)).getUTCDate());
    if (!toJalali(year, month, day)) {
        throw new JalaliError("range", {date: [year, month, day].join("-")});
    }
    return {year, month, day};
}

function splitClock(folded) {
    for (const form of STAMP_FORMS) {
        const stamp = form.exec(folded);
        if (stamp) {
            return [stamp.groups.date, readClock(stamp.groups)];
        }
    }
    return [folded, null];
}

function checkWeekday(weekday, {year, month, day}) {
    const fromSunday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
    if (WEEKDAYS.get(weekday) !== (fromSunday + 6) % 7) {
        throw new JalaliError("weekday");
    }
}

/**
 * Reads a date, with or without a time of day before or after it.
 *
 * Digits are Latin, Persian or Arabic; parts are separated by `/ - .` or blanks, and the
 * weekday may stand in front. The forms are those of parse_date and parse_datetime.
 *
 * @param {string} text
 * @param {Object} [options]
 * @param {boolean} [options.gregorian] accept Gregorian dates too, told by their year
 *  (1799 to 2124) and written year first
 * @param {number} [options.twoDigitYearMax] last Jalali year that two digits can mean;
 *  without it such dates are refused
 * @param {Order} [options.order] of numbers where four digits of a year do not stand
 *  first; "yMd" reads 18/07/1404 day first
 * @param {{ year: number, month: number }} [options.today] of the Jalali calendar: a day
 *  (18) or a day and a month (7/18, 18 Mehr) is of this month or year; without it such
 *  texts are refused
 * @returns {{ year: number, month: number, day: number, clock: Clock | null }} Gregorian
 * @throws {JalaliError}
 */
export function parse(
    text,
    {gregorian = false, twoDigitYearMax, order = "yMd", today} = {}
) {
    const [date, clock] = splitClock(fold(text));
    if (!date) {
        throw new JalaliError("empty");
    }
    const [, words, figures] = /^([^0-9]*)(.*)$/.exec(date);
    const weekday = join(words);
    const forms = [...fullForms(order), ...(today ? partialForms(order) : [])];
    const form = forms.find((candidate) => candidate.test(figures));
    if (!form || (weekday && !WEEKDAYS.has(weekday))) {
        throw new JalaliError("unreadable");
    }
    const written = {...today, ...form.exec(figures).groups};
    const month = readMonth(String(written.month));
    const year = readYear(String(written.year), twoDigitYearMax);
    let result = null;
    if (year < MIN_GREGORIAN_YEAR || year > MAX_GREGORIAN_YEAR) {
        result = jalaliDay(year, month, Number(written.day));
    } else if (!gregorian) {
        throw new JalaliError("gregorian", {year});
    } else if (YEAR_FIRST_FORMS.includes(form)) {
        result = gregorianDay(year, month, Number(written.day));
    } else {
        throw new JalaliError("order");
    }
    if (weekday) {
        checkWeekday(weekday, result);
    }
    return {...result, clock};
}
