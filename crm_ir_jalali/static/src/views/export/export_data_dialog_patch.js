import {_t} from "@web/core/l10n/translation";
import {patch} from "@web/core/utils/patch";
import {ExportDataDialog} from "@web/views/view_dialogs/export_data_dialog";
import {isJalali} from "@crm_ir_jalali/core/calendar";

/**
 * @param {Object[]} fields
 * @returns {Object[]} the fields, each date followed by a column of Jalali text
 */
function withJalaliText(fields) {
    return fields.flatMap((field) => {
        const type = field.field_type || field.type;
        if (!["date", "datetime"].includes(type)) {
            return [field];
        }
        const label = _t("%s (Jalali)", field.label || field.string);
        return [field, {...field, label, field_type: "jalali"}];
    });
}

patch(ExportDataDialog.prototype, {
    setup() {
        super.setup();
        this.state.jalaliText = false;
    },

    /**
     * A file to import again has no column that is not a field.
     */
    get offersJalaliText() {
        return isJalali() && !this.isCompatible;
    },

    async onClickExportButton() {
        const {exportList, jalaliText, selectedFormat} = this.state;
        if (!jalaliText || !this.offersJalaliText || !exportList.length) {
            return super.onClickExportButton();
        }
        this.state.disabled = true;
        await this.props.download(
            withJalaliText(exportList),
            false,
            this.availableFormats[selectedFormat].tag
        );
        this.state.disabled = false;
    },
});
