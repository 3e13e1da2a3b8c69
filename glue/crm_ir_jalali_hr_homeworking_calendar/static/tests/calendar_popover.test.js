import {Component, xml} from "@odoo/owl";
import {
    defineParams,
    mountWithCleanup,
    patchWithCleanup,
    serverState,
} from "@web/../tests/web_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {AttendeeCalendarCommonPopover} from "@calendar/views/attendee_calendar/common/attendee_calendar_common_popover";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {session} from "@web/session";

const {DateTime} = luxon;

describe.current.tags("desktop");
defineMailModels();

/** Mounts the popover of a place of work from 10 October 2025 on. */
async function mountPopover(days) {
    class Field extends Component {
        static template = xml`<i/>`;
        static props = ["*"];
    }
    class Body extends Component {
        static template = "homework.AttendeeCalendarCommonPopover.body";
        static components = {Field};
        static props = ["*"];
        formatStart = AttendeeCalendarCommonPopover.prototype.formatStart;
        slot = {};
        isWorkLocationEvent() {
            return true;
        }
    }
    const start = DateTime.fromISO("2025-10-10");
    const record = {colorIndex: 1, start, end: start.plus({days})};
    await mountWithCleanup(Body, {props: {record}});
}

test("a place of work tells its Jalali day", async () => {
    serverState.lang = "fa_IR";
    defineParams({lang_parameters: {week_start: 6}});
    patchWithCleanup(session, {crm_ir_calendar: "jalali"});
    await mountPopover(0);
    expect(".list-group-item:first").toHaveText("18 مهر 1404");
});

test("a place of work of some hours tells the day alone", async () => {
    serverState.lang = "fa_IR";
    patchWithCleanup(session, {crm_ir_calendar: "jalali"});
    await mountPopover(1);
    expect(".list-group-item:first").toHaveText("18 مهر");
});

test("for others a place of work is told as in stock", async () => {
    await mountPopover(0);
    expect(".list-group-item:first").toHaveText("10 October 2025");
});
