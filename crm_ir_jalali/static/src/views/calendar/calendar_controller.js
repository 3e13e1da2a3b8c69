import {isJalali, plus} from "@crm_ir_jalali/core/calendar";
import {format, inUserDigits} from "@crm_ir_jalali/core/jalali_text";
import {patch} from "@web/core/utils/patch";
import {CalendarController} from "@web/views/calendar/calendar_controller";

const {DateTime} = luxon;

const STEPS = {previous: -1, next: 1};

patch(CalendarController.prototype, {
    get today() {
        return isJalali() ? format(DateTime.now(), "d") : super.today;
    },
    get currentYear() {
        return isJalali() ? format(this.date, "y") : super.currentYear;
    },
    get currentMonth() {
        return isJalali() ? format(this.date, "MMMM y") : super.currentMonth;
    },
    get currentWeek() {
        return isJalali() ? inUserDigits(`${super.currentWeek}`) : super.currentWeek;
    },
    get dayHeader() {
        return isJalali() ? format(this.date, "d MMMM y") : super.dayHeader;
    },
    get weekHeader() {
        if (!isJalali()) {
            return super.weekHeader;
        }
        const {rangeStart, rangeEnd} = this.model;
        const last = format(rangeEnd, "MMMM y");
        if (format(rangeStart, "MMMM y") === last) {
            return last;
        }
        const isSameYear = format(rangeStart, "y") === format(rangeEnd, "y");
        return `${format(rangeStart, isSameYear ? "MMMM" : "MMMM y")} - ${last}`;
    },
    async setDate(move) {
        const {date, scale} = this.model;
        if (!isJalali() || !(move in STEPS) || !["month", "year"].includes(scale)) {
            return super.setDate(move);
        }
        await this.model.load({date: plus(date, {[`${scale}s`]: STEPS[move]})});
    },
});
