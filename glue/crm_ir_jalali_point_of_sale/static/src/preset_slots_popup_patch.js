import {PresetSlotsPopup} from "@point_of_sale/app/components/popups/preset_slots_popup/preset_slots_popup";
import {format} from "@crm_ir_jalali/core/jalali_text";
import {isJalali} from "@crm_ir_jalali/core/calendar";
import {localization} from "@web/core/l10n/localization";
import {patch} from "@web/core/utils/patch";

const {DateTime} = luxon;

patch(PresetSlotsPopup.prototype, {
    formatDate(date) {
        return isJalali()
            ? format(DateTime.fromISO(date), localization.dateFormat)
            : super.formatDate(...arguments);
    },
});
