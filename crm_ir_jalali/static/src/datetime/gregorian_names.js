import {isJalali} from "@crm_ir_jalali/core/calendar";
import {memoize} from "@web/core/utils/functions";
import {patch} from "@web/core/utils/patch";

const {Settings} = luxon;

const isJalaliInIntl = memoize(
    (locale) => new Intl.DateTimeFormat(locale).resolvedOptions().calendar === "persian"
);

/**
 * Intl has Persian in the Jalali calendar whatever the user chose, and luxon takes the
 * names of months from Intl: beside its own Gregorian years they would be wrong. With
 * the Gregorian calendar luxon writes all numbers itself, as it does by default.
 *
 * The answer is computed, as websites set the locale after everything has started.
 */
patch(Settings, {
    get defaultOutputCalendar() {
        const isMixed = !isJalali() && isJalaliInIntl(Settings.defaultLocale ?? "en");
        return super.defaultOutputCalendar ?? (isMixed ? "gregory" : null);
    },
});
