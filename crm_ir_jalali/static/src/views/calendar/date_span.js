import {patchExports} from "@crm_ir_base/core/patch_exports";
import {isJalali} from "@crm_ir_jalali/core/calendar";
import {format} from "@crm_ir_jalali/core/jalali_text";
import {_t} from "@web/core/l10n/translation";

patchExports("@web/views/calendar/utils", (stock) => {
    const {getFormattedDateSpan} = stock;

    stock.getFormattedDateSpan = (start, end) => {
        if (!isJalali()) {
            return getFormattedDateSpan(start, end);
        }
        const lastDay = format(end, "d MMMM y");
        if (start.hasSame(end, "day")) {
            return lastDay;
        }
        const isSameMonth = format(start, "MMMM y") === format(end, "MMMM y");
        return _t("%(first_day)s to %(last_day)s", {
            first_day: format(start, isSameMonth ? "d" : "d MMMM y"),
            last_day: lastDay,
        });
    };
});
