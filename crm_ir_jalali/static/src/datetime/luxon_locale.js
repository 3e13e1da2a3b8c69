import {digits, isJalali, jalaliOf} from "@crm_ir_jalali/core/calendar";
import {toLocaleString} from "@crm_ir_jalali/core/jalali_text";
import {patch} from "@web/core/utils/patch";

const {DateTime} = luxon;

/**
 * luxon's toLocaleString is made for people alone, so it follows the user's calendar and
 * digits. toFormat stays as it is: machine formats are written with it.
 */
patch(DateTime.prototype, {
    toLocaleString(options = DateTime.DATE_SHORT, others = {}) {
        return isJalali() && this.isValid && !others.outputCalendar
            ? toLocaleString(this.reconfigure(others), options)
            : super.toLocaleString(...arguments);
    },
});

/**
 * @param {DateTime} date
 * @returns {string} its Gregorian name, beside the Jalali one
 */
export function inGregorian(date) {
    return date.toLocaleString(DateTime.DATE_FULL, {
        outputCalendar: "gregory",
        numberingSystem: digits(),
    });
}

/**
 * @param {string} text
 * @param {DateTime} date that `text` tells
 * @returns {string} `text`, for readers of Jalali dates with the Gregorian one beside it
 */
export function withGregorian(text, date) {
    return isJalali() && jalaliOf(date) ? `${text} (${inGregorian(date)})` : text;
}
