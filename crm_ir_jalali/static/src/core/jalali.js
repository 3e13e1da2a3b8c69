/**
 * Arithmetic of the Jalali (Solar Hijri) calendar: the rule, the range and the names of
 * tools/jalali.py in crm_ir_base, tested against the same vectors.
 */

export const MIN_YEAR = 1178;
export const MAX_YEAR = 1502;

// Days from 1970-01-01 to 1 Farvardin 1.
const EPOCH = 226895 - 719163;
const DAY = 86400000;

/**
 * @typedef {{ year: number, month: number, day: number }} DayName
 *  of either calendar; months count from 1
 */

function isSupported(year) {
    return Number.isInteger(year) && year >= MIN_YEAR && year <= MAX_YEAR;
}

/**
 * @param {number} year a supported Jalali year
 * @returns {boolean} whether its Esfand has 30 days
 */
export function isLeap(year) {
    // the bare 33-year rule makes 1502 leap; ICU makes 1503 leap instead
    return (25 * year + 11) % 33 < 8 && year !== MAX_YEAR;
}

/**
 * @param {number} year a supported Jalali year
 * @param {number} month
 * @returns {number}
 */
export function daysInMonth(year, month) {
    return month <= 6 ? 31 : month <= 11 ? 30 : 29 + isLeap(year);
}

function newYear(year) {
    return EPOCH + 365 * (year - 1) + Math.floor((8 * year + 21) / 33);
}

function daysBefore(month) {
    return 30 * (month - 1) + Math.min(month - 1, 6);
}

/**
 * @param {DayName} jalali
 * @returns {number} 1 on 1 Farvardin
 */
export function dayOfYear({month, day}) {
    return daysBefore(month) + day;
}

const MIN_ORDINAL = newYear(MIN_YEAR);
const MAX_ORDINAL = newYear(MAX_YEAR) + 364;

/**
 * @param {number} year
 * @param {number} month
 * @param {number} day of the Gregorian calendar
 * @returns {DayName | null} Jalali name of the day; null outside 1178 to 1502
 */
export function toJalali(year, month, day) {
    const ordinal = Date.UTC(year, month - 1, day) / DAY;
    // years below 100 mean the 20th century to Date.UTC
    if (!(year > 100 && ordinal >= MIN_ORDINAL && ordinal <= MAX_ORDINAL)) {
        return null;
    }
    const jalaliYear = 1 + Math.floor((33 * (ordinal - EPOCH) + 3) / 12053);
    const passed = ordinal - newYear(jalaliYear);
    const jalaliMonth = 1 + Math.floor(passed < 186 ? passed / 31 : (passed - 6) / 30);
    return {
        year: jalaliYear,
        month: jalaliMonth,
        day: 1 + passed - daysBefore(jalaliMonth),
    };
}

/**
 * @param {number} year
 * @param {number} month
 * @param {number} day of the Jalali calendar
 * @returns {DayName | null} Gregorian name of the day; null where there is no such day
 */
export function toGregorian(year, month, day) {
    if (
        !isSupported(year) ||
        !(month >= 1 && month <= 12) ||
        !(day >= 1 && day <= daysInMonth(year, month))
    ) {
        return null;
    }
    const date = new Date((newYear(year) + daysBefore(month) + day - 1) * DAY);
    return {
        year: date.getUTCFullYear(),
        month: date.getUTCMonth() + 1,
        day: date.getUTCDate(),
    };
}

/**
 * Moves a Jalali day; a day that the target month lacks becomes its last one.
 *
 * @param {DayName} jalali
 * @param {{ years?: number, months?: number }} delta
 * @returns {DayName | null} Jalali day; null outside 1178 to 1502
 */
export function addMonths({year, month, day}, {years = 0, months = 0}) {
    const index = 12 * (year + years) + month - 1 + months;
    const target = {
        year: Math.floor(index / 12),
        month: (((index % 12) + 12) % 12) + 1,
    };
    if (!isSupported(target.year)) {
        return null;
    }
    return {...target, day: Math.min(day, daysInMonth(target.year, target.month))};
}
