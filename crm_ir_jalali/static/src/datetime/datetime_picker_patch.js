import {isJalali, jalaliOf, plus, startOf} from "@crm_ir_jalali/core/calendar";
import {DateTimePicker} from "@web/core/datetime/datetime_picker";
import {JALALI_LEVELS} from "@crm_ir_jalali/datetime/jalali_levels";
import {patch} from "@web/core/utils/patch";
import {today} from "@web/core/l10n/dates";

/**
 * The picker in the Jalali calendar. Where the focus leaves the supported years, it is
 * the stock one.
 */
patch(DateTimePicker.prototype, {
    get isJalali() {
        return isJalali();
    },

    get activePrecisionLevel() {
        const level = super.activePrecisionLevel;
        return isJalali() && jalaliOf(this.state.focusDate)
            ? {...level, ...JALALI_LEVELS[this.state.precision]}
            : level;
    },

    adjustFocus(values, focusedDateIndex) {
        const adjusts = this.shouldAdjustFocusDate || !this.state.focusDate;
        super.adjustFocus(...arguments);
        if (isJalali() && adjusts) {
            const other = focusedDateIndex === 1 ? 0 : 1;
            this.focusMonth(values[focusedDateIndex] || values[other] || today());
        }
    },

    focusMonth(date) {
        this.state.focusDate = this.clamp(startOf(date, "month"));
    },

    next(ev) {
        if (!isJalali()) {
            return super.next(...arguments);
        }
        ev.preventDefault();
        this.move(1);
    },

    previous(ev) {
        if (!isJalali()) {
            return super.previous(...arguments);
        }
        ev.preventDefault();
        this.move(-1);
    },

    /** @param {1 | -1} direction */
    move(direction) {
        const [[unit, count]] = Object.entries(this.activePrecisionLevel.step);
        const target = plus(this.state.focusDate, {[unit]: direction * count});
        this.state.focusDate = this.clamp(target);
    },

    get isTodayValid() {
        return (
            this.clamp(today()).hasSame(today(), "day") &&
            (this.props.isDateValid?.(today()) ?? true)
        );
    },

    selectToday() {
        const {minPrecision} = this.props;
        this.state.precision = minPrecision;
        this.focusMonth(today());
        // "days" to "day": what an item of that level starts with
        const start = startOf(today(), minPrecision.slice(0, -1));
        this.zoomOrSelect({isValid: true, range: [start]});
    },
});
