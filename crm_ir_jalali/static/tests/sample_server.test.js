import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {mockTimeZone} from "@odoo/hoot-mock";
import {patchWithCleanup} from "@web/../tests/web_test_helpers";
import {localization} from "@web/core/l10n/localization";
import {SampleServer} from "@web/model/sample_server";
import {session} from "@web/session";

const {Settings} = luxon;

describe.current.tags("headless");

function group(value, interval, type = "date") {
    return SampleServer.prototype._formatValue(value, {type, interval});
}

beforeEach(() => {
    mockTimeZone("Asia/Tehran");
    patchWithCleanup(Settings, {defaultLocale: "fa-IR"});
    patchWithCleanup(localization, {weekStart: 6});
    patchWithCleanup(session, {crm_ir_calendar: "jalali", crm_ir_digits: "latn"});
});

test("sample records are grouped by Jalali periods", () => {
    expect(group("2025-10-10", "day")).toEqual(["2025-10-10", "18 مهر 1404"]);
    expect(group("2025-10-10", "month")).toEqual(["2025-09-23", "مهر 1404"]);
    expect(group("2025-12-10", "quarter")).toEqual(["2025-09-23", "پاییز 1404"]);
    expect(group("2025-03-20", "year")).toEqual(["2024-03-20", "1403"]);
    expect(group("2025-09-22 20:30:00", "month", "datetime")).toEqual([
        "2025-09-22 20:30:00",
        "مهر 1404",
    ]);
});

test("sample records of a user of the Gregorian calendar are as in stock", () => {
    patchWithCleanup(session, {crm_ir_calendar: "gregorian"});
    patchWithCleanup(Settings, {defaultLocale: "en-US"});
    expect(group("2025-10-10", "month")).toEqual(["2025-10-01", "October 2025"]);
    expect(group(false, "month")).toBe(false);
});
