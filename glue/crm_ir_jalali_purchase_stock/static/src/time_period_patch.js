import {TimePeriodSelectionField} from "@purchase_stock/product_catalog/search/time_period_selection_fields";
import {digits, isJalali} from "@crm_ir_jalali/core/calendar";
import {patch} from "@web/core/utils/patch";

const {DateTime} = luxon;

/** @returns {string} Gregorian month of last year, so many months from this one */
function monthOfLastYear(months) {
    return DateTime.now()
        .set({day: 1})
        .minus({years: 1})
        .plus({months})
        .toLocaleString(
            {month: "long", year: "numeric"},
            {outputCalendar: "gregory", numberingSystem: digits()}
        );
}

patch(TimePeriodSelectionField.prototype, {
    get options() {
        if (!isJalali()) {
            return super.options;
        }
        const [first, second, third] = [0, 1, 2].map(monthOfLastYear);
        const labels = {
            last_year: first,
            last_year_m_plus_1: second,
            last_year_m_plus_2: third,
            last_year_quarter: `${first} - ${third}`,
        };
        return super.options.map(([value, label]) => [value, labels[value] ?? label]);
    },
});
