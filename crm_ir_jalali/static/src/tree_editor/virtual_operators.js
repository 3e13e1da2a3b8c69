import {JALALI_BOUNDS, stockName} from "@crm_ir_jalali/tree_editor/jalali_bounds";
import {patchExports} from "@crm_ir_base/core/patch_exports";
import {
    condition,
    connector,
    operate,
    rewriteNConsecutiveChildren,
} from "@web/core/tree_editor/condition_tree";

function introducePeriod({value: link, children}, {getFieldDef}) {
    const [from, to] = children;
    const fieldType = getFieldDef?.(from.path)?.type;
    if (
        link !== "&" ||
        children.some(({type, negate}) => type !== "condition" || negate) ||
        from.path !== to.path ||
        from.path.includes?.(".") ||
        from.operator !== ">=" ||
        to.operator !== "<" ||
        !["date", "datetime"].includes(fieldType)
    ) {
        return;
    }
    const period = Object.keys(JALALI_BOUNDS).find((name) => {
        const [start, end] = JALALI_BOUNDS[name];
        return from.value === start && to.value === end;
    });
    return (
        period && condition(from.path, "in range", [fieldType, period, false, false])
    );
}

function introducePeriods(tree, options = {}) {
    return operate(
        rewriteNConsecutiveChildren(introducePeriod),
        tree,
        options,
        "connector"
    );
}

function eliminatePeriod({path, operator, value, negate}, {generateSmartDates = true}) {
    const bounds = operator === "in range" && JALALI_BOUNDS[value[1]];
    if (!bounds) {
        return;
    }
    if (!generateSmartDates) {
        // Python expressions know the Gregorian calendar only, and the editor then says so
        return condition(
            path,
            operator,
            [value[0], stockName(value[1]), false, false],
            negate
        );
    }
    const names = path.split(".");
    const name = names.pop();
    const range = connector("&", [
        condition(name, ">=", bounds[0]),
        condition(name, "<", bounds[1]),
    ]);
    return names.length
        ? condition(names.join("."), "any", range, negate)
        : {...range, negate};
}

function eliminatePeriods(tree, options = {}) {
    return operate(eliminatePeriod, tree, options);
}

/**
 * Reads and writes the Jalali periods of a domain, for users of both calendars.
 *
 * @param {Object} stock exports of "@web/core/tree_editor/virtual_operators"
 */
function knowJalaliPeriods(stock) {
    const {areEquivalentTrees, eliminateVirtualOperators, introduceVirtualOperators} =
        stock;

    stock.introduceVirtualOperators = (tree, options) =>
        introduceVirtualOperators(introducePeriods(tree, options), options);

    stock.eliminateVirtualOperators = (tree, options) =>
        eliminateVirtualOperators(eliminatePeriods(tree, options), options);

    stock.areEquivalentTrees = (tree, otherTree) =>
        areEquivalentTrees(eliminatePeriods(tree), eliminatePeriods(otherTree));
}

patchExports("@web/core/tree_editor/virtual_operators", knowJalaliPeriods);
