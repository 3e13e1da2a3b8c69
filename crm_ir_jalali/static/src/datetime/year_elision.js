import {isJalali, jalaliOf} from "@crm_ir_jalali/core/calendar";

const {DateTime} = luxon;

/**
 * Stock code leaves this year out of a date, by the Gregorian year.
 *
 * @param {string} text that stock code made, of `date` in `format` or of something else
 * @param {DateTime} date
 * @param {Object} format with a year, for toLocaleString()
 * @param {Object} [options] of toLocaleString()
 * @returns {string} of the date, without the year if that is this Jalali one; any other
 *  text, such as "Today", as it is
 */
export function elideJalaliYear(text, date, format, options) {
    const jalali = isJalali() && jalaliOf(date);
    if (!jalali) {
        return text;
    }
    const long = date.toLocaleString(format, options);
    const short = date.toLocaleString({...format, year: undefined}, options);
    if (text !== long && text !== short) {
        return text;
    }
    return jalali.year === jalaliOf(DateTime.now())?.year ? short : long;
}
