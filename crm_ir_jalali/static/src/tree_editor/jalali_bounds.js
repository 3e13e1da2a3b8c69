/**
 * Periods of the domain editor that differ between the calendars, by stock's names of
 * the same periods: the first day and the day after the last one.
 *
 * A stored domain is run for everyone, so its calendar stands in it and does not come from
 * whoever runs it: after "today +0y" months and years are Jalali, as models/
 * date_expression.py explains.
 */
export const JALALI_BOUNDS = {
    "jalali month to date": ["today +0y =1d", "today +1d"],
    "jalali last month": ["today +0y =1d -1m", "today +0y =1d"],
    "jalali year to date": ["today +0y =1m =1d", "today +1d"],
    "jalali last 12 months": ["today +0y =1d -12m", "today +0y =1d"],
};

/**
 * @param {string} period stock's name
 * @returns {string | false} false where the calendars agree
 */
export function jalaliName(period) {
    const name = `jalali ${period}`;
    return name in JALALI_BOUNDS && name;
}

/**
 * @param {string} period one of JALALI_BOUNDS
 * @returns {string} stock's name
 */
export function stockName(period) {
    return period.slice("jalali ".length);
}
