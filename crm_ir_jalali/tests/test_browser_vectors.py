import json

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools.misc import file_open

VECTORS = "crm_ir_base/tests/vectors/jalali.json"


@tagged("post_install", "-at_install")
class TestBrowserVectors(HttpCase):
    """The browser's calendar gives what persiantools and jdatetime gave the vectors."""

    READY = "odoo.loader.modules.has('@web/core/l10n/dates')"
    CODE = """
        const module = (name) => odoo.loader.modules.get(name);
        const jalali = module("@crm_ir_jalali/core/jalali");
        const {plus} = module("@crm_ir_jalali/core/calendar");
        const {parse} = module("@crm_ir_jalali/core/jalali_parse");
        const {format} = module("@crm_ir_jalali/core/jalali_text");
        const {session} = module("@web/session");
        const {DateTime, Settings} = luxon;
        const vectors = %s;

        const iso = ({year, month, day}) =>
            [String(year).padStart(4, "0"), month, day]
                .map((part) => String(part).padStart(2, "0"))
                .join("-");
        const numbers = (text) => text.split("-").map(Number);
        const readStamp = (text, options) => {
            const {clock, ...day} = parse(text, options);
            const time = clock && [clock.hour, clock.minute, clock.second];
            return [iso(day), time];
        };
        const refusal = (read) => {
            try {
                return read();
            } catch (error) {
                return error.reason ?? String(error);
            }
        };
        const options = (vector) => ({
            gregorian: vector.gregorian,
            twoDigitYearMax: vector.two_digit_year_max,
        });
        const CHECKS = {
            range: ({gregorian, jalali: name}) => [
                iso(jalali.toJalali(...numbers(gregorian))) === name,
                iso(jalali.toGregorian(...numbers(name))) === gregorian,
            ],
            nowruz: ([year, gregorian]) => [
                iso(jalali.toGregorian(year, 1, 1)) === gregorian,
                jalali.isLeap(year) === vectors.leap_years.includes(year),
                (jalali.toGregorian(year, 12, 30) !== null) === jalali.isLeap(year),
            ],
            days: ({gregorian, jalali: name, weekday}) => [
                iso(jalali.toJalali(...numbers(gregorian))) === name,
                iso(jalali.toGregorian(...numbers(name))) === gregorian,
                DateTime.fromISO(gregorian).weekday === weekday + 1,
            ],
            add: ({day, years, months, sum}) => [
                plus(DateTime.fromISO(day), {years, months}).toISODate() === sum,
            ],
            format: ({gregorian, pattern, lang, digits, text}) => {
                Settings.defaultLocale = lang;
                session.crm_ir_digits = digits;
                return [format(DateTime.fromISO(gregorian), pattern) === text];
            },
            parse_date: (vector) => {
                const read = refusal(() => readStamp(vector.text, options(vector)));
                return [
                    typeof read === "string"
                        ? read === vector.error
                        : vector.error === (read[1] ? "time_of_day" : undefined) &&
                          (vector.error || read[0] === vector.date),
                ];
            },
            parse_datetime: (vector) => {
                const read = refusal(() => readStamp(vector.text, options(vector)));
                if (typeof read === "string") {
                    return [read === vector.error];
                }
                const [day, time] = read;
                const clock = (time ?? [0, 0, 0]).map((part) =>
                    String(part).padStart(2, "0")
                );
                return [`${day}T${clock.join(":")}` === vector.datetime];
            },
        };
        const failures = Object.entries(CHECKS).flatMap(([section, check]) =>
            vectors[section]
                .filter((vector) => !check(vector).every(Boolean))
                .map((vector) => [section, vector])
        );
        const count = Object.keys(CHECKS).map((section) => vectors[section].length);
        if (failures.length || count.some((length) => !length)) {
            console.error(JSON.stringify(failures));
        } else {
            console.log("test successful");
        }
    """

    def test_the_browser_agrees_with_every_vector(self):
        with file_open(VECTORS) as source:
            vectors = json.load(source)
        # Two signs of the server's patterns are not luxon's: there E is a number, and
        # an apostrophe cannot be written.
        vectors["format"] = [
            vector | {"pattern": vector["pattern"].replace("E d", "EEE d")}
            if vector["pattern"].startswith("E d")
            else vector
            for vector in vectors["format"]
            if "''" not in vector["pattern"]
        ]
        new_test_user(self.env, "leila", "base.group_user", lang="fa_IR")
        self.browser_js(
            "/odoo", self.CODE % json.dumps(vectors), self.READY, login="leila"
        )

    def test_no_module_keeps_the_stock_functions(self):
        """Importers copy a function when they start: ours must be there before them."""
        code = """
            const started = [...odoo.loader.modules.keys()];
            const place = (name) => started.indexOf(name);
            const ours = place("@crm_ir_jalali/core/dates");
            if (ours >= 0 && ours < place("@web/core/l10n/dates")) {
                console.log("test successful");
            } else {
                console.error("importers of dates.js keep stock functions");
            }
        """
        self.browser_js("/odoo", code, self.READY, login="admin")
        self.browser_js("/web/login", code, self.READY)
