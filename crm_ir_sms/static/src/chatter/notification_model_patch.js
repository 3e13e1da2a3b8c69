import "@sms/core/notification_model_patch";
import {Notification} from "@mail/core/common/notification_model";
import {patch} from "@web/core/utils/patch";
import {session} from "@web/session";

patch(Notification.prototype, {
    /** What became of a text, beside its sign: people ask that of each one. */
    get label() {
        const label = super.label;
        if (this.notification_type === "sms" && session.crm_ir_sms_companies?.length) {
            return [label, this.statusTitle].filter(Boolean).join(" · ");
        }
        return label;
    },
    /** Our reasons say what to do; stock's own stay as they are. */
    get failureMessage() {
        return this.crm_ir_sms_advice || super.failureMessage;
    },
});
