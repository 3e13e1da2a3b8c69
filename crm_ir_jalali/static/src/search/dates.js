import {
    endOf,
    isJalali,
    jalaliOf,
    plus,
    set,
    startOf,
} from "@crm_ir_jalali/core/calendar";
import {format, quarterNames} from "@crm_ir_jalali/core/jalali_text";
import {patchExports} from "@crm_ir_base/core/patch_exports";
import {Domain} from "@web/core/domain";
import {serializeDate, serializeDateTime} from "@web/core/l10n/dates";

const PATTERNS = {month: "MMMM yyyy", quarter: "QQQQ yyyy", year: "yyyy"};

/**
 * What the stock functions ask of a reference moment, in Jalali terms. They keep their
 * ids of periods ("month-1", "first_quarter", "year"), which stand in views and actions.
 */
class JalaliMoment {
    /**
     * @param {luxon.DateTime} date
     */
    constructor(date) {
        this.date = date;
    }

    get year() {
        return (jalaliOf(this.date) || this.date).year;
    }

    get month() {
        return (jalaliOf(this.date) || this.date).month;
    }

    plus(duration) {
        return new JalaliMoment(plus(this.date, duration));
    }

    toFormat(pattern) {
        return format(this.date, pattern);
    }
}

function constructDateRange(
    referenceMoment,
    {fieldName, fieldType},
    granularity,
    {year, quarter, month = quarter ? 3 * quarter - 2 : 1}
) {
    const date = set(referenceMoment, {year, month, day: 1});
    const serialize = fieldType === "date" ? serializeDate : serializeDateTime;
    return {
        domain: [
            "&",
            [fieldName, ">=", serialize(startOf(date, granularity))],
            [fieldName, "<=", serialize(endOf(date, granularity))],
        ],
        description: format(date, PATTERNS[granularity]),
    };
}

/**
 * Gives the date filters of the search view Jalali periods. A favorite keeps the days of
 * the period that was chosen, as in stock Odoo, and so outlives this module.
 *
 * @param {Object} stock exports of "@web/search/utils/dates"
 */
function filterByJalaliPeriods(stock) {
    const {constructDateDomain, getPeriodOptions, getSelectedOptions} = stock;

    stock.getPeriodOptions = (referenceMoment, optionsParams) => {
        if (!isJalali()) {
            return getPeriodOptions(referenceMoment, optionsParams);
        }
        const options = getPeriodOptions(
            new JalaliMoment(referenceMoment),
            optionsParams
        );
        for (const option of options) {
            if (option.granularity === "quarter") {
                option.description = quarterNames()[option.setParam.quarter - 1];
            }
        }
        return options;
    };

    stock.constructDateDomain = (referenceMoment, searchItem, optionIds) => {
        const {
            year: years,
            quarter: quarters = [],
            month: months = [],
            withDomain,
        } = isJalali()
            ? getSelectedOptions(
                  new JalaliMoment(referenceMoment),
                  searchItem,
                  optionIds
              )
            : {withDomain: true};
        if (withDomain) {
            return constructDateDomain(referenceMoment, searchItem, optionIds);
        }
        const periods = [...quarters, ...months];
        stock.sortPeriodOptions(years);
        stock.sortPeriodOptions(periods);
        const ranges = years.flatMap((year) =>
            (periods.length ? periods : [year]).map(({granularity, setParam}) =>
                constructDateRange(referenceMoment, searchItem, granularity, {
                    ...year.setParam,
                    ...setParam,
                })
            )
        );
        return {
            domain: Domain.and([
                Domain.or(ranges.map(({domain}) => domain)),
                searchItem.domain,
            ]),
            description: ranges.map(({description}) => description).join("/"),
        };
    };
}

patchExports("@web/search/utils/dates", filterByJalaliPeriods);
