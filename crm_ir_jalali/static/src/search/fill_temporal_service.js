import {isJalali, jalaliOf, plus, startOf} from "@crm_ir_jalali/core/calendar";
import {FillTemporalPeriod, GRANULARITY_TABLE} from "@crm/views/fill_temporal_service";
import {patch} from "@web/core/utils/patch";

const POSITIONS = {
    month: ({month}) => month,
    quarter: ({month}) => Math.ceil(month / 3),
    year: () => 1,
};

for (const [granularity, position] of Object.entries(POSITIONS)) {
    patch(GRANULARITY_TABLE[granularity], {
        startOf(date) {
            return isJalali() ? startOf(date, granularity) : super.startOf(date);
        },
        cyclePos(date) {
            const jalali = isJalali() && jalaliOf(date);
            return jalali ? position(jalali) : super.cyclePos(date);
        },
    });
}

/** The columns of the forecast are Jalali periods. */
patch(FillTemporalPeriod.prototype, {
    _computeEnd() {
        super._computeEnd();
        if (isJalali()) {
            // the number of periods is right, as the table above is asked for it
            const unit = `${this.granularity}s`;
            this.end = plus(this.start, {
                [unit]: Math.round(this.end.diff(this.start, unit).as(unit)),
            });
        }
    },
    expand() {
        if (!isJalali()) {
            super.expand();
            return;
        }
        this.setEnd(plus(this.end, {[`${this.granularity}s`]: 1}));
    },
});
