"""Time to write a date in the web client: Jalali for a Persian user, beside stock's
`formatDate` in en_US and in fa_IR, in turns in one page.
"""

import json
import os

from browser import web_client

GOAL = 1.0
ROUNDS = 40

# Medians of the microseconds per date.
SCRIPT = """
(() => {
    const module = (name) => odoo.loader.modules.get(name);
    const ours = module("@web/core/l10n/dates");
    const {localization} = module("@web/core/l10n/localization");
    const {session} = module("@web/session");
    const {fn} = odoo.loader.factories.get("@web/core/l10n/dates");
    const stock = fn(module);
    const {DateTime} = luxon;

    const users = {
        jalali: [ours, "fa-IR", "yyyy/MM/dd"],
        stock_en: [stock, "en-US", "MM/dd/yyyy"],
        stock_fa: [stock, "fa-IR", "yyyy/MM/dd"],
    };
    const DATES = 2000;
    const take = (user, write) => {
        const [dates, locale, dateFormat] = users[user];
        Object.assign(localization, {code: locale.replace("-", "_"), dateFormat});
        session.crm_ir_calendar = dates === ours ? "jalali" : "gregorian";
        const values = Array.from({length: DATES}, (_, i) =>
            DateTime.local(2015, 1, 1).setLocale(locale).plus({days: 2 * i})
        );
        const start = performance.now();
        for (const value of values) {
            dates[write](value);
        }
        return ((performance.now() - start) * 1000) / DATES;
    };
    const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
    const result = {};
    for (const write of ["formatDate", "toLocaleDateString"]) {
        const times = {};
        for (let round = -2; round < %d; round++) {
            const order = Object.keys(users);
            for (const user of round %% 2 ? order : order.reverse()) {
                const time = take(user, write);
                if (round >= 0) {
                    (times[user] ??= []).push(time);
                }
            }
        }
        result[write] = Object.fromEntries(
            Object.entries(times).map(([user, values]) => [user, median(values)])
        );
    }
    take("jalali", "formatDate");
    result.sample = ours.formatDate(DateTime.local(2025, 10, 10));
    return result;
})()
"""

if __name__ == "__main__":
    with web_client(os.environ["BENCH_DB"]) as page:
        times = page.evaluate(SCRIPT % ROUNDS)
    if times.pop("sample") != "1404/07/18":
        raise RuntimeError("the page does not write Jalali dates")
    for write, medians in times.items():
        ratio = medians["jalali"] / medians["stock_en"]
        print(
            json.dumps(
                {
                    "bench": f"jalali_format_js.{write}",
                    "ratio": round(ratio, 3),
                    "goal": GOAL,
                    "met": ratio <= GOAL,
                    "rounds": ROUNDS,
                    "ratio_stock_fa": round(medians["jalali"] / medians["stock_fa"], 4),
                    **{
                        f"{user}_microseconds": round(value, 3)
                        for user, value in medians.items()
                    },
                }
            ),
            flush=True,
        )
