// Pictures of the documentation, from the demo that `make up` starts:
//   npm install --no-save playwright-core && node docs/screenshots.mjs [url] [folder]
import { chromium } from "playwright-core";

const [url = "http://127.0.0.1:8069", folder = "docs/images"] = process.argv.slice(2);
const SIZES = { "": { width: 1400, height: 860 }, "-390": { width: 390, height: 844 } };
const CARD = ":is(.o_kanban_record:not(.o_kanban_ghost), .o_data_row td[name=complete_name])";
const SECOND_CARD = `:nth-match(${CARD}, 2)`;
// What is clicked, one after the other; the last is only waited for.
const PAGES = {
    kanban: ["/odoo/crm", CARD],
    contacts: ["/odoo/contacts", CARD],
    lead: ["/odoo/crm", SECOND_CARD, ".o_form_view"],
    contact: ["/odoo/contacts", SECOND_CARD, ".o_form_view"],
    picker: [
        "/odoo/crm",
        SECOND_CARD,
        ".o_form_view div[name=date_deadline] button",
        ".o_datetime_picker",
    ],
    calendar: ["/odoo/calendar", ".o_calendar_widget .fc-view"],
};
const WIDE_PAGES = {
    filters: [
        "/odoo/crm",
        ".o_searchview_dropdown_toggler",
        ".o_filter_menu .o_accordion_toggle",
        ".o_filter_menu .o_accordion_values",
    ],
    month: [
        "/odoo/calendar",
        ".o_view_scale_selector .scale_button_selection",
        ".o_scale_button_month",
        ".fc-dayGridMonth-view",
    ],
};

const MANAGER_PAGES = {
    "sms-accounts": [
        "/odoo/action-crm_ir_sms.crm_ir_sms_account_action",
        ".o_data_row td[name=name]",
        ".o_form_view",
    ],
    "sms-ledger": ["/odoo/action-crm_ir_sms.crm_ir_sms_message_action", ".o_data_row"],
    "sms-analysis": [
        "/odoo/action-crm_ir_sms.crm_ir_sms_message_action_analysis",
        ".o_pivot table",
    ],
};
const TEXT =
    "سلام، سفارش شما آماده است. برای دریافت آن تا پنج‌شنبه به فروشگاه بیایید یا با ما تماس بگیرید.";

const open = async (options, user) => {
    const page = await (await browser.newContext(options)).newPage();
    await page.goto(`${url}/web/login`);
    await page.fill("input[name=login]", user);
    await page.fill("input[name=password]", user);
    await page.press("input[name=password]", "Enter");
    await page.waitForSelector(".o_web_client");
    return page;
};
const shoot = async (page, pages, suffix) => {
    for (const [name, [path, ...selectors]] of Object.entries(pages)) {
        await page.goto(url + path);
        const awaited = selectors.pop();
        for (const selector of selectors) {
            await page.click(selector, { timeout: 60000 });
        }
        await page.waitForSelector(awaited, { timeout: 60000 });
        await page.waitForTimeout(1500);
        await page.screenshot({ path: `${folder}/${name}${suffix}.png` });
    }
};

const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
});
for (const [suffix, viewport] of Object.entries(SIZES)) {
    const options = { viewport, locale: "fa-IR", timezoneId: "Asia/Tehran" };
    const page = await open(options, "sales");
    await shoot(page, suffix ? PAGES : { ...PAGES, ...WIDE_PAGES }, suffix);
    if (!suffix) {
        await page.goto(`${url}/odoo/contacts`);
        await page.click(".o_control_panel_breadcrumbs .o_cp_action_menus button");
        await page.click(".o_import_menu");
        await page.setInputFiles(
            ".o_control_panel input[type=file]",
            "crm_ir_base/demo/sample_contacts.xlsx"
        );
        await page.locator(".o_crm_ir_import_changes summary").click({ timeout: 60000 });
        await page.waitForTimeout(1000);
        await page.screenshot({ path: `${folder}/import.png` });

        // a text from the composer to its delivery, which the simulator reports
        await page.goto(`${url}/odoo/contacts`);
        await page.click(SECOND_CARD);
        await page.locator(".o_field_phone_sms").first().dispatchEvent("click");
        await page.click(".modal textarea");
        await page.keyboard.type(TEXT);
        await page.waitForTimeout(1000);
        await page.screenshot({ path: `${folder}/sms-composer.png` });
        await page.click(".modal footer button[name=action_send_sms]");
        const sent = page.locator(".o-mail-Message", { hasText: TEXT }).first();
        await sent.filter({ hasText: "تحویل" }).waitFor({ timeout: 180000 });
        await page.waitForTimeout(1000);
        await page.screenshot({ path: `${folder}/sms-chatter.png` });
        await shoot(await open(options, "manager"), MANAGER_PAGES, suffix);
    }
}
await browser.close();
