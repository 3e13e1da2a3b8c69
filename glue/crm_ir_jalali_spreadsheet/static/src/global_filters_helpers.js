import {isJalali} from "@crm_ir_jalali/core/calendar";
import {patchExports} from "@crm_ir_base/core/patch_exports";

const {DateTime} = luxon;

/**
 * In Persian, luxon writes the Jalali name of a month beside its Gregorian year.
 *
 * @param {Object} stock exports of "@spreadsheet/global_filters/helpers"
 */
function nameGregorianMonths(stock) {
    const {dateFilterValueToString} = stock;

    stock.dateFilterValueToString = (value) =>
        isJalali() && value?.type === "month"
            ? DateTime.local(value.year, value.month)
                  .reconfigure({outputCalendar: "gregory"})
                  .toFormat("LLLL yyyy")
            : dateFilterValueToString(value);
}

patchExports("@spreadsheet/global_filters/helpers", nameGregorianMonths);
