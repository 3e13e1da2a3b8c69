import {ImportAction} from "@base_import/import_action/import_action";
import {ImportDataContent} from "@base_import/import_data_content/import_data_content";
import {patch} from "@web/core/utils/patch";
import {ImportCleaning} from "./import_cleaning";

patch(ImportDataContent, {
    components: {...ImportDataContent.components, ImportCleaning},
    props: {
        ...ImportDataContent.props,
        cleaning: {type: Object, optional: true},
        filename: {type: String, optional: true},
        onOpenRecords: {type: Function, optional: true},
    },
});

patch(ImportAction.prototype, {
    /**
     * Stay on the screen while it holds rows that were not imported.
     */
    openRecords(resIds) {
        if (!this.model.cleaning.outcome?.reported.length) {
            return super.openRecords(resIds);
        }
    },

    openImportedRecords(resIds) {
        return super.openRecords(resIds);
    },
});
