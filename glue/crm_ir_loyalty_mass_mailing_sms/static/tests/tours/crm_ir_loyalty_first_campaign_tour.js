import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

// A sales manager writes to the champions among the customers.
registry.category("web_tour.tours").add("crm_ir_loyalty_first_campaign", {
    steps: () => [
        stepUtils.showAppsMenuItem(),
        {trigger: ".o_app[data-menu-xmlid='crm.crm_menu_root']", run: "click"},
        {
            trigger: "[data-menu-xmlid='crm_ir_loyalty.crm_ir_customer_menu']",
            run: "click",
        },
        {
            trigger: "[data-menu-xmlid='crm_ir_loyalty.crm_ir_customer_stat_menu']",
            run: "click",
        },
        {
            content: "open the filters above the list of all customers",
            trigger:
                ".o_list_view:has(td[name='segment']) .o_searchview_dropdown_toggler",
            run: "click",
        },
        {
            content: "champions are the first filter",
            trigger: ".o_filter_menu .o_menu_item:first",
            run: "click",
        },
        {
            content: "close the filters",
            trigger:
                ".o_list_view:has(.o_searchview_facet) .o_searchview_dropdown_toggler",
            run: "click",
        },
        {
            content: "take all of them",
            trigger:
                "body:not(:has(.o_filter_menu)) thead .o_list_record_selector input",
            run: "click",
        },
        {
            content: "begin a text campaign, the one action among the buttons",
            trigger: ".o_control_panel button[type='action']",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name='name'] input",
            run: "edit مشتریان ممتاز",
        },
        {trigger: ".modal button[name='action_text']:enabled", run: "click"},
        {
            trigger: "body:not(:has(.modal)) .o_field_widget[name='sms_subject'] input",
            run: "edit تخفیف پاییز",
        },
        {
            trigger: ".o_field_widget[name='body_plaintext'] textarea",
            run: "edit مشتری گرامی، ده درصد تخفیف شما تا پایان ماه.",
        },
        {trigger: "button[name='action_put_in_queue']:enabled", run: "click"},
        {trigger: ".modal footer .btn-primary", run: "click"},
        {trigger: ".o_statusbar_status [data-value='in_queue'][aria-checked='true']"},
    ],
});
