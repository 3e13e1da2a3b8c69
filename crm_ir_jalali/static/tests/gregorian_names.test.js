import {
    defineModels,
    defineParams,
    fields,
    makeMockEnv,
    models,
    mountView,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
    preloadBundle,
    serverState,
} from "@web/../tests/web_test_helpers";
import {beforeEach, expect, test} from "@odoo/hoot";
import {
    changeScale,
    clickEvent,
    navigate,
} from "@web/../tests/views/calendar/calendar_test_helpers";
import {
    formatDate,
    parseDate,
    serializeDate,
    serializeDateTime,
    toLocaleDateString,
} from "@web/core/l10n/dates";
import {mockDate, mockTimeZone} from "@odoo/hoot-mock";
import {queryAllTexts, queryText} from "@odoo/hoot-dom";
import {DateTimePicker} from "@web/core/datetime/datetime_picker";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {session} from "@web/session";

const {DateTime, Settings} = luxon;

const MONTHS =
    "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر".split(" ");

class Meeting extends models.Model {
    _name = "meeting";
    name = fields.Char();
    start = fields.Date();
    stop = fields.Date();
    has_access() {
        return true;
    }
    _records = [{id: 1, name: "days off", start: "2027-01-20", stop: "2027-01-22"}];
}

defineMailModels();
defineModels([Meeting]);
preloadBundle("web.fullcalendar_lib");
onRpc("has_group", () => true);

beforeEach(() => {
    mockTimeZone("Asia/Tehran");
    // 24 Dey 1405
    mockDate("2027-01-14T12:00:00");
});

function speak(lang, calendar = "gregorian") {
    serverState.lang = lang;
    defineParams({
        lang_parameters: {
            date_format: "%Y/%m/%d",
            time_format: "%H:%M:%S",
            week_start: 6,
        },
    });
    patchWithCleanup(session, {crm_ir_calendar: calendar});
}

/** Names of months as `MMMM` has them, which in Persian is before the year. */
const withYear = (text) => text.replaceAll("\u0654", "");

function mountCalendar(mode) {
    return mountView({
        type: "calendar",
        resModel: "meeting",
        arch: `<calendar date_start="start" date_stop="stop" mode="${mode}"/>`,
    });
}

const title = () => withYear(queryAllTexts(".o_calendar_header h5")[0]);
const dayNumbers = () =>
    queryAllTexts(".fc-daygrid-day:not(.fc-day-other) .fc-daygrid-day-number");

test("a Persian of the Gregorian calendar reads Gregorian names of months", async () => {
    speak("fa_IR");
    await makeMockEnv();
    for (let month = 1; month <= 12; month++) {
        const date = DateTime.local(2027, month, 14);
        const name = MONTHS[month - 1];
        expect(date.monthLong).toBe(name);
        expect(withYear(date.toFormat("MMMM yyyy"))).toBe(`${name} 2027`);
        const full = date.toLocaleString(DateTime.DATE_FULL);
        expect(withYear(full)).toBe(`14 ${name} 2027`);
        expect(withYear(toLocaleDateString(date))).toBe(`14 ${name}`);
    }
});

test("what is stored for such a user is what stock stores for an English one", async () => {
    const days = Array.from({length: 366}, (_, days) =>
        DateTime.fromISO("2028-01-01T22:15:30").plus({days})
    );
    const expected = days.map((day) => [serializeDate(day), serializeDateTime(day)]);
    expect(expected[0]).toEqual(["2028-01-01", "2028-01-01 18:45:30"]);
    speak("fa_IR");
    await makeMockEnv();
    expect(Settings.defaultOutputCalendar).toBe("gregory");
    const read = days.map((day) => DateTime.fromISO(day.toISO()));
    expect(read.map((day) => [serializeDate(day), serializeDateTime(day)])).toEqual(
        expected
    );
    for (const [day] of expected) {
        const shown = formatDate(DateTime.fromISO(day));
        expect(shown).toBe(day.replaceAll("-", "/"));
        expect(serializeDate(parseDate(shown))).toBe(day);
    }
});

test("the date picker has one calendar", async () => {
    speak("fa_IR");
    await makeMockEnv();
    await mountWithCleanup(DateTimePicker, {
        props: {type: "date", value: DateTime.fromISO("2027-01-14")},
    });
    expect(queryText(".o_zoom_out")).toBe("ژانویه 2027");
    expect(queryAllTexts(".o_date_item_cell:not(.o_out_of_range)")).toHaveLength(31);
});

test.tags("desktop");
test("the calendar view has one calendar", async () => {
    speak("fa_IR");
    await mountCalendar("month");
    expect(title()).toBe("ژانویه 2027");
    expect(dayNumbers()).toEqual(Array.from({length: 31}, (_, day) => `${day + 1}`));
    await clickEvent(1);
    expect(withYear(queryText(".o_cw_popover .list-group-item:first"))).toMatch(
        /^ژانویه 20-22, 2027/
    );

    await navigate("next");
    expect(title()).toBe("فوریه 2027");
    expect(dayNumbers()).toHaveLength(28);

    await changeScale("day");
    expect(title()).toBe("14 فوریه 2027");

    await changeScale("week");
    await navigate("next");
    await navigate("next");
    expect(title()).toMatch(/^فوریه - مارس 2027/);

    await changeScale("year");
    expect(queryAllTexts(".fc-toolbar-title").map(withYear)).toEqual(
        MONTHS.map((month) => `${month} 2027`)
    );
    expect(".fc-daygrid-day[data-date]").toHaveCount(365);
});

// luxon is shared between suites: a Jalali session in Persian is among the tours
for (const [lang, calendar] of [
    ["en_US", "gregorian"],
    ["th_TH", "gregorian"],
    ["en_US", "jalali"],
]) {
    test(`luxon's calendar is that of stock: ${lang} ${calendar}`, async () => {
        speak(lang, calendar);
        await makeMockEnv();
        expect(Settings.defaultOutputCalendar).toBe(null);
    });
}
