import {registry} from "@web/core/registry";

const label = ".o-mail-Message-notification";

registry.category("web_tour.tours").add("crm_ir_sms_first_text", {
    steps: () => [
        {
            trigger: ".o_form_view .o_field_phone:has(.o_field_phone_sms)",
            run() {
                // shown while the mouse is over the number, which no test can be
                this.anchor.querySelector(".o_field_phone_sms").click();
            },
        },
        {
            trigger: ".modal .o_field_widget[name=body] textarea",
            run: "edit سلام سارا، سفارش شما آماده است.",
        },
        {trigger: ".modal footer button[name=action_send_sms]:enabled", run: "click"},
        {trigger: `.o-mail-Message:contains(سفارش شما) ${label}:has(.fa-mobile)`},
    ],
});

registry.category("web_tour.tours").add("crm_ir_sms_first_text_arrived", {
    steps: () => [
        {trigger: `.o-mail-Message:contains(سفارش شما) ${label}:contains(تحویل)`},
    ],
});
