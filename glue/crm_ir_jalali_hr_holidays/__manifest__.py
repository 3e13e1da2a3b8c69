{
    "name": "Iran - Jalali Calendar: Time Off",
    "summary": "Summaries by Jalali years, true months of accruals",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "CRM IR contributors",
    "license": "LGPL-3",
    "depends": ["crm_ir_jalali", "hr_holidays"],
    "assets": {
        "web.assets_backend": ["crm_ir_jalali_hr_holidays/static/src/**/*"],
        "web.assets_unit_tests": [
            "crm_ir_jalali_hr_holidays/static/tests/**/*.test.js"
        ],
    },
    "auto_install": True,
}
