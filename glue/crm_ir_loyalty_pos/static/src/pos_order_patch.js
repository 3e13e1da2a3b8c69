import {PosOrder} from "@point_of_sale/app/models/pos_order";
import {patch} from "@web/core/utils/patch";

patch(PosOrder.prototype, {
    /** Points that the order itself earns pay for nothing while they are pending. */
    _getRealCouponPoints(couponId) {
        const points = super._getRealCouponPoints(...arguments);
        const earned = Object.values(this.uiState.couponPointChanges).find(
            (change) => change.coupon_id === couponId
        );
        const program = earned && this.models["loyalty.program"].get(earned.program_id);
        const isPending =
            program?.is_nominative &&
            program.applies_on !== "future" &&
            program.l10n_ir_pending_days;
        return isPending ? points - earned.points : points;
    },
});
