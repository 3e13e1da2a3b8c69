import {animationFrame, mockDate, mockTimeZone} from "@odoo/hoot-mock";
import {beforeEach, expect, test} from "@odoo/hoot";
import {click, hover, queryAll, queryAllTexts, queryText} from "@odoo/hoot-dom";
import {
    defineParams,
    mountWithCleanup,
    patchWithCleanup,
    serverState,
} from "@web/../tests/web_test_helpers";
import {Component, useState, xml} from "@odoo/owl";
import {DateTimePicker} from "@web/core/datetime/datetime_picker";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {localization} from "@web/core/l10n/localization";
import {session} from "@web/session";

const {DateTime} = luxon;

defineMailModels();

// 18 Mehr 1404, a Friday
const TODAY = "2025-10-10T12:00:00";

beforeEach(() => {
    mockTimeZone("Asia/Tehran");
    mockDate(TODAY);
});

function speakPersian(values = {}) {
    serverState.lang = "fa_IR";
    defineParams({lang_parameters: {date_format: "%Y/%m/%d", week_start: 6}});
    patchWithCleanup(session, {crm_ir_calendar: "jalali", ...values});
}

/**
 * Mounts a picker that keeps what is picked, and steps with its ISO dates.
 *
 * @param {() => Object} getProps asked when the user's language is known
 */
async function mountPicker(getProps = () => ({})) {
    class Parent extends Component {
        static template = xml`<DateTimePicker t-props="state" onSelect.bind="onSelect"/>`;
        static components = {DateTimePicker};
        static props = ["*"];
        setup() {
            this.state = useState({type: "date", ...getProps()});
        }
        onSelect(value) {
            this.state.value = value;
            expect.step([value].flat().map((date) => date && date.toISODate()));
        }
    }
    return mountWithCleanup(Parent);
}

const title = () => queryText(".o_zoom_out");
const labels = () => queryAllTexts(".o_date_item_cell");
const inMonth = () => queryAllTexts(".o_date_item_cell:not(.o_out_of_range)");

async function clickOn(target) {
    await click(target);
    await animationFrame();
}

const clickDay = (day) =>
    clickOn(
        queryAll(".o_date_item_cell:not(.o_out_of_range)").find(
            (cell) => queryText(cell) === day
        )
    );

const numbers = (first, last) =>
    Array.from({length: last - first + 1}, (_n, i) => `${first + i}`);

test("the days of Mehr 1404, weeks from Saturday", async () => {
    speakPersian();
    await mountPicker(() => ({value: DateTime.fromISO("2025-10-10")}));
    expect(title()).toBe("مهر 1404");
    expect(queryAllTexts(".o_day_of_week_cell")).toEqual(
        ["", "ش", "ی", "د", "س", "چ", "پ", "ج"],
        {message: "first the column of week numbers"}
    );
    expect(labels()).toEqual([...numbers(29, 31), ...numbers(1, 30), ...numbers(1, 9)]);
    expect(".o_date_item_cell.o_today").toHaveText("18");
    expect(".o_date_item_cell.o_selected").toHaveText("18");
    expect(queryAllTexts(".o_week_number_cell")).toEqual(numbers(28, 33));
});

test("a picked day is the Gregorian one that was meant", async () => {
    speakPersian();
    await mountPicker(() => ({value: DateTime.fromISO("2025-10-10")}));
    await clickDay("30");
    expect.verifySteps([["2025-10-22"]]);
});

test("a picked day out of the month moves the picker to its month", async () => {
    speakPersian();
    await mountPicker(() => ({value: DateTime.fromISO("2025-10-10")}));
    await clickOn(".o_date_item_cell:first");
    expect.verifySteps([["2025-09-20"]]);
    expect(title()).toBe("شهریور 1404");
});

test("days tell their Gregorian date", async () => {
    speakPersian();
    await mountPicker(() => ({value: DateTime.fromISO("2025-10-10")}));
    expect(".o_date_item_cell.o_today").toHaveAttribute("title", "10 اکتبر 2025");
});

test("30 Esfand 1403 can be picked, and 1404 has none", async () => {
    speakPersian();
    await mountPicker(() => ({value: DateTime.fromISO("2025-03-01")}));
    expect(title()).toBe("اسفند 1403");
    expect(inMonth()).toEqual(numbers(1, 30));
    await clickDay("30");
    expect.verifySteps([["2025-03-20"]]);
    for (let month = 0; month < 12; month++) {
        await clickOn(".o_next");
    }
    expect(title()).toBe("اسفند 1404");
    expect(inMonth()).toEqual(numbers(1, 29));
});

test("each month from 1403 to 1408 has the days that ICU says", async () => {
    const parts = new Intl.DateTimeFormat("fa-IR-u-ca-persian-nu-latn", {
        dateStyle: "long",
    });
    const icu = {};
    for (
        let day = DateTime.fromISO("2024-03-20T12:00:00");
        day < DateTime.fromISO("2030-03-21");
        day = day.plus({days: 1})
    ) {
        const part = Object.fromEntries(
            parts.formatToParts(day.toJSDate()).map(({type, value}) => [type, value])
        );
        (icu[`${part.month} ${part.year}`] ||= []).push(part.day);
    }
    speakPersian();
    await mountPicker(() => ({value: DateTime.fromISO("2024-03-20")}));
    const shown = {};
    for (let month = 0; month < 72; month++) {
        shown[title()] = inMonth();
        await clickOn(".o_next");
    }
    expect(shown).toEqual(icu);
});

test("from days to decades and back", async () => {
    speakPersian();
    await mountPicker(() => ({value: DateTime.fromISO("2025-10-10")}));
    await clickOn(".o_zoom_out");
    expect(title()).toBe("1404");
    expect(labels()).toEqual(
        "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split(" ")
    );
    expect(".o_date_item_cell.o_today").toHaveText("مهر");
    await clickOn(".o_zoom_out");
    expect(title()).toBe("1399 - 1410");
    expect(labels()).toEqual(numbers(1399, 1410));
    expect(".o_date_item_cell.o_today").toHaveText("1404");
    await clickOn(".o_zoom_out");
    expect(title()).toBe("1390 - 1500");
    expect(".o_date_item_cell.o_today").toHaveText("1400");
    await clickOn(".o_previous");
    expect(labels()).toEqual(Array.from({length: 12}, (_n, i) => `${1290 + 10 * i}`));
    await clickOn(".o_date_item_cell:contains(1380)");
    expect(title()).toBe("1379 - 1390");
    await clickOn(".o_date_item_cell:contains(1387)");
    expect(title()).toBe("1387");
    await clickOn(".o_date_item_cell:contains(اسفند)");
    expect(title()).toBe("اسفند 1387");
    await clickDay("30");
    expect.verifySteps([["2009-03-20"]]);
});

test("next and previous move by the unit of the level", async () => {
    speakPersian();
    // 19 Mehr 1304
    await mountPicker(() => ({value: DateTime.fromISO("1925-10-11")}));
    const moved = [];
    for (let level = 0; level < 4; level++) {
        await clickOn(".o_next");
        moved.push(title());
        await clickOn(".o_previous");
        await clickOn(".o_previous");
        moved.push(title());
        await clickOn(".o_next");
        await clickOn(".o_zoom_out");
    }
    expect(moved).toEqual([
        "آبان 1304",
        "شهریور 1304",
        "1305",
        "1303",
        "1309 - 1320",
        "1289 - 1300",
        "1390 - 1500",
        "1190 - 1300",
    ]);
});

test("limits switch off what is out of them at each level", async () => {
    speakPersian();
    await mountPicker(() => ({
        value: DateTime.fromISO("2025-10-10"),
        // 5 Mehr to 25 Mehr 1404
        minDate: DateTime.fromISO("2025-09-27"),
        maxDate: DateTime.fromISO("2025-10-17"),
    }));
    const valid = () => queryAllTexts(".o_date_item_cell:not([disabled])");
    expect(valid()).toEqual(numbers(5, 25));
    await clickOn(".o_date_item_cell[disabled]:first");
    expect.verifySteps([]);
    await clickOn(".o_zoom_out");
    expect(valid()).toEqual(["مهر"]);
    await clickOn(".o_zoom_out");
    expect(valid()).toEqual(["1404"]);
    await clickOn(".o_zoom_out");
    expect(valid()).toEqual(["1400"]);
});

test("days that a form refuses are off", async () => {
    speakPersian();
    await mountPicker(() => ({
        value: DateTime.fromISO("2025-10-10"),
        isDateValid: (date) => date.weekday !== 5,
        dayCellClass: (date) => (date.weekday === 5 ? "o_friday" : ""),
    }));
    expect(queryAllTexts(".o_date_item_cell[disabled]")).toEqual([
        "4",
        "11",
        "18",
        "25",
        "2",
        "9",
    ]);
    expect(".o_date_item_cell.o_friday").toHaveCount(6);
    expect(".o_select_today").toHaveAttribute("disabled");
});

test("a range over Nowruz", async () => {
    speakPersian();
    await mountPicker(() => ({
        range: true,
        focusedDateIndex: 1,
        // 28 Esfand 1403 to 3 Farvardin 1404
        value: [DateTime.fromISO("2025-03-18"), DateTime.fromISO("2025-03-23")],
    }));
    expect(title()).toBe("فروردین 1404");
    const selected = () => queryAllTexts(".o_date_item_cell.o_selected");
    await clickOn(".o_previous");
    expect(selected()).toEqual(["28", "29", "30", "1", "2", "3"]);
    expect(".o_date_item_cell.o_select_start").toHaveText("28");
    await clickOn(".o_date_item_cell.o_out_of_range:contains(5)");
    expect.verifySteps([["2025-03-18", "2025-03-25"]]);
    expect(selected()).toEqual(["28", "29", "30", "1", "2", "3", "4", "5"]);
    await hover(".o_date_item_cell:text(7):last");
    await animationFrame();
    expect(".o_date_item_cell.o_highlighted").toHaveText("7");
});

test("a picked day keeps the time", async () => {
    speakPersian();
    await mountPicker(() => ({
        type: "datetime",
        value: DateTime.fromISO("2025-10-10T17:45:00"),
    }));
    expect(".o_time_picker_input").toHaveValue("17:45");
    await clickDay("1");
    expect.verifySteps([["2025-09-23"]]);
    expect(".o_time_picker_input").toHaveValue("17:45");
});

test("a day without midnight is picked as itself", async () => {
    // in Tehran clocks went from 00:00 to 01:00 on 2 Farvardin 1401
    speakPersian();
    await mountPicker(() => ({value: DateTime.fromISO("2022-03-25")}));
    await clickDay("2");
    await clickDay("31");
    expect.verifySteps([["2022-03-22"], ["2022-04-20"]]);
});

test("Today picks today from anywhere", async () => {
    speakPersian();
    await mountPicker(() => ({value: DateTime.fromISO("1979-02-11")}));
    expect(title()).toBe("بهمن 1357");
    await clickOn(".o_zoom_out");
    await clickOn(".o_zoom_out");
    await clickOn(".o_select_today");
    expect.verifySteps([["2025-10-10"]]);
    expect(title()).toBe("مهر 1404");
    expect(".o_date_item_cell.o_selected").toHaveText("18");
});

test("Today is off where it may not be chosen", async () => {
    speakPersian();
    await mountPicker(() => ({maxDate: DateTime.fromISO("2025-10-09")}));
    expect(".o_select_today").toHaveAttribute("disabled");
});

test("a picker of months picks the first day of a Jalali month", async () => {
    speakPersian();
    await mountPicker(() => ({minPrecision: "months", maxPrecision: "years"}));
    expect(title()).toBe("1404");
    await clickOn(".o_date_item_cell:contains(اسفند)");
    await clickOn(".o_select_today");
    expect.verifySteps([["2026-02-20"], ["2025-09-23"]]);
});

test("Persian digits everywhere in the picker", async () => {
    speakPersian({crm_ir_digits: "arabext"});
    await mountPicker(() => ({value: DateTime.fromISO("2025-10-10")}));
    expect(title()).toBe("مهر ۱۴۰۴");
    expect(".o_date_item_cell.o_today").toHaveText("۱۸");
    expect(".o_date_item_cell.o_today").toHaveAttribute("title", "۱۰ اکتبر ۲۰۲۵");
    await clickOn(".o_zoom_out");
    await clickOn(".o_zoom_out");
    expect(title()).toBe("۱۳۹۹ - ۱۴۱۰");
});

test("after the last supported month comes the Gregorian one, and back", async () => {
    speakPersian();
    await mountPicker(() => ({value: DateTime.fromISO("2124-03-01")}));
    expect(title()).toBe("اسفند 1502");
    expect(inMonth()).toEqual(numbers(1, 29));
    await clickOn(".o_next");
    expect(title()).toMatch(/ 2124$/);
    await clickDay("20");
    expect.verifySteps([["2124-03-20"]]);
    await clickOn(".o_previous");
    expect(title()).toBe("بهمن 1502");
});

test("before the first supported month comes the Gregorian one, and back", async () => {
    speakPersian();
    await mountPicker(() => ({value: DateTime.fromISO("1799-03-25")}));
    expect(title()).toBe("فروردین 1178");
    expect(inMonth()).toEqual(numbers(1, 31));
    await clickDay("1");
    expect.verifySteps([["1799-03-21"]]);
    await clickOn(".o_previous");
    expect(title()).toMatch(/ 1799$/);
    await clickOn(".o_next");
    expect(title()).toBe("فروردین 1178");
});

test("grids of years end with the supported ones", async () => {
    speakPersian();
    await mountPicker(() => ({value: DateTime.fromISO("2124-03-01")}));
    await clickOn(".o_zoom_out");
    await clickOn(".o_zoom_out");
    expect(labels()).toEqual(["1499", "1500", "1501", "1502"]);
    await clickOn(".o_zoom_out");
    expect(labels()).toEqual(["1490", "1500"]);
    await clickOn(".o_next");
    expect(title()).toBe("2190 - 2300");
    await clickOn(".o_previous");
    expect(labels()).toEqual(["1490", "1500"]);
});

test("arrows point the way of the reading direction", async () => {
    speakPersian();
    patchWithCleanup(localization, {direction: "rtl"});
    await mountPicker(() => ({value: DateTime.fromISO("2025-10-10")}));
    expect(".o_previous .oi-chevron-left").toHaveCount(1);
    expect(".o_previous + .o_next .oi-chevron-right").toHaveCount(1);
});

test("an English user with a Jalali calendar reads transliterated months", async () => {
    patchWithCleanup(session, {crm_ir_calendar: "jalali"});
    await mountPicker(() => ({value: DateTime.fromISO("2025-10-10")}));
    expect(title()).toBe("Mehr 1404");
    expect(".o_date_item_cell.o_today").toHaveText("18");
    expect(".o_date_item_cell.o_today").toHaveAttribute("title", "October 10, 2025");
});

test("a user of the Gregorian calendar has the stock picker", async () => {
    await mountPicker(() => ({value: DateTime.fromISO("2025-10-10")}));
    expect(title()).toBe("October 2025");
    expect(inMonth()).toEqual(numbers(1, 31));
    expect(".o_select_today").toHaveCount(0);
    expect(".o_date_item_cell[title]").toHaveCount(0);
    await clickOn(".o_next");
    expect(title()).toBe("November 2025");
    await clickOn(".o_previous");
    await clickOn(".o_previous");
    expect(title()).toBe("September 2025");
    await clickOn(".o_zoom_out");
    expect(title()).toBe("2025");
    await clickOn(".o_zoom_out");
    expect(title()).toBe("2019 - 2030");
    await clickOn(".o_zoom_out");
    expect(title()).toBe("1990 - 2100");
});
