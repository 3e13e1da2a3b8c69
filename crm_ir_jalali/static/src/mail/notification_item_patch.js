import {NotificationItem} from "@mail/core/public_web/notification_item";
import {elideJalaliYear} from "@crm_ir_jalali/datetime/year_elision";
import {patch} from "@web/core/utils/patch";

const {DateTime} = luxon;

patch(NotificationItem.prototype, {
    get dateText() {
        const {datetime} = this.props;
        const text = super.dateText;
        return datetime ? elideJalaliYear(text, datetime, DateTime.DATE_MED) : text;
    },
});
