import {digits, isJalali, jalaliOf} from "@crm_ir_jalali/core/calendar";
import {patch} from "@web/core/utils/patch";

const {DateTime} = luxon;

/**
 * luxon's toLocaleString is made for people alone, so it follows the user's calendar and
 * digits. toFormat stays as it is: machine formats are written with it.
 */
patch(DateTime.prototype, {
    toLocaleString(formatOpts = DateTime.DATE_SHORT, opts = {}) {
        // Intl has Persian in the Jalali calendar whatever the user chose
        const isChosen = isJalali() || (opts.locale || this.locale)?.startsWith("fa");
        if (opts.outputCalendar || !isChosen) {
            return super.toLocaleString(...arguments);
        }
        if (!(isJalali() && jalaliOf(this))) {
            return super.toLocaleString(formatOpts, {
                ...opts,
                outputCalendar: "gregory",
            });
        }
        const parts = this.toLocaleParts({
            ...formatOpts,
            ...opts,
            outputCalendar: "persian",
            numberingSystem: digits(),
        });
        // where Gregorian dates are usual, Intl adds an era to Jalali ones
        const era = parts.findIndex(({type}) => type === "era");
        if (era > 0) {
            parts.splice(era - 1, 2);
        }
        return parts.map(({value}) => value).join("");
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
