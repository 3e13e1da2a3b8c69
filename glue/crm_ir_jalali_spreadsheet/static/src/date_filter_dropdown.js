import {isJalali} from "@crm_ir_jalali/core/calendar";
import {DateFilterDropdown} from "@spreadsheet/global_filters/components/date_filter_dropdown/date_filter_dropdown";
import {patch} from "@web/core/utils/patch";

patch(DateFilterDropdown.prototype, {
    get isJalali() {
        return isJalali();
    },
});
