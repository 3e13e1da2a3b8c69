import {expect, test} from "@odoo/hoot";
import {click, edit, press, queryOne} from "@odoo/hoot-dom";
import {advanceTime} from "@odoo/hoot-mock";
import {mockService, onRpc, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {
    setupInteractionWhiteList,
    startInteractions,
} from "@web/../tests/public/helpers";
import {localization} from "@web/core/l10n/localization";
import {session} from "@web/session";

const {DateTime} = luxon;

setupInteractionWhiteList(["website.form"]);

const day = (month, number) => DateTime.local(2025, month, number).toUnixInteger();

const dateField = (type, name) => `
    <div class="s_website_form_field" data-name="Field" data-type="${type}">
        <div class="s_website_form_${type} input-group date">
            <input type="text" class="form-control datetimepicker-input s_website_form_input"
                name="${name}" id="${name}"/>
        </div>
    </div>`;

const dependent = (name, comparator, condition, between = "") => `
    <div class="s_website_form_field s_website_form_custom s_website_form_field_hidden_if d-none"
        data-name="Field" data-type="char" data-visibility-dependency="birth"
        data-visibility-comparator="${comparator}" data-visibility-condition="${condition}"
        data-visibility-between="${between}">
        <input type="text" class="form-control s_website_form_input" name="${name}"/>
    </div>`;

const FORM = `
    <div id="wrapwrap">
        <section class="s_website_form" data-vcss="001" data-snippet="s_website_form">
            <form action="/website/form/" method="post" class="o_mark_required"
                data-model_name="crm.lead" data-success-mode="nothing">
                <div class="s_website_form_rows">
                    ${dateField("date", "birth")}
                    ${dateField("datetime", "meeting")}
                    ${dependent("same", "dateEqual", day(10, 10))}
                    ${dependent("later", "after", day(10, 10))}
                    ${dependent("within", "between", day(10, 1), day(10, 31))}
                    <div class="s_website_form_submit">
                        <span id="s_website_form_result"></span>
                        <a href="#" class="btn btn-primary s_website_form_send">Submit</a>
                    </div>
                </div>
            </form>
        </section>
    </div>`;

async function startForm(calendar, dateFormat = "yyyy/MM/dd") {
    const timeFormat = "HH:mm:ss";
    patchWithCleanup(session, {crm_ir_calendar: calendar});
    patchWithCleanup(localization, {
        dateFormat,
        timeFormat,
        dateTimeFormat: `${dateFormat} ${timeFormat}`,
    });
    // the text of the input counts, whoever writes it
    mockService("datetime_picker", {create: () => ({enable: () => () => null})});
    await startInteractions(FORM);
}

async function type(name, text) {
    await click(`input[name=${name}]`);
    await edit(text);
    await press("Tab");
    await advanceTime(400);
}

function shown() {
    return ["same", "later", "within"].filter(
        (name) => !queryOne(`input[name=${name}]`).closest(".d-none")
    );
}

test("conditions on a date compare the day that was typed", async () => {
    await startForm("jalali");
    for (const [text, expected] of [
        ["1404/07/18", ["same", "within"]],
        ["۱۴۰۴/۰۷/۱۹", ["later", "within"]],
        ["1404/02/31", []],
        ["1404/08/10", ["later"]],
    ]) {
        await type("birth", text);
        expect(shown()).toEqual(expected);
    }
});

test("conditions on a Gregorian date are those of stock", async () => {
    await startForm("gregorian", "MM/dd/yyyy");
    for (const [text, expected] of [
        ["10/10/2025", ["same", "within"]],
        ["11/01/2025", ["later"]],
    ]) {
        await type("birth", text);
        expect(shown()).toEqual(expected);
    }
});

test("the server receives the Gregorian day of what was typed", async () => {
    onRpc("/website/form/crm.lead", async (request) => {
        const values = await request.formData();
        expect.step([values.get("birth"), values.get("meeting")]);
        return {id: 1};
    });
    await startForm("jalali");
    const local = DateTime.local(2025, 10, 10, 14, 30).toUTC();
    await type("birth", "1404/07/18");
    await type("meeting", "1404/07/18 14:30:00");
    await click("a.s_website_form_send");
    await advanceTime(400);
    expect.verifySteps([["2025-10-10", local.toFormat("yyyy-MM-dd HH:mm:ss")]]);
});
