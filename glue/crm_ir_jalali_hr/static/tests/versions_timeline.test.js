import {describe, expect, test} from "@odoo/hoot";
import {
    defineModels,
    fields,
    models,
    mountView,
    patchWithCleanup,
    serverState,
} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {queryAllAttributes} from "@odoo/hoot-dom";
import {session} from "@web/session";

describe.current.tags("desktop");

class Version extends models.Model {
    _name = "hr.version";
    name = fields.Char();
    employee_id = fields.Many2one({relation: "hr.employee"});
    contract_type_id = fields.Many2one({relation: "hr.version"});
    contract_date_start = fields.Date();
    contract_date_end = fields.Date();
    _records = [
        {
            id: 1,
            name: "first",
            employee_id: 1,
            contract_date_start: "2024-03-20",
            contract_date_end: "2025-03-20",
        },
        {id: 2, name: "second", employee_id: 1, contract_date_start: "2025-03-21"},
        {id: 3, name: "third", employee_id: 1},
    ];
}

class Employee extends models.Model {
    _name = "hr.employee";
    version_id = fields.Many2one({relation: "hr.version"});
    contract_type_id = fields.Many2one({relation: "hr.version"});
    contract_date_start = fields.Date();
    contract_date_end = fields.Date();
    _records = [{id: 1, version_id: 1}];
}

defineMailModels();
defineModels([Version, Employee]);

async function tooltips() {
    await mountView({
        type: "form",
        resModel: "hr.employee",
        resId: 1,
        arch: `
            <form>
                <header><field name="version_id" widget="versions_timeline"/></header>
                <field name="contract_type_id" invisible="1"/>
                <field name="contract_date_start" invisible="1"/>
                <field name="contract_date_end" invisible="1"/>
            </form>`,
    });
    return queryAllAttributes(".o_arrow_button_wrapper[data-tooltip]", "data-tooltip");
}

test("contracts are dated in the Jalali calendar", async () => {
    serverState.lang = "fa_IR";
    patchWithCleanup(session, {crm_ir_calendar: "jalali"});
    expect((await tooltips()).sort()).toEqual([
        "Contract: 1 فروردین 1403 - 30 اسفند 1403",
        "Contract: 1 فروردین 1404 - Indefinite",
        "No contract",
    ]);
});

test("for others contracts are dated as in stock", async () => {
    expect((await tooltips()).sort()).toEqual([
        "Contract: Mar 20, 2024 - Mar 20, 2025",
        "Contract: Mar 21, 2025 - Indefinite",
        "No contract",
    ]);
});
