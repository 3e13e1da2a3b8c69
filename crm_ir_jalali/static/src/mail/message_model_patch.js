import {isJalali, jalaliOf} from "@crm_ir_jalali/core/calendar";
import {Message} from "@mail/core/common/message_model";
import {_t} from "@web/core/l10n/translation";
import {elideJalaliYear} from "@crm_ir_jalali/datetime/year_elision";
import {format} from "@crm_ir_jalali/core/jalali_text";
import {patch} from "@web/core/utils/patch";
import {user} from "@web/core/user";

const {DateTime} = luxon;

patch(Message.prototype, {
    get dateSimpleWithDay() {
        return elideJalaliYear(
            super.dateSimpleWithDay,
            this.datetime,
            DateTime.DATETIME_MED,
            {locale: user.lang}
        );
    },

    /** When the message was written, for the heading of a reply to it. */
    get dateInReply() {
        return (
            isJalali() &&
            jalaliOf(this.datetime) &&
            _t("%(date)s at %(time)s", {
                date: format(this.datetime, "cccc d MMMM yyyy"),
                time: format(this.datetime, "HH:mm"),
            })
        );
    },
});
