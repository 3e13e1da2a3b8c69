import {isJalali} from "@crm_ir_jalali/core/calendar";
import {JALALI_BOUNDS, jalaliName} from "@crm_ir_jalali/tree_editor/jalali_bounds";
import {patchExports} from "@crm_ir_base/core/patch_exports";

function isForeign(period) {
    return isJalali() ? jalaliName(period) : period in JALALI_BOUNDS;
}

function offerOwnPeriods(editorInfo) {
    return {
        ...editorInfo,
        extractProps(params) {
            const props = editorInfo.extractProps(params);
            props.options = props.options.filter(
                ([period]) => period === params.value || !isForeign(period)
            );
            return props;
        },
    };
}

/**
 * Offers the periods of the user's calendar, and of the other one only what a stored
 * domain already says.
 *
 * @param {Object} stock exports of "@web/core/tree_editor/tree_editor_value_editors"
 */
function offerJalaliPeriods(stock) {
    const {getValueEditorInfo} = stock;

    stock.getValueEditorInfo = (fieldDef, operator, ...args) => {
        const info = getValueEditorInfo(fieldDef, operator, ...args);
        if (operator !== "in range") {
            return info;
        }
        return {
            ...info,
            extractProps(params) {
                const props = info.extractProps(params);
                props.valueTypeEditorInfo = offerOwnPeriods(props.valueTypeEditorInfo);
                return props;
            },
        };
    };
}

patchExports("@web/core/tree_editor/tree_editor_value_editors", offerJalaliPeriods);
