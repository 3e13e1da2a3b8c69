import {registry} from "@web/core/registry";

const APPS = [
    "account.menu_finance",
    "hr_holidays.menu_hr_holidays_root",
    "mass_mailing.mass_mailing_menu_root",
    "point_of_sale.menu_point_root",
    "project.menu_main_pm",
    "sale.sale_menu_root",
    "survey.menu_surveys",
    "website.menu_website_configuration",
];

const GREGORIAN =
    /\b20\d\d[-/]\d|\d\/20\d\d\b|(\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*|ژانویه|فوریه|مارس|آوریل|ژوئن|ژوئیه|اوت|سپتامبر|اکتبر|نوامبر|دسامبر) \d/;

function textOfScreen() {
    const content = document.querySelector(".o_action_manager");
    const typed = [...content.querySelectorAll("input")].map((input) => input.value);
    return [content.innerText, ...typed].join("\n");
}

/** Every view of every window action in the menus of an app. */
async function visit(app) {
    const {action, menu} = odoo.__WOWL_DEBUG__.root.env.services;
    const {appID} = menu.getAll().find((item) => item.xmlid === app);
    const ids = menu
        .getAll()
        .filter((item) => item.appID === appID && item.actionID)
        .map((item) => item.actionID);
    for (const id of new Set(ids)) {
        const {type, views, xml_id: name} = await action.loadAction(id);
        if (type !== "ir.actions.act_window") {
            continue;
        }
        for (const [, viewType] of views.filter((view) => view[1] !== "search")) {
            console.log(`${name} ${viewType}`);
            await action.doAction(id, {viewType, clearBreadcrumbs: true});
            if (action.currentController.props.type !== viewType) {
                throw new Error(`${name} did not open its ${viewType}`);
            }
            const gregorian = textOfScreen().match(GREGORIAN);
            if (gregorian) {
                console.log(`GREG ${name} (${viewType}) shows ${gregorian[0]} in ${textOfScreen().substr(gregorian.index-40,100)}`);
            }
        }
    }
}

registry.category("web_tour.tours").add("test_crm_ir_jalali_every_screen", {
    steps: () =>
        APPS.map((app) => ({
            content: app,
            trigger: ".o_action_manager",
            run: () => visit(app),
        })),
});
