import {LinkPopover} from "@html_editor/main/link/link_popover";
import {Rtc} from "@mail/discuss/call/common/rtc_service";
import {after, beforeEach, expect, test} from "@odoo/hoot";
import {blockedServices} from "@crm_ir_base/foreign_services/blocked_services";
import {allowTranslations} from "@web/../tests/web_test_helpers";
import {AssetsLoadingError, loadCSS, loadJS} from "@web/core/assets";
import {WebClient} from "@web/webclient/webclient";

const SERVICES = ["background_blur", "link_preview", "map_tiles", "web_push"];

beforeEach(() => {
    for (const service of SERVICES) {
        blockedServices.add(service);
    }
    after(() => blockedServices.clear());
});

test("a blocked map does not load its library", async () => {
    const url = "https://unpkg.com/leaflet@1.9.4/dist/leaflet";
    await expect(loadJS(`${url}.js`)).rejects.toThrow(AssetsLoadingError);
    await expect(loadCSS(`${url}.css`)).rejects.toThrow(AssetsLoadingError);
    expect(`script[src^="${url}"], link[href^="${url}"]`).toHaveCount(0, {
        root: document.head,
    });
});

test("blocked background blur tells the user why", async () => {
    allowTranslations();
    await expect(Rtc.prototype.applyBlurEffect.call({})).rejects.toThrow(
        /switched off/
    );
});

test("only an allowed preview of a foreign link asks for an icon and a title", async () => {
    const popover = {
        state: {url: "https://example.ir/page"},
        isLogoutUrl: () => false,
        isAttachmentUrl: () => false,
        resetPreview() {
            this.state.previewIcon = {type: "fa", value: "fa-globe"};
        },
        props: {
            async getExternalMetaData() {
                expect.step("title");
            },
        },
    };
    await LinkPopover.prototype.loadAsyncLinkPreview.call(popover);
    expect(popover.state.previewIcon.type).toBe("fa");
    expect.verifySteps([]);

    blockedServices.delete("link_preview");
    await LinkPopover.prototype.loadAsyncLinkPreview.call(popover);
    expect(popover.state.previewIcon.type).toBe("imgSrc");
    expect.verifySteps(["title"]);
});

test("a blocked browser does not subscribe to push notifications", async () => {
    const client = {pushManager: () => expect.step("asked the push service")};
    await WebClient.prototype._subscribePush.call(client);
    expect.verifySteps([]);
});
