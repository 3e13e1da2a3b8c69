import {registry} from "@web/core/registry";
import {CharField, charField} from "@web/views/fields/char/char_field";

/**
 * Cut a number of digits into groups, from left to right. A value of another
 * length than the groups make up, or with letters, stays whole.
 *
 * @param {string | false} value
 * @param {number[][]} groupings lengths of the groups, one list for each length of number
 * @returns {string}
 */
export function groupDigits(value, groupings = []) {
    if (!value || !/^\d+$/.test(value)) {
        return value || "";
    }
    const groups = groupings.find(
        (lengths) => lengths.reduce((sum, length) => sum + length, 0) === value.length
    );
    if (!groups) {
        return value;
    }
    let start = 0;
    return groups.map((length) => value.slice(start, (start += length))).join(" ");
}

/**
 * A code of digits: left to right in every language, grouped where it is read, and
 * with the sentence of `l10n_ir_errors` under it where it cannot be right.
 */
export class CodeField extends CharField {
    static template = "crm_ir_base.CodeField";
    static props = {
        ...CharField.props,
        groups: {type: Array, optional: true},
    };

    get formattedValue() {
        return groupDigits(super.formattedValue, this.props.groups);
    }

    get error() {
        return this.props.record.data.l10n_ir_errors?.[this.props.name];
    }
}

export const codeField = {
    ...charField,
    component: CodeField,
    supportedTypes: ["char"],
    extractProps: (fieldInfo) => ({
        ...charField.extractProps(fieldInfo),
        groups: fieldInfo.options.groups,
    }),
};

registry.category("fields").add("crm_ir_code", codeField);
