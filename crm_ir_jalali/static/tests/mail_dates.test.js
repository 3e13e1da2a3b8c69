import {
    click,
    contains,
    defineMailModels,
    openFormView,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {mockDate, mockTimeZone} from "@odoo/hoot-mock";
import {
    defineParams,
    getService,
    patchWithCleanup,
    serverState,
} from "@web/../tests/web_test_helpers";
import {Deferred} from "@odoo/hoot-dom";
import {session} from "@web/session";

describe.current.tags("desktop");
defineMailModels();

function speakPersian(values = {}) {
    serverState.lang = "fa_IR";
    defineParams({
        lang_parameters: {
            date_format: "%Y/%m/%d",
            time_format: "%H:%M:%S",
            week_start: 6,
        },
    });
    patchWithCleanup(session, {crm_ir_calendar: "jalali", ...values});
}

/**
 * @param {string} date of the one message, in UTC
 * @returns {Promise<number>} its partner
 */
async function openChatter(date) {
    const pyEnv = await startServer();
    // a user's own messages come without their date
    const author_id = pyEnv["res.partner"].create({name: "Demo"});
    const partnerId = pyEnv["res.partner"].create({name: "Customer"});
    pyEnv["mail.message"].create({
        author_id,
        body: "Hello",
        date,
        email_from: "demo@example.com",
        message_type: "email",
        model: "res.partner",
        res_id: partnerId,
    });
    pyEnv["mail.scheduled.message"].create({
        author_id,
        body: "Later",
        model: "res.partner",
        res_id: partnerId,
        scheduled_date: "2027-01-01 10:00:00",
    });
    await start();
    await openFormView("res.partner", partnerId);
    return partnerId;
}

test("the year of a message is left out by the Jalali year", async () => {
    mockTimeZone("Asia/Tehran");
    // 5 Bahman 1404; the message is of 10 Azar 1404, another Gregorian year
    mockDate("2026-01-25T12:00:00");
    speakPersian();
    await openChatter("2025-12-01 10:00:00");
    await contains(".o-mail-Message-date:text('10 آذر، 13:30')");
    await contains(".o-mail-DateSection:text('10 آذر 1404')");
});

test("a message of the last Jalali year has its year", async () => {
    mockTimeZone("Asia/Tehran");
    // 12 Farvardin 1405; the message is of 5 Bahman 1404, the same Gregorian year
    mockDate("2026-04-01T12:00:00");
    speakPersian();
    await openChatter("2026-01-25 10:00:00");
    await contains(".o-mail-Message-date:text('5 بهمن 1404، 13:30')");
    await contains(".o-mail-Message-date[title='1404/11/5, 13:30:00']");
});

test("yesterday stays yesterday over Nowruz", async () => {
    mockTimeZone("Asia/Tehran");
    mockDate("2026-03-21T12:00:00");
    speakPersian();
    await openChatter("2026-03-20 10:00:00");
    await contains(".o-mail-Message-date:text('Yesterday at 13:30')");
});

test("scheduled messages tell a Jalali time, in the user's digits", async () => {
    mockTimeZone("Asia/Tehran");
    mockDate("2026-04-01T12:00:00");
    speakPersian({crm_ir_digits: "arabext"});
    await openChatter("2026-01-25 10:00:00");
    await contains(".o-mail-Scheduled-Message [title='۱۴۰۵/۱۰/۱۱, ۱۳:۳۰']");
});

test("a forwarded message is dated in the Jalali calendar", async () => {
    mockTimeZone("Asia/Tehran");
    mockDate("2026-04-01T12:00:00");
    speakPersian();
    await openChatter("2026-01-25 10:00:00");
    const body = new Deferred();
    patchWithCleanup(getService("action"), {
        doAction: (action) => body.resolve(action.context.default_body),
    });
    await click(".o-mail-Message [title='Expand']");
    await click(".o-dropdown-item:contains(Forward)");
    expect(String(await body)).toInclude("یکشنبه 5 بهمن 1404 at 13:30");
});

test("in English messages are stock", async () => {
    mockTimeZone("Asia/Tehran");
    mockDate("2026-04-01T12:00:00");
    await openChatter("2026-01-25 10:00:00");
    await contains(".o-mail-Message-date:text('Jan 25, 1:30 PM')");
    await contains(".o-mail-Message-date[title='1/25/2026, 1:30:00 PM']");
    const body = new Deferred();
    patchWithCleanup(getService("action"), {
        doAction: (action) => body.resolve(action.context.default_body),
    });
    await click(".o-mail-Message [title='Expand']");
    await click(".o-dropdown-item:contains(Forward)");
    expect(String(await body)).toInclude("Sun, Jan 25, 2026 at 01:30 PM");
});

test("attachments are in groups of Jalali months", async () => {
    mockTimeZone("Asia/Tehran");
    mockDate("2026-04-01T12:00:00");
    speakPersian();
    await startServer();
    await start();
    const groups = ["2026-01-20 20:29:00", "2026-01-20 20:31:00"].map(
        (create_date) =>
            getService("mail.store")["ir.attachment"].insert({
                id: Number(create_date.slice(-4, -3)),
                create_date,
            }).monthYear
    );
    expect(groups).toEqual(["دی 1404", "بهمن 1404"]);
});

test("a notification leaves out the year by the Jalali year", async () => {
    mockTimeZone("Asia/Tehran");
    mockDate("2026-04-01T12:00:00");
    speakPersian();
    const pyEnv = await startServer();
    const partnerId = pyEnv["res.partner"].create({name: "Demo"});
    const messageId = pyEnv["mail.message"].create({
        body: "Hello",
        date: "2026-01-25 10:00:00",
        message_type: "email",
        model: "res.partner",
        res_id: partnerId,
    });
    pyEnv["mail.notification"].create({
        mail_message_id: messageId,
        notification_status: "exception",
        notification_type: "email",
    });
    await start();
    await click(".o_menu_systray i[aria-label='Messages']");
    await contains(".o-mail-NotificationItem-date:text('5 بهمن 1404')");
});
