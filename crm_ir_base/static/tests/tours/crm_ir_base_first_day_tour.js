import {registry} from "@web/core/registry";

const SAMPLE = "/crm_ir_base/sample_contacts.xlsx";

/** Give the file of the page's sample to the import screen, as a person would drop it. */
async function uploadSample() {
    const content = await (await fetch(SAMPLE)).blob();
    const files = new DataTransfer();
    files.items.add(new File([content], "sample_contacts.xlsx", {type: content.type}));
    const input = document.querySelector(".o_control_panel input[type=file]");
    input.files = files.files;
    input.dispatchEvent(new Event("change", {bubbles: true}));
    await until(() => isThere(".o_crm_ir_import") && !isBlocked());
}

/** Wait for `isDone`: a thousand rows take longer than a step of a tour waits. */
async function until(isDone) {
    const end = Date.now() + 120000;
    do {
        await new Promise((resolve) => setTimeout(resolve, 500));
    } while (!isDone() && Date.now() < end);
}

const isThere = (selector) => Boolean(document.querySelector(selector));
const isBlocked = () => isThere(".o_ui_blocked, .o_blockUI");

// A salesperson's first day: import the list of customers, find one, move a card.
registry.category("web_tour.tours").add("crm_ir_base_first_day", {
    url: "/odoo/contacts",
    steps: () => [
        {
            content: "open the menu of the list",
            trigger: ".o_control_panel_breadcrumbs .o_cp_action_menus button .fa-cog",
            run: "click",
        },
        {trigger: ".o_import_menu", run: "click"},
        {
            content: "upload the file",
            trigger: ".o_import_file",
            run: uploadSample,
        },
        {
            content: "the preview says what will be cleaned",
            trigger: ".o_crm_ir_import .o_crm_ir_import_changes",
        },
        {
            content: "bad rows stop nothing else",
            trigger: ".o_crm_ir_import select[name=crm_ir_errors]",
            async run({select}) {
                await select("report");
                await until(() => !isBlocked());
            },
        },
        {
            content: "import",
            trigger:
                ".o_control_panel_main_buttons button.btn-primary + button.btn-secondary:first",
            async run({click}) {
                await click();
                await until(() => isThere(".o_crm_ir_import_outcome"));
            },
        },
        {
            content: "every row is accounted for",
            trigger: ".o_crm_ir_import_outcome .o_crm_ir_import_download",
        },
        {
            content: "open what was imported",
            trigger: ".o_crm_ir_import_open",
            run: "click",
        },
        {
            trigger:
                ".o_list_view .o_data_row, .o_kanban_view .o_kanban_record:not(.o_kanban_ghost)",
        },
        {
            content: "search with the letters of an Arabic keyboard",
            trigger: ".o_searchview_input",
            run: "edit علي",
        },
        {trigger: ".o_searchview_input", run: "press Enter"},
        {trigger: ".o_facet_value:contains(علي)"},
        {
            content: "the Persian spelling is found",
            trigger:
                ".o_data_row:contains(علی), .o_kanban_record:not(.o_kanban_ghost):contains(علی)",
        },
    ],
});

registry.category("web_tour.tours").add("crm_ir_base_move_card", {
    url: "/odoo/crm",
    steps: () => [
        {
            content: "move the card to the next stage",
            trigger: ".o_kanban_group:eq(0) .o_kanban_record:contains(کارت نمونه)",
            run: "drag_and_drop(.o_kanban_group:eq(1))",
        },
        {
            content: "the card is there",
            trigger: ".o_kanban_group:eq(1) .o_kanban_record:contains(کارت نمونه)",
        },
    ],
});
