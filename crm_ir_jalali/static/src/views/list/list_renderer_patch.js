import {isJalali, jalaliOf} from "@crm_ir_jalali/core/calendar";
import {ListRenderer} from "@web/views/list/list_renderer";
import {inGregorian} from "@crm_ir_jalali/datetime/luxon_locale";
import {patch} from "@web/core/utils/patch";

patch(ListRenderer.prototype, {
    getCellTitle(column, record) {
        const title = super.getCellTitle(...arguments);
        const value = record.data[column.name];
        const isDate = ["date", "datetime"].includes(this.fields[column.name].type);
        return isJalali() && isDate && value && !column.widget && jalaliOf(value)
            ? inGregorian(value)
            : title;
    },
});
