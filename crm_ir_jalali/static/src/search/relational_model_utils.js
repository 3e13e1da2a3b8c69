import {isJalali, plus, startOf} from "@crm_ir_jalali/core/calendar";
import {patchExports} from "@crm_ir_base/core/patch_exports";

const LENGTHS = {month: {months: 1}, quarter: {quarters: 1}, year: {years: 1}};

/**
 * Ends the groups of records where their Jalali period ends. Groups that the server made
 * by Gregorian periods are left: both calendars never begin a period on the same day.
 *
 * @param {Object} stock exports of "@web/model/relational_model/utils"
 */
function endGroupsWithJalaliPeriods(stock) {
    const {extractInfoFromGroupData} = stock;

    stock.extractInfoFromGroupData = (groupData, groupBy, ...args) => {
        const info = extractInfoFromGroupData(groupData, groupBy, ...args);
        const granularity = groupBy[0].split(":")[1];
        if (
            isJalali() &&
            info.range &&
            granularity in LENGTHS &&
            startOf(info.range.from, granularity).equals(info.range.from)
        ) {
            info.range.to = plus(info.range.from, LENGTHS[granularity]);
        }
        return info;
    };
}

patchExports("@web/model/relational_model/utils", endGroupsWithJalaliPeriods);
