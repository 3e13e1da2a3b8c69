{
    "name": "Iran - Jalali Calendar",
    "summary": "The Solar Hijri calendar on every screen and in every query",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "CRM IR contributors",
    "license": "LGPL-3",
    "depends": ["calendar", "crm_ir_base"],
    "data": [
        "data/res_lang_data.xml",
        "views/res_lang_views.xml",
        "views/res_users_views.xml",
    ],
    "assets": {
        "web._assets_core": [
            (
                "before",
                "web/static/src/core/l10n/dates.js",
                "crm_ir_jalali/static/src/core/**/*.js",
            ),
            "crm_ir_jalali/static/src/datetime/**/*",
        ],
        "web.assets_frontend": [
            (
                "before",
                "web/static/src/core/l10n/dates.js",
                "crm_ir_jalali/static/src/core/**/*.js",
            ),
            "crm_ir_jalali/static/src/datetime/**/*",
        ],
        "web.assets_backend": [
            "crm_ir_jalali/static/src/search/**/*",
            "crm_ir_jalali/static/src/views/**/*",
            "crm_ir_jalali/static/src/mail/**/*",
        ],
        "web.assets_unit_tests": [
            "crm_ir_jalali/static/tests/**/*.test.js",
        ],
        "web.assets_tests": [
            "crm_ir_jalali/static/tests/tours/**/*",
        ],
    },
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}
