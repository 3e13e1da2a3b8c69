import {isJalali} from "@crm_ir_jalali/core/calendar";
import {format} from "@crm_ir_jalali/core/jalali_text";
import {
    loadFullCalendar,
    textOptions,
} from "@crm_ir_jalali/views/calendar/full_calendar";
import {onWillStart} from "@odoo/owl";
import {patch} from "@web/core/utils/patch";
import {CalendarCommonRenderer} from "@web/views/calendar/calendar_common/calendar_common_renderer";

const {DateTime} = luxon;

patch(CalendarCommonRenderer.prototype, {
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
