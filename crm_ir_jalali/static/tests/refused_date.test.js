import {animationFrame, mockDate, mockTimeZone} from "@odoo/hoot-mock";
import {beforeEach, expect, test} from "@odoo/hoot";
import {click, edit, press, queryFirst} from "@odoo/hoot-dom";
import {
    defineParams,
    mountWithCleanup,
    patchWithCleanup,
    serverState,
} from "@web/../tests/web_test_helpers";
import {Component, xml} from "@odoo/owl";
import {DateTimeInput} from "@web/core/datetime/datetime_input";
import {MainComponentsContainer} from "@web/core/main_components_container";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {session} from "@web/session";

defineMailModels();

beforeEach(() => {
    mockTimeZone("Asia/Tehran");
    mockDate("2025-10-10T12:00:00");
    serverState.lang = "fa_IR";
    defineParams({lang_parameters: {date_format: "%Y/%m/%d", week_start: 6}});
});

async function mountInput(calendar) {
    patchWithCleanup(session, {crm_ir_calendar: calendar});
    class Parent extends Component {
        static template = xml`
            <DateTimeInput type="'date'" value="value" onApply.bind="onApply"/>
            <MainComponentsContainer/>
        `;
        static components = {DateTimeInput, MainComponentsContainer};
        static props = ["*"];
        value = luxon.DateTime.local(2025, 10, 10);
        onApply(value) {
            expect.step(value.toISODate());
        }
    }
    await mountWithCleanup(Parent, {noMainContainer: true});
}

const INPUT = ".o_datetime_input";

async function type(text) {
    await click(INPUT);
    await animationFrame();
    await edit(text);
    await press("enter");
    await animationFrame();
}

test("a day that does not exist is not stored, and the user learns why", async () => {
    await mountInput("jalali");
    await type("1404/12/30");
    expect(INPUT).toHaveValue("1404/07/18");
    expect(".o_notification").toHaveCount(1);
    expect(".o_notification_content").toHaveText(/29/);
    expect.verifySteps([]);
});

test("what is typed without the picker is explained too", async () => {
    await mountInput("jalali");
    const input = queryFirst(INPUT);
    input.value = "1404/13/01";
    input.dispatchEvent(new Event("change"));
    await animationFrame();
    expect(INPUT).toHaveValue("1404/07/18");
    expect(".o_notification").toHaveCount(1);
    expect.verifySteps([]);
});

test("a day that exists is stored without a word", async () => {
    await mountInput("jalali");
    await type("۱۴۰۴/۱۲/۲۹");
    expect(INPUT).toHaveValue("1404/12/29");
    expect(".o_notification").toHaveCount(0);
    expect.verifySteps(["2026-03-20"]);
});

test("readers of Gregorian dates see what stock shows", async () => {
    await mountInput("gregorian");
    await type("2025/02/30");
    expect(INPUT).toHaveValue("2025/10/10");
    expect(".o_notification").toHaveCount(0);
    expect.verifySteps([]);
});
