import {digits, isJalali, jalaliOf} from "@crm_ir_jalali/core/calendar";
import {RemainingDaysField} from "@web/views/fields/remaining_days/remaining_days_field";
import {capitalize} from "@web/core/utils/strings";
import {patch} from "@web/core/utils/patch";
import {today} from "@web/core/l10n/dates";
import {withGregorian} from "@crm_ir_jalali/datetime/luxon_locale";

// the days of which the stock field says how far they are; others it names
const MAX_DAYS = 99;

/** @returns {[number, string]} distance in the largest unit in which it is not 0 */
function distance(days, date) {
    const [from, to] = [jalaliOf(today()), jalaliOf(date)];
    const years = to.year - from.year;
    const months = 12 * years + to.month - from.month;
    return (years && [years, "year"]) || (months && [months, "month"]) || [days, "day"];
}

patch(RemainingDaysField.prototype, {
    get diffString() {
        const text = super.diffString;
        const days = this.diffDays;
        const date = this.props.record.data[this.props.name];
        if (!text || !isJalali() || !jalaliOf(date) || Math.abs(days) > MAX_DAYS) {
            return text;
        }
        const relative = new Intl.RelativeTimeFormat(date.locale, {
            numeric: "auto",
            numberingSystem: digits(),
        });
        return capitalize(relative.format(...distance(days, date)));
    },

    get numericValue() {
        const text = super.numericValue;
        return text && withGregorian(text, this.props.record.data[this.props.name]);
    },
});
