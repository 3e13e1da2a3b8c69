import {BaseImportModel} from "@base_import/import_model";
import {KeepLast} from "@web/core/utils/concurrency";
import {patch} from "@web/core/utils/patch";

patch(BaseImportModel.prototype, {
    setResModel(resModel) {
        super.setResModel(resModel);
        Object.assign(this.importOptionsValues, {
            // null: the server proposes
            crm_ir_clean: {value: null, reloadParse: true},
            crm_ir_errors: {value: "stop"},
            crm_ir_duplicates: {value: "report"},
            // by column index: "jalali" or "gregorian", "IRR" or "IRT"
            crm_ir_calendars: {value: {}},
            crm_ir_units: {value: {}},
        });
        this.cleaning = {preview: null, outcome: null};
        this.cleaningKeepLast = new KeepLast();
    },

    async setOption(optionName, value, fieldName) {
        const result = await super.setOption(optionName, value, fieldName);
        if (optionName.startsWith("crm_ir_") && optionName !== "crm_ir_clean") {
            await this.refreshCleaning();
        }
        return result;
    },

    setColumnField(column, fieldInfo) {
        super.setColumnField(column, fieldInfo);
        this.refreshCleaning();
    },

    async updateData(fileChanged = false) {
        if (fileChanged) {
            this.importOptionsValues.crm_ir_clean.value = null;
        }
        if (fileChanged || !this.importOptions.keep_matches) {
            this.importOptionsValues.crm_ir_calendars.value = {};
            this.importOptionsValues.crm_ir_units.value = {};
        }
        return super.updateData(fileChanged);
    },

    /**
     * Ask what the import would clean, with the mapping and the options of now.
     */
    async refreshCleaning() {
        if (!this.cleaning.preview) {
            return;
        }
        const fields = this.columns.map((column) => column.fieldInfo?.fieldPath || "");
        this.cleaning.preview = await this.cleaningKeepLast.add(
            this.orm.call("base_import.import", "crm_ir_preview", [
                this.id,
                fields,
                this.formattedImportOptions,
            ])
        );
    },

    async executeImport(isTest = false, totalSteps, importProgress) {
        this.cleaning.outcome = null;
        const result = await super.executeImport(isTest, totalSteps, importProgress);
        const outcome = this.cleaning.outcome;
        if (outcome) {
            Object.assign(outcome, {
                isTest,
                isDone: !isTest && !result.res.hasError && !result.res.nextrow,
                ids: result.res.ids,
            });
            if (isTest && outcome.reported.length && !result.res.hasError) {
                // instead of "Everything seems valid"
                this.importMessages = [];
            }
        }
        return result;
    },

    async _callImport(dryrun, args) {
        const result = await super._callImport(dryrun, args);
        if (result.crm_ir) {
            const outcome = this.cleaning.outcome || {
                created: 0,
                updated: 0,
                reported: [],
                warnings: [],
            };
            outcome.created += result.crm_ir.created;
            outcome.updated += result.crm_ir.updated;
            outcome.reported.push(...result.crm_ir.reported);
            outcome.warnings.push(...result.crm_ir.warnings);
            this.cleaning.outcome = outcome;
        }
        return result;
    },

    _onLoadSuccess(res) {
        super._onLoadSuccess(res);
        this.cleaning.preview = res.crm_ir || null;
        this.cleaning.outcome = null;
    },

    _getCSVFormattingOptions() {
        const options = super._getCSVFormattingOptions();
        options.encoding.options.push("windows-1256");
        return options;
    },
});
