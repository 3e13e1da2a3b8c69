import {ImportCleaning} from "@crm_ir_base/import/import_cleaning";
import {expect, test} from "@odoo/hoot";
import {animationFrame} from "@odoo/hoot-dom";
import {reactive} from "@odoo/owl";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    contains,
    mountWithCleanup,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {download} from "@web/core/network/download";

defineMailModels();

const PREVIEW = {
    cells: 2,
    examples: [{row: 4, column: "موبایل", before: "۰۹۱۲", after: "+98912"}],
    problems: [{row: 7, column: "تاریخ تولد", message: "Correct the date."}],
    problem_count: 1,
    duplicates: 0,
    dates: [{index: 3, column: "تاریخ تولد", chosen: "detect", found: "jalali"}],
    amounts: [{index: 5, column: "مبلغ (تومان)", header: "IRT", unit: "IRT"}],
    titles: 0,
};

function mountCleaning({preview = PREVIEW, outcome = null, options = {}} = {}) {
    return mountWithCleanup(ImportCleaning, {
        props: {
            cleaning: reactive({preview, outcome}),
            columns: [{name: "نام"}, {name: "موبایل"}],
            filename: "customers.xlsx",
            options: {
                crm_ir_clean: true,
                crm_ir_errors: "stop",
                crm_ir_duplicates: "report",
                crm_ir_calendars: {},
                crm_ir_units: {},
                ...options,
            },
            onOptionChanged: (name, value) => expect.step([name, value]),
            onOpenRecords: (ids) => expect.step(ids),
        },
    });
}

test("the panel tells what will be cleaned before anything is imported", async () => {
    await mountCleaning();
    expect(".o_crm_ir_import_changes summary").toHaveText("2 cells will be cleaned");
    await contains(".o_crm_ir_import_changes summary").click();
    expect(".o_crm_ir_import_changes tbody td").toHaveCount(4);
    expect(".o_crm_ir_import_changes tbody td:last").toHaveText("+98912");
    expect(".o_crm_ir_import_problems summary").toHaveText("1 rows have problems");
});

test("a column's calendar is the user's choice, a unit in its title is not", async () => {
    await mountCleaning();
    expect("select[name=crm_ir_calendar_3] option:first").toHaveText("Detect: Jalali");
    await contains("select[name=crm_ir_calendar_3]").select("gregorian");
    expect.verifySteps([["crm_ir_calendars", {3: "gregorian"}]]);
    expect("select[name=crm_ir_unit_5]").toHaveValue("IRT");
    expect("select[name=crm_ir_unit_5]").not.toBeEnabled();
});

test("a file that is not cleaned shows nothing but the proposal", async () => {
    await mountCleaning({options: {crm_ir_clean: false}});
    expect("input[type=checkbox]").toHaveCount(1);
    expect("select").toHaveCount(0);
    await contains("input[type=checkbox]").check();
    expect.verifySteps([["crm_ir_clean", true]]);
});

test("after an import every reported row is listed and can be downloaded", async () => {
    patchWithCleanup(download, {
        _download: async ({url, data}) => {
            const {headers, rows} = JSON.parse(await data.data.text());
            expect.step([url, headers, rows]);
        },
    });
    const reported = [
        {
            row: 7,
            cells: ["علی", "0912"],
            problems: [{column: "موبایل", message: "Too short."}],
        },
    ];
    const numbers = {created: 5, updated: 2, warnings: [], ids: [1, 2]};
    await mountCleaning({outcome: {...numbers, reported, isTest: false, isDone: true}});
    expect(".o_crm_ir_import_outcome b").toHaveText(
        "5 rows created, 2 updated, 1 reported."
    );
    expect(".o_crm_ir_import_outcome tbody td:last").toHaveText("Too short.");
    expect("input[type=checkbox]").toHaveCount(0);
    await contains(".o_crm_ir_import_open").click();
    expect.verifySteps([[1, 2]]);
    await contains(".o_crm_ir_import_download").click();
    await animationFrame();
    expect.verifySteps([
        [
            "/crm_ir_base/import/report",
            ["نام", "موبایل", "Row", "Problem"],
            [["علی", "0912", 7, "موبایل: Too short."]],
        ],
    ]);
});
