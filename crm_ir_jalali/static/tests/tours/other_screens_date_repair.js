import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("crm_ir_jalali_date_repair", {
    steps: () => [
        {
            trigger: ".settings_tab .tab[data-key=crm_ir_base]",
            run: "click",
        },
        {
            trigger: "#l10n_ir_date_repair button:first",
            run: "click",
        },
        {
            trigger: ".o_data_row td[name=res_name][data-tooltip=Carpets]",
        },
        {
            trigger: ".o_list_view thead .o_list_record_selector input",
            run: "click",
        },
        {
            trigger: "button[name=action_correct]",
            run: "click",
        },
        {
            trigger: ".modal-footer .btn-primary",
            run: "click",
        },
        {
            trigger: ".o_notification_bar.bg-success",
        },
    ],
});
