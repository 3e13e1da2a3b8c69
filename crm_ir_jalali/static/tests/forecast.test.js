import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {animationFrame, queryAll} from "@odoo/hoot-dom";
import {mockDate, mockTimeZone} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
    patchWithCleanup,
    quickCreateKanbanColumn,
} from "@web/../tests/web_test_helpers";
import {FillTemporalPeriod} from "@crm/views/fill_temporal_service";
import {session} from "@web/session";

class Lead extends models.Model {
    _name = "crm.lead";

    name = fields.Char();
    date_deadline = fields.Date();
    user_name = fields.Char();

    _records = [{id: 1, name: "Call", date_deadline: "2025-10-10"}];
    _views = {
        "graph,1": `<graph js_class="forecast_graph"/>`,
        "kanban,1": `
            <kanban js_class="forecast_kanban">
                <templates><t t-name="card"><field name="name"/></t></templates>
            </kanban>`,
    };
}

defineMailModels();
defineModels([Lead]);

function forecast(granularity, minGroups) {
    return new FillTemporalPeriod(
        "crm.lead",
        {name: "date_deadline", type: "date"},
        granularity,
        minGroups
    );
}

function edges({start, end}) {
    return [start.toISODate(), end.toISODate()];
}

beforeEach(() => {
    mockTimeZone("Asia/Tehran");
    mockDate("2025-10-10 12:00:00");
    patchWithCleanup(session, {crm_ir_calendar: "jalali"});
});

describe("columns", () => {
    describe.current.tags("headless");

    test("begin with the Jalali period of today and end with a Jalali year", () => {
        expect(edges(forecast("month", 4))).toEqual(["2025-09-23", "2026-03-21"]);
        expect(edges(forecast("month", 7))).toEqual(["2025-09-23", "2027-03-21"]);
        expect(edges(forecast("quarter", 2))).toEqual(["2025-09-23", "2026-03-21"]);
        expect(edges(forecast("year", 2))).toEqual(["2025-03-21", "2027-03-21"]);
    });

    test("begin with Esfand on its last day", () => {
        mockDate("2025-03-20 12:00:00");
        expect(edges(forecast("month", 1))).toEqual(["2025-02-19", "2025-03-21"]);
    });

    test("are asked of the server by Jalali days", () => {
        const period = forecast("month", 4);
        period.setEnd(period.end);
        expect(period.getContext({context: {}})).toEqual({
            fill_temporal: {
                fill_from: "2025-09-23",
                fill_to: "2026-03-20",
                min_groups: 4,
            },
        });
        expect(period.getDomain({domain: []})).toEqual([
            "|",
            ["date_deadline", "=", false],
            "&",
            ["date_deadline", ">=", "2025-09-23"],
            ["date_deadline", "<", "2026-03-21"],
        ]);
    });

    test("grow by one Jalali period", () => {
        const period = forecast("month", 4);
        for (const end of ["2026-04-21", "2026-05-22"]) {
            period.expand();
            expect(period.end.toISODate()).toBe(end);
        }
    });

    test("of weeks are as in stock Odoo", () => {
        expect(edges(forecast("week", 1))).toEqual(["2025-10-06", "2025-10-13"]);
    });

    test("of a user of the Gregorian calendar are as in stock Odoo", () => {
        patchWithCleanup(session, {crm_ir_calendar: "gregorian"});
        const period = forecast("month", 3);
        expect(edges(period)).toEqual(["2025-10-01", "2026-01-01"]);
        period.expand();
        expect(period.end.toISODate()).toBe("2026-02-01");
        expect(edges(forecast("quarter", 1))).toEqual(["2025-10-01", "2026-01-01"]);
    });
});

async function forecastStart(groupBy) {
    let start = null;
    onRpc("formatted_read_group", ({kwargs}) => {
        start = kwargs.domain.at(-1)[2];
    });
    await mountView({
        resModel: "crm.lead",
        viewId: 1,
        type: "graph",
        groupBy,
        searchViewArch: `
            <search>
                <filter name="forecast" string="Forecast" context="{'forecast_filter': 1}"/>
            </search>`,
        context: {search_default_forecast: 1, forecast_field: "date_deadline"},
    });
    return start;
}

test("a forecast begins with this Jalali month", async () => {
    expect(await forecastStart([])).toBe("2025-09-23");
});

test("a forecast by quarter begins with this Jalali quarter", async () => {
    mockDate("2025-12-10 12:00:00");
    expect(await forecastStart(["date_deadline:quarter"])).toBe("2025-09-23");
});

test("a forecast by something else begins today", async () => {
    expect(await forecastStart(["user_name"])).toBe("2025-10-10");
});

test("the forecast of a user of the Gregorian calendar begins as in stock", async () => {
    patchWithCleanup(session, {crm_ir_calendar: "gregorian"});
    expect(await forecastStart([])).toBe("2025-10-01");
});

test.tags("desktop");
test("a card dropped on the column of a month gets its first Jalali day", async () => {
    onRpc("web_read_group", ({kwargs}) => {
        expect.step(kwargs.context.fill_temporal);
        return {
            groups: [
                ["2025-09-23", "مهر ۱۴۰۴", [{id: 1, name: "Call"}]],
                ["2025-10-23", "آبان ۱۴۰۴", []],
            ].map(([start, label, records]) => ({
                "date_deadline:month": [start, label],
                __count: records.length,
                __extra_domain: [],
                __records: records,
            })),
            length: 2,
        };
    });
    onRpc("web_save", ({args}) => expect.step(args[1]));
    await mountView({
        type: "kanban",
        resModel: "crm.lead",
        viewId: 1,
        groupBy: ["date_deadline:month"],
        context: {forecast_field: "date_deadline"},
    });
    await contains(".o_kanban_record").dragAndDrop(queryAll(".o_kanban_group")[1]);
    await animationFrame();
    await quickCreateKanbanColumn();
    await animationFrame();
    expect.verifySteps([
        {fill_from: "2025-09-23", min_groups: 4},
        {date_deadline: "2025-10-23"},
        {fill_from: "2025-09-23", fill_to: "2025-12-21", min_groups: 4},
    ]);
});
