import {PosOrder} from "@point_of_sale/app/models/pos_order";
import {format} from "@crm_ir_jalali/core/jalali_text";
import {isJalali} from "@crm_ir_jalali/core/calendar";
import {localization} from "@web/core/l10n/localization";
import {patch} from "@web/core/utils/patch";

patch(PosOrder.prototype, {
    get presetDate() {
        const text = super.presetDate;
        return text && isJalali()
            ? format(this.preset_time, localization.dateFormat)
            : text;
    },

    get presetDateTime() {
        const text = super.presetDateTime;
        const isOtherDay = text && !this.preset_time.hasSame(this.date_order, "day");
        return isOtherDay && isJalali()
            ? format(this.preset_time, localization.dateTimeFormat)
            : text;
    },
});
