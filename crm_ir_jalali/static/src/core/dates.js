import {patchExports} from "@crm_ir_base/core/patch_exports";
import {isJalali, jalaliOf, weekOf} from "@crm_ir_jalali/core/calendar";
import {MAX_YEAR} from "@crm_ir_jalali/core/jalali";
import {JalaliError, parse} from "@crm_ir_jalali/core/jalali_parse";
import {format, monthNames, toLocaleString} from "@crm_ir_jalali/core/jalali_text";
import {parseSmartDate} from "@crm_ir_jalali/core/smart_date";
import {localization} from "@web/core/l10n/localization";
import {_t} from "@web/core/l10n/translation";
import {memoize} from "@web/core/utils/functions";

const {DateTime} = luxon;

const SERVER_FORMATS = ["yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss"];

/**
 * Callers that give a pattern of their own speak to machines (spreadsheet cells, tax
 * QR codes, names of files) unless it has words, as only people read names of months,
 * or is the language's own. Machines get the Gregorian calendar; the server's formats
 * are theirs even where a language has the same.
 */
const hasWords = memoize((pattern) =>
    /D|MMM|LLL|EEE|ccc/.test(pattern.replace(/'[^']*'/g, ""))
);

function isForPeople({format: pattern}) {
    return (
        !pattern ||
        hasWords(pattern) ||
        ([localization.dateFormat, localization.dateTimeFormat].includes(pattern) &&
            !SERVER_FORMATS.includes(pattern))
    );
}

/** @returns {import("@crm_ir_jalali/core/jalali_parse").Order} */
const orderOf = memoize((pattern) => {
    const [year, month, day] = ["y", /[ML]/, "d"].map((letter) =>
        pattern.replace(/'[^']*'/g, "").search(letter)
    );
    if (year < day) {
        return "yMd";
    }
    return day < month ? "dMy" : "Mdy";
});

const REFUSALS = {
    clock: () => _t("This time of day does not exist."),
    day: (values) =>
        values.year > MAX_YEAR
            ? _t("Month %(month)s of %(year)s has %(last)s days, not %(day)s.", values)
            : _t("%(month)s %(year)s has %(last)s days, not %(day)s.", {
                  ...values,
                  month: monthNames()[values.month - 1],
              }),
    empty: () => _t("There is no date here."),
    month: (values) => _t("Month %(month)s does not exist.", values),
    month_name: () => _t("This is not the name of a Jalali month."),
    order: () => _t("Write a Gregorian date year first, as in 2025-10-10."),
    range: () => _t("Dates of the years 1178 to 1502 can be written."),
    unreadable: () => _t("This is not a date in a known form. Write it as 1404/07/18."),
    weekday: () => _t("The weekday does not belong to this date."),
    year: ({year}) =>
        _t("Year %(year)s is outside the Jalali calendar of 1178 to 1502.", {year}),
};

// Years that two digits can mean end this many years from now.
const YEARS_AHEAD = 20;
const ISO_STAMP = /^[0-9-]{10}T[0-9:.]+(?:Z|[+-][0-9:]+)$/;

/**
 * Reads what a person typed: a shortcut, or a date in the Jalali or Gregorian calendar,
 * told by its year (see parse), or a Gregorian ISO 8601 stamp of another zone.
 *
 * A day without its year or month is one of the current ones, in the order of the
 * language's date format; two digits of a year mean one up to 20 years from now.
 *
 * @param {string} text
 * @param {string} zone
 * @param {string} pattern whose order of numbers counts
 * @returns {DateTime}
 * @throws {JalaliError}
 */
function readDateTime(text, zone, pattern) {
    const smart = parseSmartDate(text);
    if (smart) {
        return smart.setZone(zone);
    }
    if (ISO_STAMP.test(text)) {
        const stamp = DateTime.fromISO(text, {zone});
        if (stamp.isValid && jalaliOf(stamp)) {
            return stamp;
        }
    }
    const today = jalaliOf(DateTime.local());
    const {clock, ...day} = parse(text, {
        gregorian: true,
        order: orderOf(pattern),
        today,
        twoDigitYearMax: today && today.year + YEARS_AHEAD,
    });
    return DateTime.fromObject({...day, ...clock}, {zone});
}

/** @returns {Intl.DateTimeFormatOptions} without the year where it is the current one */
function withoutThisYear(date, options) {
    const isThisYear = jalaliOf(date)?.year === jalaliOf(DateTime.local())?.year;
    return isThisYear ? {...options, year: undefined} : options;
}

patchExports("@web/core/l10n/dates", (dates) => {
    const stock = {...dates};
    const isOurs = (value, options) => value && isJalali() && isForPeople(options);

    dates.formatDate = (value, options = {}) =>
        isOurs(value, options)
            ? format(value, options.format || localization.dateFormat)
            : stock.formatDate(value, options);

    dates.formatDateTime = (value, options = {}) =>
        isOurs(value, options)
            ? format(
                  value.setZone(options.tz || "default"),
                  options.format || localization.dateTimeFormat
              )
            : stock.formatDateTime(value, options);

    dates.toLocaleDateString = (value) =>
        value && isJalali()
            ? toLocaleString(value, withoutThisYear(value, DateTime.DATE_MED))
            : stock.toLocaleDateString(value);

    dates.toLocaleDateTimeString = (value, ...others) => {
        if (!value || !isJalali()) {
            return stock.toLocaleDateTimeString(value, ...others);
        }
        const {showDate, showTime, showSeconds, tz} = others[0] ?? {};
        const date = value.setZone(tz || "default");
        return toLocaleString(date, {
            ...(showDate !== false && withoutThisYear(date, DateTime.DATE_MED)),
            ...(showTime !== false && DateTime.TIME_SIMPLE),
            ...(showTime !== false && showSeconds && {second: "numeric"}),
        });
    };

    const read = (value, {format: pattern, tz}) => {
        try {
            return readDateTime(
                value,
                tz || "default",
                pattern || localization.dateFormat
            );
        } catch (error) {
            if (error instanceof JalaliError) {
                throw new stock.ConversionError(REFUSALS[error.reason](error.values));
            }
            throw error;
        }
    };

    dates.parseDate = (value, options = {}) =>
        isOurs(value, options)
            ? read(value, options).startOf("day")
            : stock.parseDate(value, options);

    dates.parseDateTime = (value, options = {}) =>
        isOurs(value, options)
            ? read(value, options)
            : stock.parseDateTime(value, options);

    dates.getLocalYearAndWeek = (date) =>
        (isJalali() &&
            weekOf(date.isLuxonDateTime ? date : DateTime.fromJSDate(date))) ||
        stock.getLocalYearAndWeek(date);
});
