import {isJalali, jalaliOf} from "@crm_ir_jalali/core/calendar";
import {Attachment} from "@mail/core/common/attachment_model";
import {format} from "@crm_ir_jalali/core/jalali_text";
import {patch} from "@web/core/utils/patch";

patch(Attachment.prototype, {
    get monthYear() {
        const date = this.create_date;
        return isJalali() && date && jalaliOf(date)
            ? format(date, "MMMM yyyy")
            : super.monthYear;
    },
});
