import {beforeEach, expect, test} from "@odoo/hoot";
import {mockDate, mockTimeZone} from "@odoo/hoot-mock";
import {LoginScreen} from "@point_of_sale/app/screens/login_screen/login_screen";
import {PresetSlotsPopup} from "@point_of_sale/app/components/popups/preset_slots_popup/preset_slots_popup";
import {definePosModels} from "@point_of_sale/../tests/unit/data/generate_model_definitions";
import {mountWithCleanup, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {localization} from "@web/core/l10n/localization";
import {queryText} from "@odoo/hoot-dom";
import {session} from "@web/session";
import {setupPosEnv} from "@point_of_sale/../tests/unit/utils";

const {DateTime, Settings} = luxon;

definePosModels();

beforeEach(() => {
    mockTimeZone("Asia/Tehran");
    // 18 Mehr 1404
    mockDate("2025-10-10T12:00:00");
});

async function openShop(values) {
    patchWithCleanup(session, values);
    const store = await setupPosEnv();
    patchWithCleanup(localization, {
        code: "fa_IR",
        dateFormat: "yyyy/MM/dd",
        timeFormat: "HH:mm",
        dateTimeFormat: "yyyy/MM/dd HH:mm",
    });
    const order = store.addNewOrder();
    order.date_order = DateTime.fromISO("2025-10-10T12:00:00");
    order.preset_time = DateTime.fromISO("2025-10-23T10:30:00");
    return {store, order};
}

test("an order tells its Jalali times and keeps the Gregorian ones", async () => {
    const {order} = await openShop({crm_ir_calendar: "jalali"});
    expect(order.presetDate).toBe("1404/08/01");
    expect(order.presetDateTime).toBe("1404/08/01 10:30");
    expect(order.formatDateOrTime("date_order", "date")).toMatch(/1404/);
    expect(order.serializeForORM().preset_time).toBe("2025-10-23 07:00:00");
    order.preset_time = DateTime.fromISO("2025-10-10T10:30:00");
    expect(order.presetDateTime).toBe("10:30");
});

test("slots are of Jalali days", async () => {
    await openShop({crm_ir_calendar: "jalali"});
    expect(PresetSlotsPopup.prototype.formatDate("2025-03-20")).toBe("1403/12/30");
});

test("the clock of the login screen is Jalali", async () => {
    await openShop({crm_ir_calendar: "jalali"});
    patchWithCleanup(Settings, {defaultLocale: "fa-IR"});
    await mountWithCleanup(LoginScreen);
    expect(queryText(".timer-date")).toBe("18 مهر 1404");
});

test("for others the shop is stock", async () => {
    const {order} = await openShop({crm_ir_calendar: "gregorian"});
    expect(order.presetDate).toBe("2025/10/23");
    expect(order.presetDateTime).toBe("2025/10/23 10:30");
    expect(PresetSlotsPopup.prototype.formatDate("2025-03-20")).toBe("2025/03/20");
    await mountWithCleanup(LoginScreen);
    expect(queryText(".timer-date")).toBe("2025, October, 10");
});
