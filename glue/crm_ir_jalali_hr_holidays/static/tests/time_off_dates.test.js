import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {mockDate, mockTimeZone} from "@odoo/hoot-mock";
import {mountView, patchWithCleanup, serverState} from "@web/../tests/web_test_helpers";
import {AccrualLevels} from "@hr_holidays/components/accrual_level/accrual_levels";
import {HrLeave} from "@hr_holidays/../tests/mock_server/mock_models/hr_leave";
import {defineHrHolidaysModels} from "@hr_holidays/../tests/hr_holidays_test_helpers";
import {queryAllTexts} from "@odoo/hoot-dom";
import {session} from "@web/session";

describe.current.tags("desktop");
defineHrHolidaysModels();

const leave = (id, day, state = "validate") => ({
    id,
    employee_id: 100,
    department_id: 11,
    date_from: `${day} 05:00:00`,
    date_to: `${day} 14:00:00`,
    holiday_status_id: 55,
    state,
    number_of_days: 1,
    number_of_hours: 8,
    leave_type_request_unit: "day",
});

beforeEach(() => {
    mockTimeZone("Asia/Tehran");
    mockDate("2026-02-01T12:00:00");
    HrLeave._records = [
        // 30 Esfand 1403, 1 Farvardin 1404, 29 Esfand 1404, 1 Farvardin 1405
        leave(1, "2025-03-20"),
        leave(2, "2025-03-21"),
        leave(3, "2026-03-20"),
        leave(4, "2026-03-21"),
        // the request: 12 Bahman 1404
        leave(5, "2026-02-01", "confirm"),
    ];
});

const mountRequest = () =>
    mountView({
        type: "form",
        resModel: "hr.leave",
        resId: 5,
        arch: `
            <form>
                <field name="employee_id"/>
                <field name="department_id"/>
                <field name="date_from"/>
                <field name="date_to"/>
                <widget name="hr_leave_stats"/>
            </form>`,
    });

/** First and last days of the leaves in the summary, each once. */
function days() {
    const texts = queryAllTexts("#o_leave_stats_employee span");
    return [...new Set(texts.filter((text) => /^\d+\/\d+/.test(text)))].sort();
}

test("the summary is that of the Jalali year", async () => {
    serverState.lang = "fa_IR";
    patchWithCleanup(session, {crm_ir_calendar: "jalali"});
    await mountRequest();
    expect("#o_leave_stats_employee").toHaveText(/\(1404\)/);
    expect(days()).toEqual(["1404/01/01", "1404/12/29"]);
});

test("for others the summary is that of the Gregorian year", async () => {
    await mountRequest();
    expect("#o_leave_stats_employee").toHaveText(/\(2026\)/);
    expect(days()).toEqual(["03/20/2026", "03/21/2026"]);
});

test("accruals tell the Gregorian months in which they happen", async () => {
    const {getFullMonth, getCarryOverDate} = AccrualLevels.prototype;
    const plan = {
        _values: {carryover_date: "other", carryover_day: "1", carryover_month: "1"},
    };
    patchWithCleanup(session, {crm_ir_calendar: "jalali"});
    luxon.Settings.defaultLocale = "fa-IR";
    expect(getFullMonth("1")).toBe("ژانویه");
    expect(getCarryOverDate(plan)).toBe("1 ژانویه");
    luxon.Settings.defaultLocale = "en-US";
    expect(getFullMonth("12")).toBe("December");
});
