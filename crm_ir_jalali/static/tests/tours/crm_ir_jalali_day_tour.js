import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

const {Settings} = luxon;

/** The screens opened from now on believe that it is noon of that day, UTC. */
function itIs(isoDate) {
    return {
        trigger: ".o_action_manager .o_list_view",
        run() {
            Settings.now = () => Date.parse(`${isoDate}T12:00:00Z`);
        },
    };
}

const deadline = ".o_field_widget[name=date_deadline]";
const day = (text) =>
    `.o_datetime_picker .o_date_item_cell:not(.o_out_of_range):contains(/^\\s*${text}\\s*$/)`;

const newLead = (name, ...steps) => [
    {trigger: ".o_list_button_add", run: "click"},
    {
        trigger: ".o_form_view .o_field_widget[name=name] :is(input, textarea)",
        run: `edit ${name}`,
    },
    ...steps,
    ...stepUtils.saveForm(),
    {trigger: ".o_back_button, .o_breadcrumb .o_back_button", run: "click"},
    {trigger: ".o_list_view"},
];

const typeDeadline = (text, shown) => [
    {trigger: `${deadline} button, ${deadline} input`, run: "click"},
    {trigger: `${deadline} input`, run: `edit ${text} && press Enter`},
    {trigger: `${deadline} button:contains(${shown})`},
];

/** A day at the office: one date is typed, one picked, then all are searched. */
function workday({typed, pick, month, others}) {
    return [
        itIs("2025-10-15"),
        ...newLead("typed", ...typeDeadline(...typed)),
        ...newLead(
            "picked",
            ...typeDeadline(...pick.from),
            {trigger: `${deadline} button`, run: "click"},
            {trigger: day(pick.day), run: "click"}
        ),
        {trigger: ".o_searchview_dropdown_toggler", run: "click"},
        {trigger: ".o_filter_menu .o_accordion_toggle", run: "click"},
        {
            trigger: ".o_filter_menu .o_accordion_values .o_item_option:first",
            run: "click",
        },
        {trigger: `.o_searchview_facet .o_facet_value:contains(${month.label})`},
        {trigger: ".o_group_by_menu .o_accordion_toggle", run: "click"},
        {
            trigger: ".o_group_by_menu .o_accordion_values .o_item_option:eq(2)",
            run: "click",
        },
        {
            content: "one group, with every lead of that month and no other",
            trigger: `.o_list_view:not(:has(.o_group_header:eq(1))) .o_group_header:contains(${month.label}):contains((${month.count}))`,
            run: "click",
        },
        {
            content: "the drill-down opens as many",
            trigger: `.o_list_view:has(.o_data_row:eq(${month.count - 1})):not(:has(.o_data_row:eq(${month.count})))`,
        },
        {trigger: ".o_searchview_facet:first .o_facet_remove", run: "click"},
        ...others.map((label) => ({trigger: `.o_group_header:contains(${label})`})),
    ];
}

const calendar = ({title, days, luxonCalendar = null}) => [
    itIs("2025-03-15"),
    {
        trigger: "body",
        run() {
            if (Settings.defaultOutputCalendar !== luxonCalendar) {
                throw new Error(`luxon writes ${Settings.defaultOutputCalendar}`);
            }
        },
    },
    stepUtils.showAppsMenuItem(),
    {trigger: ".o_app[data-menu-xmlid='calendar.mail_menu_calendar']", run: "click"},
    {trigger: ".o_view_scale_selector .scale_button_selection", run: "click"},
    {trigger: ".o_scale_button_month", run: "click"},
    {trigger: `.o_calendar_header:contains(${title})`},
    {
        trigger: ".o_calendar_widget .fc-dayGridMonth-view",
        run() {
            const shown = document.querySelectorAll(
                ".fc-daygrid-day:not(.fc-day-other)"
            );
            if (shown.length !== days) {
                throw new Error(`${days} days were expected, not ${shown.length}`);
            }
        },
    },
];

const tours = registry.category("web_tour.tours");
tours.add("crm_ir_jalali_workday", {
    steps: () =>
        workday({
            typed: ["۱۴۰۴/۷/۱۸", "18 مهر"],
            pick: {from: ["1403/12/01", "1 اسفند 1403"], day: "30"},
            month: {label: "مهر 1404", count: 3},
            others: ["اسفند 1403", "شهریور 1404", "مهر 1404", "آبان 1404"],
        }),
});
tours.add("crm_ir_jalali_workday_in_english", {
    steps: () =>
        workday({
            typed: ["10/10/2025", "Oct 10"],
            pick: {from: ["03/01/2025", "Mar 1"], day: "20"},
            month: {label: "October 2025", count: 3},
            others: ["March 2025", "September 2025", "October 2025"],
        }),
});
tours.add("crm_ir_jalali_calendar", {
    steps: () => calendar({title: "اسفند 1403", days: 30}),
});
tours.add("crm_ir_jalali_calendar_in_english", {
    steps: () => calendar({title: "March 2025", days: 31}),
});
tours.add("crm_ir_jalali_calendar_in_gregorian_persian", {
    steps: () => [
        ...calendar({title: "مارس 2025", days: 31, luxonCalendar: "gregory"}),
        {trigger: ".o_calendar_sidebar .o_zoom_out:contains(مارس 2025)"},
        {trigger: ".o_view_scale_selector .scale_button_selection", run: "click"},
        {trigger: ".o_scale_button_year", run: "click"},
        {trigger: ".fc-toolbar-title:first:contains(2025):contains(ژانویه)"},
        {trigger: ".fc-toolbar-title:last:contains(دسامبر 2025)"},
    ],
});
