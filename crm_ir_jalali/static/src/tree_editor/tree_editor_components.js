import {isJalali} from "@crm_ir_jalali/core/calendar";
import {jalaliName} from "@crm_ir_jalali/tree_editor/jalali_bounds";
import {_t} from "@web/core/l10n/translation";
import {patch} from "@web/core/utils/patch";
import {InRange} from "@web/core/tree_editor/tree_editor_components";

/** A period of the other calendar says so. */
patch(InRange, {
    get options() {
        return super.options.flatMap(([period, label]) => {
            const jalali = jalaliName(period);
            if (!jalali) {
                return [[period, label]];
            }
            return isJalali()
                ? [
                      [jalali, label],
                      [period, _t("%(period)s (Gregorian)", {period: label})],
                  ]
                : [
                      [period, label],
                      [jalali, _t("%(period)s (Jalali)", {period: label})],
                  ];
        });
    },
});
