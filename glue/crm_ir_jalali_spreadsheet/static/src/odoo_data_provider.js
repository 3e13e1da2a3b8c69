import {isJalali} from "@crm_ir_jalali/core/calendar";
import {OdooDataProvider} from "@spreadsheet/data_sources/odoo_data_provider";
import {patch} from "@web/core/utils/patch";

/** Asks the server for Gregorian periods: pivots and formulas compute with nothing else. */
patch(OdooDataProvider.prototype, {
    get orm() {
        return this.gregorianOrm;
    },
    set orm(orm) {
        this.gregorianOrm = Object.assign(Object.create(orm), {
            call(model, method, args, kwargs = {}) {
                const context = isJalali()
                    ? {...kwargs.context, crm_ir_no_jalali: true}
                    : kwargs.context;
                return orm.call(model, method, args, {...kwargs, context});
            },
        });
    },
});
