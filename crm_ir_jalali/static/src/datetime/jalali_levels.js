import {MAX_YEAR, MIN_YEAR} from "@crm_ir_jalali/core/jalali";
import {
    endOf,
    jalaliOf,
    plus,
    set,
    startOf,
    weekOf,
} from "@crm_ir_jalali/core/calendar";
import {isInRange, today} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {format} from "@crm_ir_jalali/core/jalali_text";
import {inGregorian} from "@crm_ir_jalali/datetime/luxon_locale";
import {localization} from "@web/core/l10n/localization";

const {Info} = luxon;

/**
 * The precision levels of the date picker in the Jalali calendar. Their items have the
 * form of the stock ones (see `PrecisionInfo` there); the steps are those of plus().
 *
 * @typedef {luxon.DateTime} DateTime
 * @typedef {import("@web/core/datetime/datetime_picker").DateItem} DateItem
 */

const DAYS_PER_WEEK = 7;
// the longest month on its latest first day; a fixed height keeps the arrows in place
const WEEKS_PER_MONTH = 6;
// what a grid of years shows before and after its decade or century
const MARGIN = 1;
const YEARS_PER_DECADE = 10;

/** @returns {DateItem} */
function toItem(range, pattern, {maxDate, minDate}, values = {}) {
    return {
        id: range[0].toISODate(),
        includesToday: isInRange(today(), range),
        isOutOfRange: false,
        isValid: isInRange(range, [minDate, maxDate]),
        label: format(range[0], pattern),
        range,
        ...values,
    };
}

function toDay(day, month, params) {
    const item = toItem([day, day.endOf("day")], "d", params, {
        isOutOfRange: !isInRange(day, month),
        extraClass: params.dayCellClass?.(day) || "",
        title: inGregorian(day),
    });
    item.isValid &&= params.isDateValid?.(day) ?? true;
    return item;
}

function toDayOfWeek({weekday, locale}) {
    return ["short", "long", "narrow"].map(
        (length) => Info.weekdays(length, {locale})[weekday - 1]
    );
}

function getDays(date, params) {
    const month = [startOf(date, "month"), endOf(date, "month")];
    const passed = (month[0].weekday - localization.weekStart + DAYS_PER_WEEK) % 7;
    const weeks = Array.from({length: WEEKS_PER_MONTH}, (_week, week) => {
        const days = Array.from({length: DAYS_PER_WEEK}, (_day, day) => {
            const days = DAYS_PER_WEEK * week + day - passed;
            return toDay(month[0].plus({days}).startOf("day"), month, params);
        });
        // in the last supported week the number is that of its supported days
        const {range} = days.findLast((day) => jalaliOf(day.range[0])) ?? days[0];
        return {number: weekOf(range[0])?.week ?? range[0].weekNumber, days};
    });
    const daysOfWeek = weeks[0].days.map(({range}) => toDayOfWeek(range[0]));
    if (params.showWeekNumbers) {
        daysOfWeek.unshift(["", _t("Week numbers"), ""]);
    }
    return [{id: "__month__0", number: jalaliOf(date).month, daysOfWeek, weeks}];
}

function getMonths(date, params) {
    const newYear = startOf(date, "year");
    return Array.from({length: 12}, (_month, months) => {
        const start = plus(newYear, {months});
        return toItem([start, endOf(start, "month")], "MMM", params);
    });
}

/**
 * @param {number} span years in each item
 * @returns {(date: DateTime, params: Object) => DateItem[]} items of supported years
 */
function yearsGrid(span) {
    return (date, params) => {
        const {year} = jalaliOf(date);
        const start = year - (year % (YEARS_PER_DECADE * span));
        const items = [];
        for (let i = -MARGIN; i < YEARS_PER_DECADE + MARGIN; i++) {
            const first = Math.max(start + i * span, MIN_YEAR);
            const last = Math.min(start + (i + 1) * span - 1, MAX_YEAR);
            if (first <= last) {
                const range = [
                    startOf(set(date, {year: first}), "year"),
                    endOf(set(date, {year: last}), "year"),
                ];
                const isOutOfRange = i < 0 || i >= YEARS_PER_DECADE;
                items.push(toItem(range, "yyyy", params, {isOutOfRange}));
            }
        }
        return items;
    };
}

function yearsLevel(span) {
    const getItems = yearsGrid(span);
    return {
        step: {years: YEARS_PER_DECADE * span},
        getTitle(date) {
            const items = getItems(date, {});
            return `${items[0].label} - ${items.at(-1).label}`;
        },
        getItems,
    };
}

export const JALALI_LEVELS = {
    days: {
        step: {months: 1},
        getTitle: (date) => format(date, "MMMM yyyy"),
        getItems: getDays,
    },
    months: {
        step: {years: 1},
        getTitle: (date) => format(date, "yyyy"),
        getItems: getMonths,
    },
    years: yearsLevel(1),
    decades: yearsLevel(YEARS_PER_DECADE),
};
