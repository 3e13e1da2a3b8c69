import {digits, isJalali, jalaliOf, plus, startOf} from "@crm_ir_jalali/core/calendar";
import {format} from "@crm_ir_jalali/core/jalali_text";
import {loadBundle} from "@web/core/assets";
import {_t} from "@web/core/l10n/translation";
import {patch} from "@web/core/utils/patch";

const {DateTime, Settings} = luxon;

/**
 * FullCalendar computes with "markers": Dates whose UTC parts are those of a wall clock.
 *
 * @param {Date} marker
 * @returns {luxon.DateTime}
 */
function ofMarker(marker) {
    return DateTime.fromJSDate(marker, {zone: "utc"});
}

function jalaliOfMarker(marker) {
    return isJalali() && jalaliOf(ofMarker(marker));
}

function move(marker, {years, months, days, milliseconds}, sign) {
    return plus(ofMarker(marker), {
        years: sign * years,
        months: sign * months,
        days: sign * days,
        milliseconds: sign * milliseconds,
    }).toJSDate();
}

function wholeMonths(from, to) {
    return 12 * (to.year - from.year) + to.month - from.month;
}

/** Its calendar systems are private: what computes with them is not. */
const jalaliDateEnv = {
    getYear(marker) {
        return (jalaliOfMarker(marker) || {year: super.getYear(marker)}).year;
    },
    getMonth(marker) {
        const jalali = jalaliOfMarker(marker);
        return jalali ? jalali.month - 1 : super.getMonth(marker);
    },
    getDay(marker) {
        return (jalaliOfMarker(marker) || {day: super.getDay(marker)}).day;
    },
    add(marker, duration) {
        return isJalali() ? move(marker, duration, 1) : super.add(marker, duration);
    },
    subtract(marker, duration) {
        return isJalali()
            ? move(marker, duration, -1)
            : super.subtract(marker, duration);
    },
    addYears(marker, years) {
        return isJalali()
            ? plus(ofMarker(marker), {years}).toJSDate()
            : super.addYears(marker, years);
    },
    addMonths(marker, months) {
        return isJalali()
            ? plus(ofMarker(marker), {months}).toJSDate()
            : super.addMonths(marker, months);
    },
    startOfYear(marker) {
        return isJalali()
            ? startOf(ofMarker(marker), "year").toJSDate()
            : super.startOfYear(marker);
    },
    startOfMonth(marker) {
        return isJalali()
            ? startOf(ofMarker(marker), "month").toJSDate()
            : super.startOfMonth(marker);
    },
    diffWholeYears(start, end) {
        if (!isJalali()) {
            return super.diffWholeYears(start, end);
        }
        const months = this.diffWholeMonths(start, end);
        return months === null || months % 12 ? null : months / 12;
    },
    diffWholeMonths(start, end) {
        const from = jalaliOfMarker(start);
        const to = jalaliOfMarker(end);
        if (!from || !to) {
            return super.diffWholeMonths(start, end);
        }
        const wholeDays = (end - start) % 86400000 === 0;
        return wholeDays && from.day === to.day ? wholeMonths(from, to) : null;
    },
};

let patched = false;

/** Loads FullCalendar with a calendar of Jalali months for those who read it. */
export async function loadFullCalendar() {
    await loadBundle("web.fullcalendar_lib");
    if (!patched) {
        patched = true;
        patch(window.FullCalendar.Internal.DateEnv.prototype, jalaliDateEnv);
    }
}

/** Calendar and digits in which Intl, and with it FullCalendar, writes this user's dates. */
function intlLocale(calendar, numberingSystem) {
    return new Intl.Locale(Settings.defaultLocale, {
        calendar,
        numberingSystem,
    }).toString();
}

/**
 * @param {luxon.DateTime} date a day of the period shown
 * @returns {Object} options of FullCalendar for what it writes itself, which are those of
 *  luxon to readers of the Gregorian calendar
 */
export function textOptions(date) {
    if (!isJalali()) {
        const {defaultNumberingSystem, defaultOutputCalendar} = Settings;
        return defaultOutputCalendar
            ? {locale: intlLocale(defaultOutputCalendar, defaultNumberingSystem)}
            : {};
    }
    const locale = intlLocale(jalaliOf(date) ? "persian" : "gregory", digits());
    const numbers = new Intl.NumberFormat(locale);
    return {
        locale,
        titleFormat: ({date: {marker}}) => format(ofMarker(marker), "MMMM y"),
        dayPopoverFormat: ({date: {marker}}) => format(ofMarker(marker), "d MMMM y"),
        moreLinkText: (count) => _t("+%s more", numbers.format(count)),
    };
}
