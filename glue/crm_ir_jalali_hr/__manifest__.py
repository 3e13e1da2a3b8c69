{
    "name": "Iran - Jalali Calendar: Employees",
    "summary": "Jalali dates of contracts",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "CRM IR contributors",
    "license": "LGPL-3",
    "depends": ["crm_ir_jalali", "hr"],
    "assets": {
        "web.assets_backend": ["crm_ir_jalali_hr/static/src/**/*"],
        "web.assets_unit_tests": ["crm_ir_jalali_hr/static/tests/**/*.test.js"],
    },
    "auto_install": True,
}
