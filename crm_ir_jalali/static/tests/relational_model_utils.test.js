import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {mockTimeZone} from "@odoo/hoot-mock";
import {patchWithCleanup} from "@web/../tests/web_test_helpers";
import {extractInfoFromGroupData} from "@web/model/relational_model/utils";
import {session} from "@web/session";

describe.current.tags("headless");

const FIELDS = {day: {type: "date"}, moment: {type: "datetime"}};

/** Edges of the group of a period that begins at a moment of the server. */
function edges(spec, start) {
    const {range} = extractInfoFromGroupData(
        {[spec]: [start, ""], __count: 1, __extra_domain: []},
        [spec],
        FIELDS,
        []
    );
    return [range.from.toISO(), range.to.toISO()].map((iso) => iso.slice(0, 16));
}

beforeEach(() => {
    mockTimeZone("Asia/Tehran");
    patchWithCleanup(session, {crm_ir_calendar: "jalali"});
});

test("a group ends with its Jalali period", () => {
    for (const [spec, start, end] of [
        ["day:month", "2025-12-22", "2026-01-21"],
        ["day:month", "2026-02-20", "2026-03-21"],
        ["day:month", "2025-02-19", "2025-03-21"],
        ["day:quarter", "2025-12-22", "2026-03-21"],
        ["day:year", "2024-03-20", "2025-03-21"],
    ]) {
        expect(edges(spec, start)).toEqual([`${start}T00:00`, `${end}T00:00`]);
    }
});

test("a group of date-times ends at midnight in Tehran", () => {
    expect(edges("moment:month", "2025-09-22 20:30:00")).toEqual([
        "2025-09-23T00:00",
        "2025-10-23T00:00",
    ]);
});

test("weeks and days are as in stock Odoo", () => {
    expect(edges("day:week", "2025-10-04")[1]).toBe("2025-10-11T00:00");
    expect(edges("day:day", "2025-09-23")[1]).toBe("2025-09-24T00:00");
});

test("a group that the server made by Gregorian months ends with its month", () => {
    expect(edges("day:month", "2025-10-01")[1]).toBe("2025-11-01T00:00");
});

test("a user of the Gregorian calendar has the groups of stock Odoo", () => {
    patchWithCleanup(session, {crm_ir_calendar: "gregorian"});
    expect(edges("day:month", "2025-12-22")[1]).toBe("2026-01-22T00:00");
});
