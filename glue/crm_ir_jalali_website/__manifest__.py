{
    "name": "Iran - Jalali Calendar: Website",
    "summary": "Jalali dates in the conditions of website forms",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "CRM IR contributors",
    "license": "LGPL-3",
    "depends": ["crm_ir_jalali", "website"],
    "assets": {
        "web.assets_frontend": ["crm_ir_jalali_website/static/src/**/*"],
        "web.assets_unit_tests_setup": ["crm_ir_jalali_website/static/src/**/*"],
        "web.assets_unit_tests": [
            "crm_ir_jalali_website/static/tests/**/*.test.js",
        ],
    },
    "auto_install": True,
}
