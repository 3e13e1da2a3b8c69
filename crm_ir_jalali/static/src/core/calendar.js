import {
    addMonths,
    dayOfYear,
    daysInMonth,
    toGregorian,
    toJalali,
} from "@crm_ir_jalali/core/jalali";
import {localization} from "@web/core/l10n/localization";
import {session} from "@web/session";

const {DateTime} = luxon;

/**
 * The Jalali calendar over luxon's DateTime, which itself stays Gregorian. Where a day
 * is outside 1178 to 1502, everything here answers as luxon does.
 *
 * @typedef {luxon.DateTime} DateTime
 * @typedef {"month" | "quarter" | "year"} Period
 */

const MONTHS_IN = {month: 1, quarter: 3, year: 12};

/** @returns {boolean} whether this user reads and types Jalali dates */
export function isJalali() {
    return session.crm_ir_calendar === "jalali";
}

/** @returns {"latn" | "arabext"} digits in which Jalali dates are written */
export function digits() {
    return session.crm_ir_digits || "latn";
}

/**
 * @param {DateTime} date
 * @returns {import("@crm_ir_jalali/core/jalali").DayName | null}
 */
export function jalaliOf(date) {
    return toJalali(date.year, date.month, date.day);
}

/**
 * @param {DateTime} date its time and zone are kept
 * @param {{ year?: number, month?: number, day?: number }} values of the Jalali calendar;
 *  a day that the month lacks becomes its last one
 * @returns {DateTime} invalid where there is no such month or year
 */
export function set(date, values) {
    const jalali = jalaliOf(date);
    if (!jalali) {
        return date.set(values);
    }
    const {year, month, day} = {...jalali, ...values};
    const lastDay = daysInMonth(year, month);
    const gregorian = toGregorian(year, month, Math.min(day, lastDay));
    return gregorian ? date.set(gregorian) : DateTime.invalid("no such Jalali day");
}

/**
 * @param {DateTime} date
 * @param {Period | string} unit other units of luxon are the same in both calendars
 * @returns {DateTime}
 */
export function startOf(date, unit) {
    const jalali = unit in MONTHS_IN && jalaliOf(date);
    if (!jalali) {
        return date.startOf(unit);
    }
    const month = jalali.month - ((jalali.month - 1) % MONTHS_IN[unit]);
    return date.set(toGregorian(jalali.year, month, 1)).startOf("day");
}

/**
 * @param {DateTime} date
 * @param {Period | string} unit
 * @returns {DateTime}
 */
export function endOf(date, unit) {
    const jalali = unit in MONTHS_IN && jalaliOf(date);
    if (!jalali) {
        return date.endOf(unit);
    }
    const length = MONTHS_IN[unit];
    const month = jalali.month - ((jalali.month - 1) % length) + length - 1;
    const day = daysInMonth(jalali.year, month);
    return date.set(toGregorian(jalali.year, month, day)).endOf("day");
}

/**
 * @param {DateTime} date
 * @param {Object} duration as of luxon's plus(); years, quarters and months are Jalali,
 *  and a day that the target month lacks becomes its last one
 * @returns {DateTime}
 */
export function plus(date, {years = 0, quarters = 0, months = 0, ...others}) {
    const jalali = (years || quarters || months) && jalaliOf(date);
    const target = jalali && addMonths(jalali, {years, months: months + 3 * quarters});
    if (!target) {
        return date.plus({years, quarters, months, ...others});
    }
    return date.set(toGregorian(target.year, target.month, target.day)).plus(others);
}

/**
 * Week of the Jalali year: weeks begin on the weekday of the user's language, and week 1
 * is the one with 1 Farvardin in it. A week that reaches into the next year thus belongs
 * to that year.
 *
 * @param {DateTime} date
 * @returns {{ year: number, week: number, startDate: DateTime } | null} null outside 1178
 *  to 1502, whose last week ends with it
 */
export function weekOf(date) {
    const passed = (date.weekday - localization.weekStart + 7) % 7;
    const startDate = date.minus({days: passed});
    const lastDay = jalaliOf(startDate.plus({days: 6})) ?? jalaliOf(date);
    return (
        lastDay && {
            year: lastDay.year,
            week: Math.ceil(dayOfYear(lastDay) / 7),
            startDate,
        }
    );
}
