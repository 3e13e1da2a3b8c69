{
    "name": "Iran - Jalali Calendar: Spreadsheet",
    "summary": "Spreadsheets keep to Gregorian periods and say so",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "CRM IR contributors",
    "license": "LGPL-3",
    "depends": ["crm_ir_jalali", "spreadsheet"],
    "assets": {
        "spreadsheet.o_spreadsheet": [
            (
                "before",
                "spreadsheet/static/src/global_filters/helpers.js",
                "crm_ir_jalali_spreadsheet/static/src/global_filters_helpers.js",
            ),
            "crm_ir_jalali_spreadsheet/static/src/**/*",
        ],
        "web.assets_unit_tests": [
            "crm_ir_jalali_spreadsheet/static/tests/**/*.test.js",
        ],
    },
    "auto_install": True,
}
