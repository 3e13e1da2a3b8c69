import {expect, test} from "@odoo/hoot";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    getCurrentValue,
    getValueOptions,
    Partner,
    Product,
    selectOperator,
    selectValue,
    Stage,
    Team,
    Country,
    Player,
} from "@web/../tests/core/tree_editor/condition_tree_editor_test_helpers";
import {
    defineModels,
    mountWithCleanup,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {Component, xml} from "@odoo/owl";
import {DomainSelector} from "@web/core/domain_selector/domain_selector";
import {condition, connector} from "@web/core/tree_editor/condition_tree";
import {
    areEquivalentTrees,
    eliminateVirtualOperators,
    introduceVirtualOperators,
} from "@web/core/tree_editor/virtual_operators";
import {session} from "@web/session";

defineMailModels();
defineModels([Partner, Product, Team, Player, Country, Stage]);

const BOUNDS = {
    "jalali month to date": ["today +0y =1d", "today +1d"],
    "jalali last month": ["today +0y =1d -1m", "today +0y =1d"],
    "jalali year to date": ["today +0y =1m =1d", "today +1d"],
    "jalali last 12 months": ["today +0y =1d -12m", "today +0y =1d"],
};
const COMMON = ["Today", "Last 7 days", "Last 30 days"];
const PERIODS = ["Month to date", "Last month", "Year to date", "Last 12 months"];

const options = {
    getFieldDef: (path) => ({type: path.endsWith("day") ? "date" : "char"}),
};

function between(name, [start, end]) {
    return connector("&", [condition(name, ">=", start), condition(name, "<", end)]);
}

function inRange(name, period, negate = false) {
    return condition(name, "in range", ["date", period, false, false], negate);
}

function readJalali() {
    patchWithCleanup(session, {crm_ir_calendar: "jalali"});
}

async function mountSelector(domain) {
    const shown = {domain};
    class Parent extends Component {
        static components = {DomainSelector};
        static props = [];
        static template = xml`<DomainSelector t-props="selectorProps"/>`;
        selectorProps = {
            resModel: "partner",
            readonly: false,
            domain,
            update: (changed) => {
                shown.domain = changed;
                this.selectorProps.domain = changed;
                this.render();
            },
        };
    }
    await mountWithCleanup(Parent);
    return shown;
}

test.tags("headless");
test("a Jalali period is read from the domain that it writes", () => {
    for (const [period, bounds] of Object.entries(BOUNDS)) {
        expect(introduceVirtualOperators(between("day", bounds), options)).toEqual(
            inRange("day", period)
        );
        expect(eliminateVirtualOperators(inRange("day", period))).toEqual(
            between("day", bounds)
        );
    }
});

test.tags("headless");
test("a Jalali period of a related record goes through that record", () => {
    const bounds = BOUNDS["jalali last month"];
    const written = condition("team.id", "any", between("day", bounds));
    expect(
        eliminateVirtualOperators(inRange("team.id.day", "jalali last month"))
    ).toEqual(written);
    expect(introduceVirtualOperators(written, options)).toEqual(
        inRange("team.id.day", "jalali last month")
    );
});

test.tags("headless");
test("a negated Jalali period stays negated", () => {
    expect(
        eliminateVirtualOperators(inRange("day", "jalali last month", true))
    ).toEqual({...between("day", BOUNDS["jalali last month"]), negate: true});
});

test.tags("headless");
test("other pairs of conditions are no Jalali period", () => {
    const [start, end] = BOUNDS["jalali last month"];
    for (const tree of [
        between("name", [start, end]),
        between("day", [start, "today"]),
        connector("|", between("day", [start, end]).children),
        connector("&", [condition("day", ">=", start), condition("on_day", "<", end)]),
        connector("&", [condition("day", ">", start), condition("day", "<", end)]),
    ]) {
        expect(introduceVirtualOperators(tree, options)).toEqual(tree);
    }
});

test.tags("headless");
test("trees with Jalali periods are compared", () => {
    const month = inRange("day", "jalali month to date");
    expect(
        areEquivalentTrees(month, between("day", BOUNDS["jalali month to date"]))
    ).toBe(true);
    expect(areEquivalentTrees(month, inRange("day", "month to date"))).toBe(false);
});

test.tags("headless");
test("a Python expression, which has no Jalali periods, says what it means", () => {
    const python = {...options, generateSmartDates: false};
    expect(
        introduceVirtualOperators(
            eliminateVirtualOperators(inRange("day", "jalali last month"), python),
            python
        )
    ).toEqual(inRange("day", "last month"));
});

test("a user of the Jalali calendar chooses among Jalali periods", async () => {
    readJalali();
    const shown = await mountSelector(`[("date", "=", False)]`);
    await selectOperator("in range");
    expect(getValueOptions()).toEqual([...COMMON, ...PERIODS, "Custom range"]);
    await selectValue("jalali last month");
    expect(shown.domain).toBe(
        `["&", ("date", ">=", "today +0y =1d -1m"), ("date", "<", "today +0y =1d")]`
    );
    expect(getCurrentValue()).toBe("Last month");
});

test("a user of the Gregorian calendar chooses as in stock Odoo", async () => {
    const shown = await mountSelector(`[("date", "=", False)]`);
    await selectOperator("in range");
    expect(getValueOptions()).toEqual([...COMMON, ...PERIODS, "Custom range"]);
    await selectValue("last month");
    expect(shown.domain).toBe(
        `["&", ("date", ">=", "today =1d -1m"), ("date", "<", "today =1d")]`
    );
});

test("a Jalali period says so to a user of the Gregorian calendar", async () => {
    await mountSelector(
        `["&", ("date", ">=", "today +0y =1d"), ("date", "<", "today +1d")]`
    );
    expect(getCurrentValue()).toBe("Month to date (Jalali)");
    expect(getValueOptions()).toEqual([
        ...COMMON,
        "Month to date",
        "Month to date (Jalali)",
        ...PERIODS.slice(1),
        "Custom range",
    ]);
});

test("a Gregorian period says so to a user of the Jalali calendar", async () => {
    readJalali();
    const domain = `["&", ("datetime", ">=", "today =1m =1d"), ("datetime", "<", "today +1d")]`;
    await mountSelector(domain);
    expect(getCurrentValue()).toBe("Year to date (Gregorian)");
});
