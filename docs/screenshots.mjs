// Pictures of the documentation, from the demo that `make up` starts:
//   npm install --no-save playwright-core && node docs/screenshots.mjs [url] [folder]
import { chromium } from "playwright-core";

const [url = "http://127.0.0.1:8069", folder = "docs/images"] = process.argv.slice(2);
const SIZES = { "": { width: 1400, height: 860 }, "-390": { width: 390, height: 844 } };
const CARD = ".o_kanban_record:not(.o_kanban_ghost), .o_data_row td[name=complete_name]";
const PAGES = {
    kanban: ["/odoo/crm", CARD],
    contacts: ["/odoo/contacts", CARD],
    lead: ["/odoo/crm", CARD, CARD, ".o_form_view"],
    contact: ["/odoo/contacts", CARD, CARD, ".o_form_view"],
};

const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
});
for (const [suffix, viewport] of Object.entries(SIZES)) {
    const page = await (await browser.newContext({ viewport, locale: "fa-IR" })).newPage();
    await page.goto(`${url}/web/login`);
    await page.fill("input[name=login]", "sales");
    await page.fill("input[name=password]", "sales");
    await page.press("input[name=password]", "Enter");
    await page.waitForSelector(".o_web_client");
    for (const [name, [path, ready, click, then]] of Object.entries(PAGES)) {
        await page.goto(url + path);
        await page.waitForSelector(ready, { timeout: 60000 });
        if (click) {
            await page.locator(click).nth(1).click();
            await page.waitForSelector(then);
        }
        await page.waitForTimeout(1500);
        await page.screenshot({ path: `${folder}/${name}${suffix}.png` });
    }
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
    }
}
await browser.close();
