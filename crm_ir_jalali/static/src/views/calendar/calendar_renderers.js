import {isJalali, set} from "@crm_ir_jalali/core/calendar";
import {format} from "@crm_ir_jalali/core/jalali_text";
import {
    loadFullCalendar,
    textOptions,
} from "@crm_ir_jalali/views/calendar/full_calendar";
import {onWillStart} from "@odoo/owl";
import {patch} from "@web/core/utils/patch";
import {CalendarCommonRenderer} from "@web/views/calendar/calendar_common/calendar_common_renderer";
import {CalendarYearRenderer} from "@web/views/calendar/calendar_year/calendar_year_renderer";

const {DateTime} = luxon;

// a function, as the super of an object literal is that of one prototype
const forBoth = () => ({
    setup() {
        super.setup();
        if (isJalali()) {
            onWillStart(loadFullCalendar);
        }
    },
    get options() {
        return {...super.options, ...textOptions(this.props.model.date)};
    },
});

patch(CalendarCommonRenderer.prototype, forBoth());
patch(CalendarCommonRenderer.prototype, {
    getStartTime(record) {
        return isJalali()
            ? format(record.start, this.timeFormat)
            : super.getStartTime(record);
    },
    getEndTime(record) {
        return isJalali()
            ? format(record.end, this.timeFormat)
            : super.getEndTime(record);
    },
    headerTemplateProps(date) {
        const props = super.headerTemplateProps(date);
        return isJalali()
            ? {...props, day: format(DateTime.fromJSDate(date), "d")}
            : props;
    },
});

patch(CalendarYearRenderer.prototype, forBoth());
patch(CalendarYearRenderer.prototype, {
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
