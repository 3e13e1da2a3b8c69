import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

registry.category("web_tour.tours").add("crm_ir_base_day", {
    steps: () => [
        {trigger: ".o_opportunity_kanban .o_kanban_renderer"},
        stepUtils.showAppsMenuItem(),
        {trigger: ".o_app[data-menu-xmlid='contacts.menu_contacts']", run: "click"},
        {trigger: ".o_list_view .o_list_button_add", run: "click"},
        {
            trigger: ".o_field_widget[name='company_type'] input[data-value='company']",
            run: "click",
        },
        {
            content: "a company is typed, which stock looks up abroad",
            trigger:
                ".o_field_widget[name='name'] input, .o_field_widget[name='name'] textarea",
            run: "edit Example Trading",
        },
        {
            trigger: ".o_field_widget[name='website'] input",
            run: "edit https://example.ir",
        },
        {trigger: ".o_field_widget[name='email'] input", run: "edit ali@example.ir"},
        ...stepUtils.saveForm(),
        {trigger: ".o-mail-Chatter-logNote", run: "click"},
        {
            trigger: ".o-mail-Composer-input",
            run: "edit https://example.ir/page",
        },
        {trigger: ".o-mail-Composer button[name='add-emoji']", run: "click"},
        {trigger: ".o-EmojiPicker .o-Emoji", run: "click"},
        {trigger: ".o-mail-Composer-send:enabled", run: "click"},
        {trigger: ".o-mail-Message a[href='https://example.ir/page']"},
        stepUtils.showAppsMenuItem(),
        {trigger: ".o_app[data-menu-xmlid='mail.menu_root_discuss']", run: "click"},
        {trigger: ".o-mail-Discuss"},
    ],
});

registry.category("web_tour.tours").add("crm_ir_base_foreign_services", {
    steps: () => [
        {trigger: ".settings_tab .tab[data-key='crm_ir_base']", run: "click"},
        {trigger: ".o_field_widget[name='l10n_ir_no_foreign_services'] input:checked"},
        {trigger: "#l10n_ir_no_foreign_services button[type='action']", run: "click"},
        {
            content: "one service is allowed again",
            trigger: ".o_data_row:first .o_field_widget[name='blocked'] input:checked",
            run: "click",
        },
        {
            trigger:
                ".o_data_row:first .o_field_widget[name='blocked'] input:not(:checked)",
        },
        {trigger: ".o_back_button", run: "click"},
        {trigger: ".settings_tab .tab[data-key='crm_ir_base']", run: "click"},
        {
            trigger:
                ".o_field_widget[name='l10n_ir_no_foreign_services'] input:not(:checked)",
        },
    ],
});
