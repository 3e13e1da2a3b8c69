import {parseDate, parseDateTime} from "@web/core/l10n/dates";
import {datetimePickerService} from "@web/core/datetime/datetimepicker_service";
import {isJalali} from "@crm_ir_jalali/core/calendar";
import {makePopover} from "@web/core/popover/popover_hook";
import {patch} from "@web/core/utils/patch";

const PARSERS = {date: parseDate, datetime: parseDateTime};

/**
 * The stock picker puts the former date back in place of one that it cannot read, and
 * says nothing. Readers of Jalali dates are told before it does so what is wrong.
 */
patch(datetimePickerService, {
    start(env, {popover}) {
        const service = super.start(...arguments);

        function create(params = {}) {
            if (!isJalali()) {
                return service.create(params);
            }
            const listened = new WeakSet();
            let picker = null;

            function explain(el) {
                if (el?.tagName !== "INPUT") {
                    return;
                }
                const {type, tz} = picker.state;
                try {
                    PARSERS[type](el.value, {tz, format: params.format});
                } catch (error) {
                    if (error.name !== "ConversionError") {
                        throw error;
                    }
                    env.services.notification.add(error.message, {type: "danger"});
                }
            }

            const stockInputs = params.getInputs ?? (() => [params.target, null]);
            const stockPopover =
                params.createPopover ??
                ((...args) => makePopover(popover.add, ...args));

            function getInputs() {
                const inputs = stockInputs();
                for (const el of inputs) {
                    if (el && !listened.has(el)) {
                        listened.add(el);
                        el.addEventListener("change", () => explain(el), {
                            capture: true,
                        });
                    }
                }
                return inputs;
            }

            function createPopover(component, options) {
                return stockPopover(component, {
                    ...options,
                    onClose() {
                        stockInputs().forEach(explain);
                        return options.onClose();
                    },
                });
            }

            // the original's getters are kept
            picker = service.create(
                Object.assign(Object.create(params), {getInputs, createPopover})
            );
            return picker;
        }
        return {...service, create};
    },
});
