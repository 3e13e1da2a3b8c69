import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

const {Settings} = luxon;

const inTehran = {
    trigger: "body",
    run() {
        Settings.defaultZone = "Asia/Tehran";
    },
};

const typeInto = (field, typed) => [
    {trigger: `${field} :is(button, input)`, run: "click"},
    {trigger: `${field} input`, run: `edit ${typed} && press Enter`},
    {trigger: `${field} button:contains(18 مهر)`},
];

const form = (name, typed) => () => [
    inTehran,
    ...typeInto(`.o_field_widget[name=${name}]`, typed),
    ...stepUtils.saveForm(),
];

const tours = registry.category("web_tour.tours");
tours.add("test_crm_ir_jalali_task", {
    steps: form("date_deadline", "۱۴۰۴/۰۷/۱۸ 12:30:00"),
});
tours.add("test_crm_ir_jalali_quotation", {
    steps: form("validity_date", "۱۴۰۴/۷/۱۸"),
});
tours.add("test_crm_ir_jalali_invoice", {
    steps: form("invoice_date", "1404/۰۷/18"),
});
tours.add("test_crm_ir_jalali_mailing", {
    steps: () => [
        inTehran,
        {trigger: "button[name=action_schedule]", run: "click"},
        ...typeInto(
            ".modal .o_field_widget[name=schedule_date]",
            "۱۴۰۴/۰۷/۱۸ ۱۲:۳۰:۰۰"
        ),
        {trigger: ".modal button[name=action_schedule_date]", run: "click"},
        {trigger: "body:not(:has(.modal))"},
    ],
});
tours.add("test_crm_ir_jalali_website_form", {
    steps: () => [
        inTehran,
        {trigger: "input[name=name]", run: "edit Typed on the website"},
        {
            trigger: "input[name=date_deadline]",
            run: "edit ۱۴۰۴/۰۷/۱۸ 12:30:00 && press Tab",
        },
        {trigger: ".s_website_form_send", run: "click"},
        {trigger: ".s_website_form_end_message:not(.d-none)"},
    ],
});
