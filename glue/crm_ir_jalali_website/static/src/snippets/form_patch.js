import {isJalali} from "@crm_ir_jalali/core/calendar";
import {parseDate, parseDateTime} from "@web/core/l10n/dates";
import {localization} from "@web/core/l10n/localization";
import {patch} from "@web/core/utils/patch";
import {Form} from "@website/snippets/s_website_form/form";

const OF_DATES = [
    "dateEqual",
    "date!equal",
    "before",
    "after",
    "equal or before",
    "equal or after",
    "between",
    "!between",
    "lessyears",
];

patch(Form.prototype, {
    /**
     * Conditions read the input by luxon in the format of the language, which is Gregorian.
     */
    compareTo(comparator, value, ...others) {
        if (value && isJalali() && OF_DATES.includes(comparator)) {
            value = value.includes(":")
                ? this.toGregorian(parseDateTime, value, localization.dateTimeFormat)
                : this.toGregorian(parseDate, value, localization.dateFormat);
        }
        return super.compareTo(comparator, value, ...others);
    },

    /**
     * @param {(text: string) => import("@web/core/l10n/dates").DateTime} parse
     * @param {string} value
     * @param {string} format of luxon
     * @returns {string} the value itself where it cannot be read: stock takes it for no date
     */
    toGregorian(parse, value, format) {
        try {
            return parse(value).toFormat(format);
        } catch {
            return "";
        }
    },
});
