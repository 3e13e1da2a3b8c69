import {endOf, isJalali, startOf} from "@crm_ir_jalali/core/calendar";
import {serializeDateTime} from "@web/core/l10n/dates";
import {user} from "@web/core/user";
import {patch} from "@web/core/utils/patch";
import {CalendarModel} from "@web/views/calendar/calendar_model";

patch(CalendarModel.prototype, {
    setup() {
        super.setup(...arguments);
        // a calendar that shows its own closed days, such as an employee's, keeps them
        this.showsCompanyHolidays =
            isJalali() &&
            !this.meta.showUnusualDays &&
            Boolean(user.activeCompany?.l10n_ir_holidays);
        this.meta.showUnusualDays ||= this.showsCompanyHolidays;
    },

    fetchUnusualDays(data) {
        if (!this.showsCompanyHolidays) {
            return super.fetchUnusualDays(data);
        }
        const {start, end} = data.range;
        return this.orm.call("resource.calendar", "l10n_ir_unusual_days", [
            serializeDateTime(start),
            serializeDateTime(end),
        ]);
    },

    computeRange() {
        const {scale, date, firstDayOfWeek} = this.meta;
        if (!isJalali() || !["month", "year"].includes(scale)) {
            return super.computeRange();
        }
        const start = startOf(date, scale);
        if (scale === "year" || !this.monthOverflow) {
            return {start, end: endOf(date, scale)};
        }
        // whole weeks, as many as a month can touch
        const days = (start.weekday - firstDayOfWeek + 7) % 7;
        const firstDay = start.minus({days});
        return {start: firstDay, end: firstDay.plus({days: 41}).endOf("day")};
    },
});
