import {isJalali} from "@crm_ir_jalali/core/calendar";
import {getStartOfLocalWeek} from "@web/core/l10n/dates";
import {patch} from "@web/core/utils/patch";
import {CalendarSidePanel} from "@web/views/calendar/calendar_side_panel/calendar_side_panel";

patch(CalendarSidePanel.prototype, {
    /** A picked day of the shown week opens the day, also where weeks start on Saturday. */
    get datePickerProps() {
        const props = super.datePickerProps;
        if (!isJalali()) {
            return props;
        }
        const {model} = this.props;
        return {
            ...props,
            onSelect(date) {
                if (model.date.hasSame(date, "day")) {
                    return props.onSelect(date);
                }
                const isSameWeek = getStartOfLocalWeek(date).equals(
                    getStartOfLocalWeek(model.date)
                );
                return model.load({scale: isSameWeek ? "day" : "week", date});
            },
        };
    },
});
