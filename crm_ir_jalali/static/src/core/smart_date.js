import {normalize} from "@crm_ir_base/core/persian_text";
import {jalaliOf, plus, set} from "@crm_ir_jalali/core/calendar";
import {JalaliError} from "@crm_ir_jalali/core/jalali_parse";
import {localization} from "@web/core/l10n/localization";

const {DateTime} = luxon;

const UNITS = {
    d: ["days", "day", 31],
    w: ["weeks"],
    m: ["months", "month", 12],
    y: ["years", "year", Infinity],
    H: ["hours", "hour", 23],
    M: ["minutes", "minute", 59],
    S: ["seconds", "second", 59],
};
const WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split(" ");
const TERM = new RegExp(
    `^(?<sign>[=+-])(?:(?<weekday>${WEEKDAYS.join("|")}|week_start)` +
        `|(?<number>[0-9]+)(?<unit>[${Object.keys(UNITS).join("")}]))$`
);

function toWeekday(date, sign, weekday) {
    const {weekStart} = localization;
    const target = weekday === "week_start" ? weekStart : WEEKDAYS.indexOf(weekday) + 1;
    let days = ((target - weekStart + 7) % 7) - ((date.weekday - weekStart + 7) % 7);
    if (sign === "-" && days > 0) {
        days -= 7;
    } else if (sign === "+" && days < 0) {
        days += 7;
    }
    return (sign === "=" ? date.startOf("day") : date).plus({days});
}

function apply(date, {sign, weekday, number, unit}) {
    if (weekday) {
        return toWeekday(date, sign, weekday);
    }
    const [units, field, max] = UNITS[unit];
    const value = Number(number);
    if (sign !== "=") {
        return plus(date, {[units]: sign === "-" ? -value : value});
    }
    if (!(value <= max)) {
        return DateTime.invalid("no such value");
    }
    return ["day", "month", "year"].includes(field)
        ? set(date.startOf("day"), {[field]: value})
        : date.startOf(field).set({[field]: value});
}

/**
 * Reads the web client's shortcuts of dates (+3d, =1m, today -1y, =monday), in any digits;
 * months, years and days of a month are Jalali.
 *
 * @param {string} text
 * @returns {DateTime | null} in the user's zone; null where this is no such shortcut
 * @throws {JalaliError} "range"
 */
export function parseSmartDate(text) {
    const terms = normalize(text).trim().split(/\s+/);
    let date = DateTime.local().startOf("second");
    if (terms[0] === "today" || terms[0] === "now") {
        date = terms.shift() === "today" ? date.startOf("day") : date;
    } else if (terms.length === 1 && /^[+-][0-9]+$/.test(terms[0])) {
        terms[0] += "d";
    }
    for (const term of terms) {
        const match = TERM.exec(term);
        if (!match) {
            return null;
        }
        date = apply(date, match.groups);
    }
    if (!date.isValid) {
        return null;
    }
    if (!jalaliOf(date)) {
        throw new JalaliError("range", {date: date.toISODate()});
    }
    return date;
}
