import {LinkPopover} from "@html_editor/main/link/link_popover";
import {patch} from "@web/core/utils/patch";
import {blockedServices} from "./blocked_services";

function isForeign(href) {
    try {
        const url = new URL(href, document.URL);
        return (
            url.protocol.startsWith("http") && url.hostname !== window.location.hostname
        );
    } catch {
        return false;
    }
}

patch(LinkPopover.prototype, {
    async loadAsyncLinkPreview() {
        if (blockedServices.has("link_preview") && isForeign(this.state.url)) {
            this.resetPreview();
            return;
        }
        return super.loadAsyncLinkPreview(...arguments);
    },
});
