import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

/** A date is typed as Persians do, and shown in the same calendar. */
const typeInto = (field, typed, shown, root = "") => [
    {trigger: `${root} ${field} :is(button, input)`, run: "click"},
    {trigger: `${root} ${field} input`, run: `edit ${typed} && press Enter`},
    {trigger: `${root} ${field}:has(button:contains(${shown}))`},
];
const form = (name, ...args) => () => [
    ...typeInto(`.o_field_widget[name=${name}]`, ...args),
    ...stepUtils.saveForm(),
];

const tours = registry.category("web_tour.tours");
tours.add("test_crm_ir_jalali_task", {
    steps: form("date_deadline", "۱۴۰۴/۰۷/۱۸ 12:30:00", "18 مهر"),
});
tours.add("test_crm_ir_jalali_quotation", {
    steps: form("validity_date", "۱۴۰۴/۷/۱۸", "18 مهر"),
});
tours.add("test_crm_ir_jalali_invoice", {
    steps: form("invoice_date", "1404/۰۷/18", "18 مهر"),
});
tours.add("test_crm_ir_jalali_time_off", {
    steps: () => [
        {trigger: "[name=request_date_from] :is(button, input)", run: "click"},
        {
            trigger: "input[data-field=request_date_from]",
            run: "edit ۱۴۰۴/۰۷/۱۸ && press Tab",
        },
        {
            trigger: "input[data-field=request_date_to]",
            run: "edit 1404/07/19 && press Enter",
        },
        {trigger: "[name=request_date_from]:has(button:contains(18 مهر))"},
        ...stepUtils.saveForm(),
    ],
});
tours.add("test_crm_ir_jalali_mailing", {
    steps: () => [
        {trigger: "button[name=action_schedule]", run: "click"},
        ...typeInto(
            ".o_field_widget[name=schedule_date]",
            "۱۴۰۴/۰۷/۱۸ ۱۲:۳۰:۰۰",
            "18 مهر",
            ".modal"
        ),
        {trigger: ".modal button[name=action_schedule_date]", run: "click"},
        {trigger: "body:not(:has(.modal))"},
    ],
});
