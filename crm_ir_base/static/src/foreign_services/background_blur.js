import {Rtc} from "@mail/discuss/call/common/rtc_service";
import {_t} from "@web/core/l10n/translation";
import {patch} from "@web/core/utils/patch";
import {blockedServices} from "./blocked_services";

patch(Rtc.prototype, {
    async applyBlurEffect() {
        if (blockedServices.has("background_blur")) {
            throw new Error(
                _t("Background blur needs a connection abroad, which is switched off.")
            );
        }
        return super.applyBlurEffect(...arguments);
    },
});
