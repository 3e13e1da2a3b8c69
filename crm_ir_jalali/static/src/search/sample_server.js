import {isJalali, startOf} from "@crm_ir_jalali/core/calendar";
import {format} from "@crm_ir_jalali/core/jalali_text";
import {
    deserializeDate,
    deserializeDateTime,
    serializeDate,
    serializeDateTime,
} from "@web/core/l10n/dates";
import {patch} from "@web/core/utils/patch";
import {SampleServer} from "@web/model/sample_server";

const PATTERNS = {
    day: "dd MMM yyyy",
    week: "'W'WW kkkk",
    month: "MMMM yyyy",
    quarter: "QQQQ yyyy",
    year: "yyyy",
};
const CONVERTERS = {
    date: [deserializeDate, serializeDate],
    datetime: [deserializeDateTime, serializeDateTime],
};

patch(SampleServer.prototype, {
    _formatValue(value, {type, interval}) {
        if (!value || !(type in CONVERTERS) || !isJalali()) {
            return super._formatValue(...arguments);
        }
        const [deserialize, serialize] = CONVERTERS[type];
        const start = startOf(deserialize(value), interval);
        return [serialize(start), format(start, PATTERNS[interval])];
    },
});
