import {expect, test} from "@odoo/hoot";
import {animationFrame} from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {download} from "@web/core/network/download";
import {session} from "@web/session";

class Partner extends models.Model {
    foo = fields.Char();
    birth = fields.Date();

    _records = [{id: 1, foo: "blip", birth: "2025-10-10"}];
}

class IrExports extends models.Model {
    _name = "ir.exports";

    name = fields.Char();
    resource = fields.Char();
}

defineMailModels();
defineModels([Partner, IrExports]);

const JALALI_TEXT = ".o_crm_ir_jalali_text input";
const EXPORTED = [
    {id: "foo", string: "Foo", field_type: "char", value: "foo"},
    {id: "birth", string: "Birth", field_type: "date", value: "birth"},
    {
        id: "create_date",
        string: "Created",
        field_type: "datetime",
        value: "create_date",
    },
].map((field) => ({...field, default_export: true, children: false}));

async function openExportDialog(calendar) {
    patchWithCleanup(session, {crm_ir_calendar: calendar});
    onRpc("has_group", () => true);
    onRpc("/web/export/formats", () => [{tag: "xlsx", label: "XLSX"}]);
    onRpc("/web/export/get_fields", () => EXPORTED);
    patchWithCleanup(download, {
        _download: ({url, data}) => {
            const columns = JSON.parse(data.data).fields;
            expect.step([url, ...columns.map(({name, type}) => `${name}:${type}`)]);
            return Promise.resolve();
        },
    });
    await mountView({
        type: "list",
        resModel: "partner",
        arch: `<list><field name="foo"/></list>`,
        loadActionMenus: true,
    });
    await contains(".o_list_record_selector input[type='checkbox']").click();
    await contains(".o_control_panel .o_cp_action_menus .dropdown-toggle").click();
    await contains(".dropdown-menu span:contains(Export)").click();
    await animationFrame();
}

const STOCK = ["/web/export/xlsx", "foo:char", "birth:date", "create_date:datetime"];

test.tags("desktop");
test("a Jalali column is exported beside each date where it is asked for", async () => {
    await openExportDialog("jalali");
    await contains(".o_select_button").click();
    expect.verifySteps([STOCK]);

    await contains(JALALI_TEXT).click();
    await contains(".o_select_button").click();
    expect.verifySteps([
        [
            "/web/export/xlsx",
            "foo:char",
            "birth:date",
            "birth:jalali",
            "create_date:datetime",
            "create_date:jalali",
        ],
    ]);
});

test.tags("desktop");
test("a file to import again has no Jalali column", async () => {
    await openExportDialog("jalali");
    await contains(JALALI_TEXT).click();
    await contains(".o_import_compat input").click();
    await animationFrame();
    expect(JALALI_TEXT).toHaveCount(0);
    await contains(".o_select_button").click();
    expect.verifySteps([["/web/export/xlsx", "id:undefined", ...STOCK.slice(1)]]);
});

test.tags("desktop");
test("a reader of Gregorian dates is not offered a Jalali column", async () => {
    await openExportDialog("gregorian");
    expect(JALALI_TEXT).toHaveCount(0);
});
