import {isJalali} from "@crm_ir_jalali/core/calendar";
import {inUserDigits} from "@crm_ir_jalali/core/jalali_text";
import {patch} from "@web/core/utils/patch";
import {CalendarCommonPopover} from "@web/views/calendar/calendar_common/calendar_common_popover";

patch(CalendarCommonPopover.prototype, {
    computeDateTimeAndDuration() {
        super.computeDateTimeAndDuration();
        if (!isJalali()) {
            return;
        }
        for (const part of ["time", "timeDuration", "dateDuration"]) {
            this[part] &&= inUserDigits(`${this[part]}`);
        }
    },
});
