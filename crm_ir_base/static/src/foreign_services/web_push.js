import "@mail/webclient/web/webclient";
import {patch} from "@web/core/utils/patch";
import {WebClient} from "@web/webclient/webclient";
import {blockedServices} from "./blocked_services";

patch(WebClient.prototype, {
    async _subscribePush() {
        if (!blockedServices.has("web_push")) {
            return super._subscribePush(...arguments);
        }
    },
});
