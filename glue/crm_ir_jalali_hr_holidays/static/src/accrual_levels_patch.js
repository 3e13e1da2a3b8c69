import {AccrualLevels} from "@hr_holidays/components/accrual_level/accrual_levels";
import {digits, isJalali} from "@crm_ir_jalali/core/calendar";
import {patch} from "@web/core/utils/patch";

const {DateTime} = luxon;

// any year that has 29 February
const YEAR = 2020;

/** Accruals happen on days of Gregorian months, so those are named. */
function nameOfDay({month, day = 1}, format) {
    return DateTime.local(YEAR, Number(month), Number(day)).toLocaleString(format, {
        outputCalendar: "gregory",
        numberingSystem: digits(),
    });
}

patch(AccrualLevels.prototype, {
    getFullMonth(month) {
        return isJalali()
            ? nameOfDay({month}, {month: "long"})
            : super.getFullMonth(...arguments);
    },

    getCarryOverDate(plan) {
        const {
            carryover_date,
            carryover_day: day,
            carryover_month: month,
        } = plan._values;
        return isJalali() && !["year_start", "allocation"].includes(carryover_date)
            ? nameOfDay({month, day}, {day: "numeric", month: "long"})
            : super.getCarryOverDate(...arguments);
    },
});
