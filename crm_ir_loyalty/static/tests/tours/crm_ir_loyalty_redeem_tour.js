import {registry} from "@web/core/registry";

// A cashier pays a part of an order with the points of its customer.
registry.category("web_tour.tours").add("crm_ir_loyalty_redeem", {
    steps: () => [
        {
            content: "open the rewards",
            trigger: "button[name='action_open_reward_wizard']:enabled",
            run: "click",
        },
        {
            content: "choose the first one",
            trigger: ".modal .o_field_widget[name='selected_reward_id'] input:first",
            run: "click",
        },
        {trigger: ".modal button[name='action_apply']", run: "click"},
        {
            content: "the reward is a line of the order",
            trigger: "body:not(:has(.modal)) .o_data_row:nth-child(2)",
        },
        {trigger: "button[name='action_confirm']:enabled", run: "click"},
        {trigger: ".o_statusbar_status button[data-value='sale'][aria-checked='true']"},
    ],
});

// Afterwards the ledger, the newest first, has what the order spent.
registry.category("web_tour.tours").add("crm_ir_loyalty_redeem_ledger", {
    steps: () => [
        {trigger: ".o_list_view .o_data_row td[name='points']:contains('-')"},
    ],
});
