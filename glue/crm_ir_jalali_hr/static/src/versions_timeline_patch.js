import {VersionsTimeline} from "@hr/components/versions_timeline/versions_timeline";
import {_t} from "@web/core/l10n/translation";
import {format} from "@crm_ir_jalali/core/jalali_text";
import {isJalali} from "@crm_ir_jalali/core/calendar";
import {patch} from "@web/core/utils/patch";

const {DateTime} = luxon;

function formatDay(iso) {
    return iso ? format(DateTime.fromISO(iso), "d MMMM yyyy") : _t("Indefinite");
}

patch(VersionsTimeline.prototype, {
    getAllItems() {
        const items = super.getAllItems();
        if (!isJalali()) {
            return items;
        }
        const versions = new Map(
            this.specialData?.data.map((version) => [version.id, version])
        );
        return items.map((item) => {
            if (!item.isInContract) {
                return item;
            }
            const version = versions.get(item.value);
            const type = version.contract_type_id?.[1] ?? _t("Contract");
            const start = formatDay(version.contract_date_start);
            const end = formatDay(version.contract_date_end);
            return {...item, toolTip: `${type}: ${start} - ${end}`};
        });
    },
});
