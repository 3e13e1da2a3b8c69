import {beforeEach, expect, test} from "@odoo/hoot";
import {defineSpreadsheetModels} from "@spreadsheet/../tests/helpers/data";
import {createSpreadsheetWithChart} from "@spreadsheet/../tests/helpers/chart";
import {createSpreadsheetWithPivot} from "@spreadsheet/../tests/helpers/pivot";
import {DateFilterDropdown} from "@spreadsheet/global_filters/components/date_filter_dropdown/date_filter_dropdown";
import {dateFilterValueToString} from "@spreadsheet/global_filters/helpers";
import {mountWithCleanup, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {session} from "@web/session";

defineSpreadsheetModels();

const {Settings} = luxon;
const GROUPING = ["formatted_read_grouping_sets", "formatted_read_group"];

function stepGroupings(_route, {method, kwargs}) {
    if (GROUPING.includes(method)) {
        expect.step(`${method} ${kwargs.context.crm_ir_no_jalali}`);
    }
}

beforeEach(() => {
    patchWithCleanup(session, {crm_ir_calendar: "jalali"});
});

test.tags("headless");
test("a pivot is grouped by Gregorian months", async () => {
    await createSpreadsheetWithPivot({
        arch: `
            <pivot>
                <field name="date" interval="month" type="row"/>
                <field name="probability" type="measure"/>
            </pivot>`,
        mockRPC: stepGroupings,
    });
    expect.verifySteps(["formatted_read_grouping_sets true"]);
});

test.tags("headless");
test("a chart is grouped by Gregorian months", async () => {
    const {model} = await createSpreadsheetWithChart({
        type: "odoo_line",
        mockRPC: stepGroupings,
    });
    const [chartId] = model.getters.getChartIds(model.getters.getActiveSheetId());
    await model.getters.getChartDataSource(chartId).load();
    expect.verifySteps(["formatted_read_group true"]);
});

test.tags("headless");
test("the spreadsheet of a user of the Gregorian calendar asks as in stock", async () => {
    patchWithCleanup(session, {crm_ir_calendar: "gregorian"});
    await createSpreadsheetWithPivot({mockRPC: stepGroupings});
    expect.verifySteps(["formatted_read_grouping_sets undefined"]);
});

test.tags("headless");
test("a month of a date filter has its Gregorian name in Persian", () => {
    patchWithCleanup(Settings, {
        defaultLocale: "fa-IR",
        defaultNumberingSystem: "latn",
    });
    expect(dateFilterValueToString({type: "month", month: 10, year: 2025})).toBe(
        "اکتبر 2025"
    );
});

test("a date filter says that its periods are Gregorian", async () => {
    await mountWithCleanup(DateFilterDropdown, {
        props: {update: () => expect.step("update")},
    });
    expect(".dropdown-header").toHaveText(
        "Months, quarters and years of spreadsheets are Gregorian."
    );
});

test("a date filter is as in stock for a user of the Gregorian calendar", async () => {
    patchWithCleanup(session, {crm_ir_calendar: "gregorian"});
    await mountWithCleanup(DateFilterDropdown, {
        props: {update: () => expect.step("update")},
    });
    expect(".dropdown-header").toHaveCount(0);
});
