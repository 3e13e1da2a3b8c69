import {isJalali, set} from "@crm_ir_jalali/core/calendar";
import {
    loadFullCalendar,
    textOptions,
} from "@crm_ir_jalali/views/calendar/full_calendar";
import {onWillStart} from "@odoo/owl";
import {patch} from "@web/core/utils/patch";
import {CalendarYearRenderer} from "@web/views/calendar/calendar_year/calendar_year_renderer";

patch(CalendarYearRenderer.prototype, {
    setup() {
        super.setup();
        if (isJalali()) {
            onWillStart(loadFullCalendar);
        }
    },
    get options() {
        return isJalali()
            ? {...super.options, ...textOptions(this.props.model.date)}
            : super.options;
    },
    getDateWithMonth(month) {
        if (!isJalali()) {
            return super.getDateWithMonth(month);
        }
        // the months of this.months only name the twelve places
        return set(this.props.model.date, {
            month: this.months.indexOf(month) + 1,
        }).toISO();
    },
});
