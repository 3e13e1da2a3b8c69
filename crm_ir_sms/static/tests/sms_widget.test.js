import {
    allowTranslations,
    contains,
    defineModels,
    fields,
    models,
    mountView,
    patchWithCleanup,
    serverState,
} from "@web/../tests/web_test_helpers";
import {beforeEach, expect, test} from "@odoo/hoot";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {session} from "@web/session";

const PLAIN = {recipients: 1200, part_price: 0, allows_links: true};

class Composer extends models.Model {
    _name = "composer";
    body = fields.Text();
    l10n_ir_purpose = fields.Selection({
        selection: [
            ["service", "Service"],
            ["promotional", "Advertising"],
        ],
    });
    l10n_ir_forecast = fields.Json();
    _records = [
        {id: 1, body: "", l10n_ir_purpose: "service", l10n_ir_forecast: PLAIN},
        {
            id: 2,
            body: "",
            l10n_ir_purpose: "promotional",
            l10n_ir_forecast: {recipients: 3, part_price: 150, allows_links: false},
        },
        {id: 3, body: "", l10n_ir_purpose: "service", l10n_ir_forecast: false},
    ];
}

defineMailModels();
defineModels([Composer]);
beforeEach(() => {
    allowTranslations();
    patchWithCleanup(session, {
        crm_ir_sms_companies: serverState.companies.map((company) => company.id),
    });
});

const write = async (resId, body) => {
    await mountView({
        type: "form",
        resModel: "composer",
        resId,
        arch: `
            <form>
                <field name="l10n_ir_forecast" invisible="1"/>
                <field name="l10n_ir_purpose"/>
                <field name="body" widget="sms_widget"/>
            </form>`,
    });
    await rewrite(body);
};

const rewrite = async (body) => {
    await contains(".o_field_widget[name=body] textarea").edit(body, {confirm: "blur"});
};

test("an end of line counts once, and parts are those of the operators", async () => {
    await write(1, "س".repeat(69) + "\n");
    expect(".o_sms_count").toHaveText("70/70 | 1 SMS (UNICODE)");
    await rewrite("س".repeat(70) + "\n");
    expect(".o_sms_count").toHaveText("71/134 | 2 SMS (UNICODE)");
});

test("the parts are counted while one types", async () => {
    await write(1, "");
    const textarea = contains(".o_field_widget[name=body] textarea");
    await textarea.edit("س".repeat(71), {confirm: false});
    expect(".o_sms_count").toHaveText("71/134 | 2 SMS (UNICODE)");
    await textarea.edit("س".repeat(70), {confirm: false});
    expect(".o_sms_count").toHaveText("70/70 | 1 SMS (UNICODE)");
    expect(".o_field_widget[name=body] textarea").toHaveValue("س".repeat(70));
});

test("a sign that takes two septets leaves a Latin text Latin", async () => {
    await write(1, "a".repeat(158) + "€");
    expect(".o_sms_count").toHaveText("160/160 | 1 SMS (GSM7)");
    await rewrite("a".repeat(158) + "€b");
    expect(".o_sms_count").toHaveText("161/306 | 2 SMS (GSM7)");
});

test("prices of the foreign service are not offered", async () => {
    await write(1, "سلام");
    expect(".o_sms_count a").toHaveCount(0);
});

test("receivers and parts are told before sending", async () => {
    await write(1, "");
    expect(".o_crm_ir_sms_note").toHaveCount(0);
    await rewrite("س".repeat(71));
    expect(".o_crm_ir_sms_note").toHaveText("1,200 recipient(s) × 2 part(s) = 2,400");
});

test("advertising costs its last line too", async () => {
    await write(2, "س".repeat(64));
    expect(".o_crm_ir_sms_note:first").toHaveText(
        "3 recipient(s) × 1 part(s) ≈ 450 Rial"
    );
    expect(".o_crm_ir_sms_note:last").toHaveText("«لغو۱۱» is added as the last line.");
    await rewrite("س".repeat(65));
    expect(".o_sms_count").toHaveText("71/134 | 2 SMS (UNICODE)");
    expect(".o_crm_ir_sms_note:first").toHaveText(
        "3 recipient(s) × 2 part(s) ≈ 900 Rial"
    );
    await rewrite("سلام\nلغو ۱۱");
    expect(".o_crm_ir_sms_note").toHaveCount(1);
    expect(".o_sms_count").toHaveText("11/70 | 1 SMS (UNICODE)");
});

test("a link on a line that lets none pass is told while it is written", async () => {
    await write(2, "حراج");
    expect(".o_crm_ir_sms_link").toHaveCount(0);
    await rewrite("حراج: example.ir");
    expect(".o_crm_ir_sms_link").toHaveText(/This line may not send links/);
});

test("a record of a company without an account is told no cost", async () => {
    await write(3, "سلام");
    expect(".o_crm_ir_sms_note").toHaveCount(0);
    expect(".o_crm_ir_sms_link").toHaveCount(0);
});

test("a company that did not choose a gateway counts as stock does", async () => {
    patchWithCleanup(session, {crm_ir_sms_companies: []});
    await write(3, "س".repeat(69) + "\n");
    expect(".o_sms_count").toHaveText("71/320 | 2 SMS (UNICODE)");
    expect(".o_sms_count a").toHaveCount(1);
});
