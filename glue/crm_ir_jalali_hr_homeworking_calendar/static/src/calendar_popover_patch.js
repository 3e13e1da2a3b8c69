import {AttendeeCalendarCommonPopover} from "@calendar/views/attendee_calendar/common/attendee_calendar_common_popover";
import {format} from "@crm_ir_jalali/core/jalali_text";
import {isJalali} from "@crm_ir_jalali/core/calendar";
import {patch} from "@web/core/utils/patch";

patch(AttendeeCalendarCommonPopover.prototype, {
    /** @param {string} pattern of luxon's tokens */
    formatStart(pattern) {
        const {start} = this.props.record;
        return isJalali() ? format(start, pattern) : start.toFormat(pattern);
    },
});
