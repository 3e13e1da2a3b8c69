import {beforeEach, expect, test} from "@odoo/hoot";
import {
    click,
    edit,
    queryAllAttributes,
    queryAllTexts,
    queryFirst,
} from "@odoo/hoot-dom";
import {animationFrame, mockDate, mockTimeZone} from "@odoo/hoot-mock";
import {
    clickSave,
    defineModels,
    defineParams,
    fields,
    models,
    mountView,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
    serverState,
} from "@web/../tests/web_test_helpers";
import {DomainSelector} from "@web/core/domain_selector/domain_selector";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {resetDateFieldWidths} from "@web/views/list/column_width_hook";
import {session} from "@web/session";

class Task extends models.Model {
    _name = "task";
    date = fields.Date();
    start = fields.Datetime();
    stop = fields.Datetime();
    project_id = fields.Many2one({relation: "project"});
    properties = fields.Properties({
        definition_record: "project_id",
        definition_record_field: "definitions",
    });
    _records = [
        // 18 Mehr 1404; from 29 Esfand 1403 at 23:30 in Tehran to 1 Farvardin 1404
        {
            id: 1,
            date: "2025-10-10",
            start: "2025-03-19 20:00:00",
            stop: "2025-03-20 20:30:00",
            project_id: 1,
            properties: {due: "2025-03-20"},
        },
    ];
}

class Project extends models.Model {
    _name = "project";
    definitions = fields.PropertiesDefinition();
    _records = [
        {id: 1, definitions: [{name: "due", string: "Due", type: "date", value: ""}]},
    ];
}

defineMailModels();
defineModels([Task, Project]);

beforeEach(() => {
    mockTimeZone("Asia/Tehran");
    // 18 Mehr 1404
    mockDate("2025-10-10T12:00:00");
    resetDateFieldWidths();
});

function speakPersian(values = {}) {
    serverState.lang = "fa_IR";
    defineParams({
        lang_parameters: {
            date_format: "%Y/%m/%d",
            time_format: "%H:%M:%S",
            week_start: 6,
        },
    });
    patchWithCleanup(session, {crm_ir_calendar: "jalali", ...values});
}

const mountForm = (content) =>
    mountView({
        type: "form",
        resModel: "task",
        resId: 1,
        arch: `<form>${content}</form>`,
    });

/** Mounts the field alone, with the deadline so many days from today. */
async function relativeTo(iso) {
    Task._records[0].date = iso;
    await mountForm(`<field name="date" widget="remaining_days" readonly="1"/>`);
}

test("a date tells its Gregorian name in the tooltip", async () => {
    speakPersian();
    await mountForm(`<field name="date" readonly="1"/>`);
    expect(".o_field_date span").toHaveText("18 مهر");
    expect(".o_field_date span").toHaveAttribute(
        "data-tooltip",
        "1404/07/18 (10 اکتبر 2025)"
    );
});

test("both ends of a range tell their Gregorian names", async () => {
    speakPersian();
    await mountForm(
        `<field name="start" widget="daterange" options="{'end_date_field': 'stop'}"/>`
    );
    expect(
        queryAllAttributes(".o_field_daterange [data-tooltip]", "data-tooltip")
    ).toEqual([
        "1403/12/29 23:30:00 (19 مارس 2025)",
        "1404/01/01 00:00:00 (21 مارس 2025)",
    ]);
});

test("a user of the Gregorian calendar has the stock tooltip", async () => {
    await mountForm(`<field name="date" readonly="1"/>`);
    expect(".o_field_date span").toHaveText("Oct 10");
    expect(".o_field_date span").toHaveAttribute("data-tooltip", "10/10/2025");
});

test("a day picked in a form is saved as the Gregorian one", async () => {
    speakPersian();
    onRpc("task", "web_save", ({args}) => expect.step(args[1]));
    await mountForm(`<field name="date"/>`);
    await click(".o_field_date button");
    await animationFrame();
    await click(".o_date_item_cell:not(.o_out_of_range):text(30)");
    await animationFrame();
    expect(".o_field_date input, .o_field_date button").toHaveText("30 مهر");
    await clickSave();
    expect.verifySteps([{date: "2025-10-22"}]);
});

test("a range picked over Nowruz is saved as the Gregorian one", async () => {
    speakPersian();
    onRpc("task", "web_save", ({args}) => expect.step(args[1]));
    await mountForm(
        `<field name="start" widget="daterange" options="{'end_date_field': 'stop'}"/>`
    );
    await click(".o_daterange_start");
    await animationFrame();
    expect(".o_zoom_out").toHaveText("اسفند 1403");
    expect(queryAllTexts(".o_date_item_cell.o_selected")).toEqual(["29", "30", "1"]);
    // 28 Esfand 1403 to 2 Farvardin 1404
    await click(".o_date_item_cell:not(.o_out_of_range):text(28)");
    await animationFrame();
    await click(".o_date_item_cell:text(2):last");
    await animationFrame();
    await click(".o_form_view");
    await animationFrame();
    await clickSave();
    expect.verifySteps([{start: "2025-03-18 20:00:00", stop: "2025-03-21 20:30:00"}]);
});

test("a date typed with the picker open moves the picker there", async () => {
    speakPersian();
    onRpc("task", "web_save", ({args}) => expect.step(args[1]));
    await mountForm(`<field name="date"/>`);
    await click(".o_field_date button");
    await animationFrame();
    await click(".o_field_date input");
    await edit("۱۴۰۳/۱۲/۳۰", {confirm: "enter"});
    await animationFrame();
    await clickSave();
    expect.verifySteps([{date: "2025-03-20"}]);
});

for (const [iso, text] of [
    ["2025-10-10", "امروز"],
    ["2025-10-11", "فردا"],
    ["2025-10-09", "دیروز"],
    // 30 Mehr, in the same Jalali month; another Gregorian week
    ["2025-10-22", "12 روز دیگر"],
    // 1 Aban, the next month
    ["2025-10-23", "ماه آینده"],
    // 28 Dey, three Jalali months on
    ["2026-01-17", "3 ماه بعد"],
    // 31 Shahrivar
    ["2025-09-22", "ماه گذشته"],
]) {
    test(`how far ${iso} is from 18 Mehr 1404, by Jalali months`, async () => {
        speakPersian();
        await relativeTo(iso);
        expect(".o_field_remaining_days").toHaveText(text);
    });
}

test("Nowruz is next year, and 29 Esfand is not", async () => {
    speakPersian();
    // 10 Esfand 1404
    mockDate("2026-03-01T12:00:00");
    await relativeTo("2026-03-20");
    expect(".o_field_remaining_days").toHaveText("19 روز دیگر");
});

test("1 Farvardin is next year", async () => {
    speakPersian();
    mockDate("2026-03-01T12:00:00");
    await relativeTo("2026-03-21");
    expect(".o_field_remaining_days").toHaveText("سال آینده");
});

test("a far day is named, with both dates in the tooltip", async () => {
    speakPersian();
    await relativeTo("2027-03-21");
    expect(".o_field_remaining_days").toHaveText("1 فروردین 1406");
    expect(".o_field_remaining_days div").toHaveAttribute(
        "title",
        "1406/01/01 (21 مارس 2027)"
    );
});

test("a day that has no Jalali name is told as stock does", async () => {
    speakPersian();
    await relativeTo("2130-01-01");
    expect(".o_field_remaining_days div").toHaveText(/2130/);
    expect(".o_field_remaining_days div").toHaveAttribute("title", /^2130/);
});

test("remaining days in English are stock", async () => {
    await relativeTo("2025-11-02");
    expect(".o_field_remaining_days").toHaveText("Next month");
    expect(".o_field_remaining_days div").toHaveAttribute("title", "11/02/2025");
});

test("cells of a list tell the Gregorian date", async () => {
    speakPersian();
    await mountView({
        type: "list",
        resModel: "task",
        arch: `<list><field name="date"/><field name="start"/></list>`,
    });
    expect(queryAllTexts(".o_data_cell")).toEqual(["18 مهر", "29 اسفند 1403، 23:30"]);
    expect(queryAllAttributes(".o_data_cell", "data-tooltip")).toEqual([
        "10 اکتبر 2025",
        "19 مارس 2025",
    ]);
});

test("cells of a list in English have no tooltip", async () => {
    await mountView({
        type: "list",
        resModel: "task",
        arch: `<list><field name="date"/></list>`,
    });
    expect(".o_data_cell[data-tooltip]").toHaveCount(0);
});

test("columns are wide enough for the longest month", async () => {
    speakPersian();
    // 31 Ordibehesht 1403
    Task._records[0].date = "2024-05-20";
    await mountView({
        type: "list",
        resModel: "task",
        arch: `<list><field name="date"/><field name="start"/></list>`,
    });
    const cell = queryFirst(".o_data_cell");
    expect(cell).toHaveText("31 اردیبهشت 1403");
    expect(cell.scrollWidth).not.toBeGreaterThan(cell.clientWidth);
});

test("a property of type date is Jalali", async () => {
    speakPersian();
    onRpc("has_access", () => true);
    await mountForm(`<field name="project_id"/><field name="properties"/>`);
    expect(".o_field_property_definition_value, .o_property_field_value").toHaveCount(
        1
    );
    expect(".o_property_field_value input").toHaveValue("1403/12/30");
});

test("a condition on a date is written and edited in the Jalali calendar", async () => {
    speakPersian();
    const conditions = [];
    await mountWithCleanup(DomainSelector, {
        props: {
            domain: `[("date", "=", "2025-10-10")]`,
            resModel: "task",
            readonly: false,
            update: (domain) => conditions.push(domain),
        },
    });
    expect(".o_datetime_input").toHaveValue("1404/07/18");
    await click(".o_datetime_input");
    await animationFrame();
    await click(".o_date_item_cell:not(.o_out_of_range):text(30)");
    await animationFrame();
    expect(conditions).toEqual([`[("date", "=", "2025-10-22")]`]);
});
