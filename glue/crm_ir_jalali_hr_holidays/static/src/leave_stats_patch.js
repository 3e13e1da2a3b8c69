import {endOf, isJalali, startOf} from "@crm_ir_jalali/core/calendar";
import {LeaveStatsComponent} from "@hr_holidays/leave_stats/leave_stats";
import {format} from "@crm_ir_jalali/core/jalali_text";
import {patch} from "@web/core/utils/patch";
import {serializeDateTime} from "@web/core/l10n/dates";

patch(LeaveStatsComponent.prototype, {
    get thisYear() {
        return isJalali() ? format(this.state.date_from, "yyyy") : super.thisYear;
    },

    async loadLeaves(employee) {
        if (!isJalali() || !employee) {
            return super.loadLeaves(...arguments);
        }
        const {date_from: date} = this.state;
        const {records} = await this.orm.webSearchRead(
            "hr.leave",
            [
                ["employee_id", "=", employee.id],
                ["state", "=", "validate"],
                ["date_from", "<=", serializeDateTime(endOf(date, "year"))],
                ["date_to", ">=", serializeDateTime(startOf(date, "year"))],
            ],
            {
                specification: {
                    holiday_status_id: {fields: {display_name: {}}},
                    date_from: {},
                    date_to: {},
                    number_of_days: {},
                    number_of_hours: {},
                    leave_type_request_unit: {},
                },
            }
        );
        this.state.leaves = this.arrangeData(records);
    },
});
