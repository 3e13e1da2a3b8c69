{
    "name": "Iran - Jalali Calendar",
    "summary": "The Solar Hijri calendar on every screen and in every query",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "CRM IR contributors",
    "license": "LGPL-3",
    "depends": ["calendar", "crm_ir_base"],
    "data": [
        "security/ir.model.access.csv",
        "data/res_lang_data.xml",
        "wizard/crm_ir_date_repair_finding_views.xml",
        "wizard/crm_ir_holiday_import_views.xml",
        "wizard/crm_ir_working_hours_views.xml",
        "views/crm_ir_date_repair_views.xml",
        "views/digest_templates.xml",
        "views/ir_sequence_views.xml",
        "views/res_lang_views.xml",
        "views/res_users_views.xml",
        "views/resource_calendar_leaves_views.xml",
        "views/crm_menus.xml",
    ],
    "demo": [
        "demo/calendar_event_demo.xml",
        "demo/resource_calendar_demo.xml",
    ],
    "assets": {
        "web._assets_core": [
            (
                "before",
                "web/static/src/core/l10n/dates.js",
                "crm_ir_jalali/static/src/core/**/*.js",
            ),
            "crm_ir_jalali/static/src/datetime/**/*",
            (
                "before",
                "web/static/src/core/tree_editor/tree_editor_value_editors.js",
                "crm_ir_jalali/static/src/tree_editor/**/*.js",
            ),
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
            (
                "before",
                "web/static/src/views/calendar/utils.js",
                "crm_ir_jalali/static/src/views/calendar/date_span.js",
            ),
            (
                "before",
                "web/static/src/model/relational_model/utils.js",
                "crm_ir_jalali/static/src/search/**/*.js",
            ),
            "crm_ir_jalali/static/src/views/**/*",
            "crm_ir_jalali/static/src/mail/**/*",
        ],
        "portal.assets_chatter": [
            "crm_ir_jalali/static/src/mail/message_model_patch.js",
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
