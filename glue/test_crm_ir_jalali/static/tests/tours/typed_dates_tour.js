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
const timeOff = (first, last) => () => [
    {trigger: "button[data-field=request_date_from]", run: "click"},
    {
        trigger: "input[data-field=request_date_from]",
        run: `edit ${first} && press Tab`,
    },
    {
        trigger: "input[data-field=request_date_to]",
        run: `edit ${last} && press Enter`,
    },
    ...stepUtils.saveForm(),
];
tours.add("test_crm_ir_jalali_time_off", {
    steps: timeOff("۱۴۰۴/۰۷/۱۸", "1404/07/19"),
});
tours.add("test_crm_ir_jalali_time_off_in_english", {
    steps: timeOff("10/10/2025", "10/11/2025"),
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
const startSurvey = [
    inTehran,
    {
        trigger: "body",
        run() {
            Settings.now = () => Date.parse("2025-10-15T12:00:00Z");
        },
    },
    {trigger: "button[value=start]", run: "click"},
];
const nextQuestion = {trigger: "button[value=next]", run: "click"};
const finishSurvey = [
    {trigger: "button[value=finish]", run: "click"},
    {trigger: ".modal-footer .btn-primary", run: "click"},
    {trigger: ".o_survey_finished"},
];
const dateAnswer = "input.o_survey_question_date";
const datetimeAnswer = "input.o_survey_question_datetime";
tours.add("test_crm_ir_jalali_survey", {
    steps: () => [
        ...startSurvey,
        {trigger: dateAnswer, run: "click"},
        {trigger: ".o_datetime_picker .o_zoom_out:contains(مهر 1404)"},
        {
            trigger: ".o_date_item_cell:not(.o_out_of_range):contains(/^18$/)",
            run: "click",
        },
        nextQuestion,
        {trigger: datetimeAnswer},
        {trigger: "button[value=previous]", run: "click"},
        {trigger: `${dateAnswer}:value(1404/07/18)`},
        nextQuestion,
        {
            trigger: datetimeAnswer,
            run: "edit ۱۴۰۴/۰۷/۱۸ 12:30:00 && press Tab",
        },
        nextQuestion,
        {trigger: "textarea"},
        ...finishSurvey,
    ],
});
tours.add("test_crm_ir_jalali_survey_in_english", {
    steps: () => [
        ...startSurvey,
        {trigger: dateAnswer, run: "click"},
        {trigger: ".o_datetime_picker .o_zoom_out:contains(October 2025)"},
        {trigger: dateAnswer, run: "edit 1404/07/18 && press Tab"},
        {trigger: `${dateAnswer}:value(/^$/)`},
        {trigger: dateAnswer, run: "edit 10/10/2025 && press Tab"},
        {trigger: `${dateAnswer}:value(10/10/2025)`},
        nextQuestion,
        {trigger: datetimeAnswer},
        nextQuestion,
        {trigger: "textarea"},
        ...finishSurvey,
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
