import {beforeEach, expect, test} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {mockDate, mockTimeZone} from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    defineParams,
    fields,
    models,
    mountView,
    onRpc,
    patchWithCleanup,
    preloadBundle,
    serverState,
} from "@web/../tests/web_test_helpers";
import {
    changeScale,
    clickDate,
    clickEvent,
    moveEventToDate,
    navigate,
    pickDate,
    selectAllDayRange,
} from "@web/../tests/views/calendar/calendar_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {session} from "@web/session";
import {user} from "@web/core/user";

class Meeting extends models.Model {
    _name = "meeting";
    name = fields.Char();
    start = fields.Date();
    stop = fields.Date();
    has_access() {
        return true;
    }
    _records = [
        {id: 1, name: "last day of 1403", start: "2025-03-20", stop: "2025-03-20"},
        {id: 2, name: "Nowruz 1404", start: "2025-03-21", stop: "2025-03-21"},
        {id: 3, name: "over the new year", start: "2025-03-18", stop: "2025-03-22"},
        {id: 4, name: "last day of 1404", start: "2026-03-20", stop: "2026-03-20"},
        {id: 5, name: "4 and 5 Mehr", start: "2025-09-26", stop: "2025-09-27"},
    ];
}

const MONTHS =
    "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split(" ");
const PERSIAN = "۰۱۲۳۴۵۶۷۸۹";

defineMailModels();
defineModels([Meeting]);
preloadBundle("web.fullcalendar_lib");
onRpc("has_group", () => true);

beforeEach(() => {
    mockTimeZone("Asia/Tehran");
    // 20 Esfand 1403
    mockDate("2025-03-10T12:00:00");
});

function speakPersian(values = {}) {
    serverState.lang = "fa_IR";
    defineParams({lang_parameters: {time_format: "%H:%M:%S", week_start: 6}});
    patchWithCleanup(session, {crm_ir_calendar: "jalali", ...values});
}

function mountCalendar(mode = "month", attributes = "") {
    return mountView({
        type: "calendar",
        resModel: "meeting",
        arch: `<calendar date_start="start" date_stop="stop" mode="${mode}" ${attributes}/>`,
    });
}

const title = () => queryAllTexts(".o_calendar_header h5")[0];
const days = (selector = "") =>
    queryAllTexts(`.fc-daygrid-day${selector} .fc-daygrid-day-number`);
const range = (length) => Array.from({length}, (_, index) => `${index + 1}`);

/** The day that ICU prints in each cell, of the day that the cell stands for. */
function expectCellsAsIcu() {
    const icu = new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", {
        day: "numeric",
        timeZone: "UTC",
    });
    for (const cell of document.querySelectorAll(".fc-daygrid-day[data-date]")) {
        const number = cell.querySelector(".fc-daygrid-day-number").textContent;
        expect(number).toBe(icu.format(new Date(cell.dataset.date)));
    }
}

test.tags("desktop");
test("a month is a Jalali month, with the days around it greyed", async () => {
    speakPersian();
    await mountCalendar();

    expect(title()).toBe("اسفند 1403");
    expect(days(":not(.fc-day-other)")).toEqual(range(30));
    expect(days(".fc-day-other")).toEqual(["27", "28", "29", "30", "1"]);
    expect(".fc-day-today").toHaveAttribute("data-date", "2025-03-10");
    expectCellsAsIcu();
});

test.tags("desktop");
test("the months follow each other over the new year", async () => {
    speakPersian();
    await mountCalendar();

    await navigate("next");
    expect(title()).toBe("فروردین 1404");
    expect(days(":not(.fc-day-other)")).toEqual(range(31));
    expectCellsAsIcu();

    for (let month = 1; month < 7; month++) {
        await navigate("next");
        expect(title()).toBe(`${MONTHS[month]} 1404`);
    }
    expect(days(":not(.fc-day-other)")).toEqual(range(30));
    expectCellsAsIcu();

    for (let month = 7; month < 12; month++) {
        await navigate("next");
    }
    expect(title()).toBe("اسفند 1404");
    expect(days(":not(.fc-day-other)")).toEqual(range(29));

    for (let month = 0; month < 12; month++) {
        await navigate("prev");
    }
    expect(title()).toBe("اسفند 1403");
});

test.tags("desktop");
test("events at the edges of Esfand are there, in 30 days and in 29", async () => {
    speakPersian();
    await mountCalendar();
    expect(`.fc-day[data-date="2025-03-20"] .o_event[data-event-id="1"]`).toHaveCount(
        1
    );
    expect(`.fc-day[data-date="2025-03-21"] .o_event[data-event-id="2"]`).toHaveCount(
        1
    );
    expect(`.fc-day[data-date="2025-03-18"] .o_event[data-event-id="3"]`).toHaveCount(
        1
    );

    for (let month = 0; month < 12; month++) {
        await navigate("next");
    }
    expect(`.fc-day[data-date="2026-03-20"] .o_event[data-event-id="4"]`).toHaveCount(
        1
    );
});

test.tags("desktop");
test("all days of the grid are asked from the server", async () => {
    speakPersian();
    const asked = [];
    onRpc("meeting", "search_read", ({kwargs}) => {
        asked.push(kwargs.domain.map(([, , value]) => value));
    });
    await mountCalendar();
    // six weeks from Saturday 27 Bahman
    expect(asked.pop()).toEqual(["2025-03-28", "2025-02-15"]);

    await changeScale("year");
    expect(asked.pop()).toEqual(["2025-03-20", "2024-03-20"]);
});

test.tags("desktop");
test("a year has its twelve Jalali months", async () => {
    speakPersian();
    await mountCalendar("year");
    expect(title()).toBe("1403");
    expect(queryAllTexts(".fc-toolbar-title")).toEqual(
        MONTHS.map((month) => `${month} 1403`)
    );
    expect(".fc-daygrid-day[data-date]").toHaveCount(366);
    expectCellsAsIcu();

    await navigate("next");
    expect(title()).toBe("1404");
    expect(".fc-daygrid-day[data-date]").toHaveCount(365);

    await clickDate("2025-09-26");
    expect(".o_cw_popover h5").toHaveText("4 to 5 مهر 1404");
});

test.tags("desktop");
test("weeks and days have Jalali titles and numbers", async () => {
    speakPersian();
    await mountCalendar("week");
    expect(title()).toMatch(/^اسفند 1403/);
    expect(queryAllTexts(".o_cw_day_number")).toEqual(
        "18 19 20 21 22 23 24".split(" ")
    );
    await navigate("next");
    expect(title()).toMatch(/^اسفند 1403 - فروردین 1404/);
    expect(queryAllTexts(".o_cw_day_number")).toEqual("25 26 27 28 29 30 1".split(" "));
    await navigate("next");
    expect(title()).toMatch(/^فروردین 1404/);

    await changeScale("day");
    expect(title()).toBe("4 فروردین 1404");
    expect(queryAllTexts(".o_cw_day_number")).toEqual(["4"]);
});

test.tags("desktop");
test("digits are those that the user chose", async () => {
    speakPersian({crm_ir_digits: "arabext"});
    await mountCalendar();
    expect(title()).toBe("اسفند ۱۴۰۳");
    expect(days(":not(.fc-day-other)")).toEqual(
        range(30).map((day) => day.replace(/\d/g, (digit) => PERSIAN[digit]))
    );
    await changeScale("year");
    expect(queryAllTexts(".fc-toolbar-title")[11]).toBe("اسفند ۱۴۰۳");
});

test.tags("desktop");
test("an English reader of the Jalali calendar has its names in Latin letters", async () => {
    patchWithCleanup(session, {crm_ir_calendar: "jalali"});
    await mountCalendar();
    expect(title()).toBe("Esfand 1403");
    expect(days(":not(.fc-day-other)")).toEqual(range(30));
    await changeScale("year");
    expect(queryAllTexts(".fc-toolbar-title").slice(10)).toEqual([
        "Bahman 1403",
        "Esfand 1403",
    ]);
});

test.tags("desktop");
test("an event says its days in the Jalali calendar", async () => {
    speakPersian();
    await mountCalendar();
    await clickEvent(3);
    expect(".o_cw_popover .list-group-item:first").toHaveText(
        /28 اسفند 1403 to 2 فروردین 1404/
    );
});

test.tags("desktop");
test("an event dragged to a day is written with that day", async () => {
    speakPersian();
    onRpc("meeting", "write", ({args}) => {
        expect.step(args[1]);
        return true;
    });
    await mountCalendar();
    // from 30 to 15 Esfand, then to 1 Farvardin
    await moveEventToDate(1, "2025-03-05");
    expect.verifySteps([{start: "2025-03-05", stop: "2025-03-05"}]);
    await moveEventToDate(1, "2025-03-21");
    expect.verifySteps([{start: "2025-03-21", stop: "2025-03-21"}]);
});

test.tags("desktop");
test("a click and a selection create on the days that they show", async () => {
    speakPersian();
    onRpc("meeting", "create", ({args}) => {
        const [{start, stop}] = args[0];
        expect.step(`${start} ${stop}`);
    });
    await mountCalendar("month", `quick_create="1"`);
    await clickDate("2025-03-19");
    await contains(".o-calendar-quick-create--input").edit("29 Esfand", {
        confirm: false,
    });
    await contains(".o-calendar-quick-create--create-btn").click();
    expect.verifySteps(["2025-03-19 2025-03-19"]);

    await selectAllDayRange("2025-03-11", "2025-03-13");
    await contains(".o-calendar-quick-create--input").edit("21 to 23 Esfand", {
        confirm: false,
    });
    await contains(".o-calendar-quick-create--create-btn").click();
    expect.verifySteps(["2025-03-11 2025-03-13"]);
});

test.tags("desktop");
test("a picked day of the shown week opens the day, weeks start on Saturday", async () => {
    speakPersian();
    await mountCalendar("week");
    // the 20th is shown; Saturday 18 is in its week, Saturday 25 is not
    await pickDate("1403-12-18");
    expect(title()).toBe("18 اسفند 1403");
    await pickDate("1403-12-25");
    expect(title()).toMatch(/^اسفند 1403 - فروردین 1404/);
});

test.tags("desktop");
test("days outside of 1178 to 1502 are shown in the Gregorian calendar", async () => {
    speakPersian();
    mockDate("2200-05-10T12:00:00");
    await mountCalendar();
    expect(title()).toBe("مه 2200");
    expect(days(":not(.fc-day-other)")).toEqual(range(31));
    await changeScale("year");
    expect(".fc-daygrid-day[data-date]").toHaveCount(365);
});

test.tags("desktop");
test("closed days of the company are greyed", async () => {
    speakPersian();
    patchWithCleanup(user.activeCompany, {l10n_ir_holidays: true});
    onRpc("resource.calendar", "l10n_ir_unusual_days", ({args}) => {
        expect.step(args);
        return {"2025-03-19": true, "2025-03-20": true, "2025-03-18": false};
    });
    await mountCalendar();
    expect.verifySteps([["2025-02-14 20:30:00", "2025-03-28 20:29:59"]]);
    expect(".fc-daygrid-day.o_calendar_disabled").toHaveCount(2);
    expect(`.fc-daygrid-day[data-date="2025-03-19"]`).toHaveClass(
        "o_calendar_disabled"
    );
});

test.tags("desktop");
test("a Gregorian reader sees the stock calendar and sends its requests", async () => {
    patchWithCleanup(user.activeCompany, {l10n_ir_holidays: true});
    onRpc("meeting", "search_read", ({kwargs}) => {
        expect.step(kwargs.domain.map(([, , value]) => value));
    });
    onRpc("resource.calendar", "*", () => expect.step("closed days"));
    await mountCalendar();
    expect(title()).toBe("March 2025");
    expect(days(":not(.fc-day-other)")).toEqual(range(31));
    expect.verifySteps([["2025-04-05", "2025-02-23"]]);

    await clickEvent(3);
    expect(".o_cw_popover .list-group-item:first").toHaveText(/March 18-22, 2025/);

    await changeScale("year");
    expect.verifySteps([["2025-12-31", "2025-01-01"]]);
    expect(title()).toBe("2025");
    expect(queryAllTexts(".fc-toolbar-title")[0]).toBe("January 2025");
    await navigate("next");
    expect.verifySteps([["2026-12-31", "2026-01-01"]]);
});
