import {
    defineModels,
    fields,
    models,
    mountView,
    patchWithCleanup,
    serverState,
} from "@web/../tests/web_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {TimePeriodSelectionField} from "@purchase_stock/product_catalog/search/time_period_selection_fields";
import {mockDate} from "@odoo/hoot-mock";
import {session} from "@web/session";

describe.current.tags("desktop");

class Suggestion extends models.Model {
    _name = "suggestion";
    based_on = fields.Selection({
        selection: [
            ["one_month", "Last 30 days"],
            ["last_year", "Last year"],
            ["last_year_m_plus_1", "Next month of last year"],
            ["last_year_m_plus_2", "After next month of last year"],
            ["last_year_quarter", "Quarter of last year"],
        ],
    });
    _records = [{id: 1, based_on: "one_month"}];
}

defineMailModels();
defineModels([Suggestion]);

async function labels() {
    let field = null;
    patchWithCleanup(TimePeriodSelectionField.prototype, {
        setup() {
            super.setup();
            field = this;
        },
    });
    mockDate("2025-12-15T12:00:00");
    await mountView({
        type: "form",
        resModel: "suggestion",
        resId: 1,
        arch: `<form><field name="based_on" widget="time_period_selection"/></form>`,
    });
    return field.options.map(([, label]) => label);
}

test("periods tell the Gregorian months over which is counted", async () => {
    serverState.lang = "fa_IR";
    patchWithCleanup(session, {crm_ir_calendar: "jalali"});
    expect(await labels()).toEqual([
        "Last 30 days",
        "دسامبر 2024",
        "ژانویهٔ 2025",
        "فوریهٔ 2025",
        "دسامبر 2024 - فوریهٔ 2025",
    ]);
});

test("for others periods are stock", async () => {
    expect(await labels()).toEqual([
        "Last 30 days",
        "December 2024",
        "January 2025",
        "February 2025",
        "Dec 2024-Feb 2025",
    ]);
});
