import {Interaction} from "@web/public/interaction";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";

/** Copy the link for a friend; the text beside the button is there to be copied by hand. */
export class CopyLink extends Interaction {
    static selector = ".o_crm_ir_copy";
    dynamicContent = {
        _root: {"t-on-click": this.onClick},
    };

    async onClick() {
        await this.waitFor(browser.navigator.clipboard.writeText(this.el.dataset.text));
        this.el.querySelector("i").classList.replace("fa-copy", "fa-check");
    }
}

registry.category("public.interactions").add("crm_ir_loyalty.copy_link", CopyLink);
