import {Component} from "@odoo/owl";
import {CheckBox} from "@web/core/checkbox/checkbox";
import {_t} from "@web/core/l10n/translation";
import {download} from "@web/core/network/download";

const SHOWN_ROWS = 100;

/**
 * What the import will clean, how it treats rows with problems, and what became of them.
 */
export class ImportCleaning extends Component {
    static template = "crm_ir_base.ImportCleaning";
    static components = {CheckBox};
    static props = {
        cleaning: {type: Object},
        columns: {type: Array},
        filename: {type: String},
        options: {type: Object},
        onOptionChanged: {type: Function},
        onOpenRecords: {type: Function},
    };

    get preview() {
        return this.props.cleaning.preview;
    }

    get outcome() {
        return this.props.cleaning.outcome;
    }

    get reported() {
        return this.outcome.reported.slice(0, SHOWN_ROWS);
    }

    get cellsSentence() {
        return _t("%s cells will be cleaned", this.preview.cells);
    }

    get problemsSentence() {
        return _t("%s rows have problems", this.preview.problem_count);
    }

    get outcomeSentence() {
        const {created, updated, reported, isTest} = this.outcome;
        const numbers = {created, updated, reported: reported.length};
        return isTest
            ? _t(
                  "Test: %(created)s rows would be created, %(updated)s updated, %(reported)s reported.",
                  numbers
              )
            : _t(
                  "%(created)s rows created, %(updated)s updated, %(reported)s reported.",
                  numbers
              );
    }

    setByColumn(option, index, value) {
        const values = {...this.props.options[option]};
        if (value) {
            values[index] = value;
        } else {
            delete values[index];
        }
        this.props.onOptionChanged(option, values);
    }

    calendarName(calendar) {
        return {jalali: _t("Jalali"), gregorian: _t("Gregorian"), mixed: _t("mixed")}[
            calendar
        ];
    }

    problemText(row) {
        return row.problems
            .map(({column, message}) => (column ? `${column}: ${message}` : message))
            .join("\n");
    }

    async downloadReported() {
        const headers = this.props.columns.map((column) => column.name || "");
        const table = {
            filename: _t(
                "%s - not imported.xlsx",
                this.props.filename.replace(/\.\w+$/, "")
            ),
            headers: [...headers, _t("Row"), _t("Problem")],
            rows: this.outcome.reported.map((row) => [
                ...row.cells,
                row.row,
                this.problemText(row),
            ]),
        };
        const data = new Blob([JSON.stringify(table)], {type: "application/json"});
        await download({url: "/crm_ir_base/import/report", data: {data}});
    }
}
