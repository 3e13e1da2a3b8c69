import {DateTimeField} from "@web/views/fields/datetime/datetime_field";
import {patch} from "@web/core/utils/patch";
import {withGregorian} from "@crm_ir_jalali/datetime/luxon_locale";

patch(DateTimeField.prototype, {
    /** @param {0 | 1} valueIndex */
    getTooltip(valueIndex) {
        const text = this.getFormattedValue(valueIndex, true);
        return text && withGregorian(text, this.values[valueIndex]);
    },
});
