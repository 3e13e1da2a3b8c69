import {registry} from "@web/core/registry";

const {Settings} = luxon;

registry.category("web_tour.tours").add("test_crm_ir_jalali_receipt", {
    steps: () => [
        {
            content: "it is 18 Mehr 1404, 12:30 in Tehran",
            trigger: ".open-register-btn",
            run() {
                Settings.defaultZone = "Asia/Tehran";
                Settings.now = () => Date.parse("2025-10-10T09:00:00Z");
            },
        },
        {trigger: ".open-register-btn", run: "click"},
        {trigger: "article.product:contains(Desk Organizer)", run: "click"},
        {trigger: ".product-screen .pay-order-button", run: "click"},
        {trigger: ".paymentmethod:contains(Bank)", run: "click"},
        {trigger: ".payment-screen .validation-button.next", run: "click"},
        {trigger: ".receipt-screen .pos-receipt #order-date:contains(1404/7/18)"},
    ],
});
