import {isJalali, startOf} from "@crm_ir_jalali/core/calendar";
import {ForecastSearchModel} from "@crm/views/forecast_search_model";
import {serializeDate, serializeDateTime} from "@web/core/l10n/dates";
import {patch} from "@web/core/utils/patch";

patch(ForecastSearchModel.prototype, {
    _getForecastStart(forecastField) {
        if (!this.forecastStart && isJalali()) {
            const groupBy = this.groupBy.find((spec) => spec.includes(forecastField));
            const granularity =
                groupBy?.split(":")[1] ||
                (groupBy || !this.groupBy.length ? "month" : "day");
            const {type} = this.searchViewFields[forecastField];
            const serialize = type === "datetime" ? serializeDateTime : serializeDate;
            this.forecastStart = serialize(startOf(luxon.DateTime.now(), granularity));
        }
        return super._getForecastStart(forecastField);
    },
});
