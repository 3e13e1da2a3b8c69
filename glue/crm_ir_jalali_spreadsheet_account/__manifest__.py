{
    "name": "Iran - Jalali Calendar: Accounting in Spreadsheets",
    "summary": "Accounting formulas of companies with Jalali fiscal years",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "CRM IR contributors",
    "license": "LGPL-3",
    "depends": ["crm_ir_jalali_account", "spreadsheet_account"],
    "auto_install": True,
}
