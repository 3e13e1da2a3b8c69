{
    "name": "Iran - SMS",
    "summary": "Text messages through every domestic gateway, each sent once",
    "version": "19.0.1.0.0",
    "category": "Marketing/SMS Marketing",
    "author": "CRM IR contributors",
    "license": "LGPL-3",
    "depends": [
        "crm_ir_base",
        "sms",
    ],
    "data": [
        "security/ir.model.access.csv",
        "security/crm_ir_sms_security.xml",
        "data/ir_cron_data.xml",
        "data/mail_activity_type_data.xml",
        "views/crm_ir_sms_account_views.xml",
        "views/crm_ir_sms_block_views.xml",
        "views/crm_ir_sms_incoming_views.xml",
        "views/crm_ir_sms_message_views.xml",
        "views/crm_ir_sms_pattern_views.xml",
        "views/crm_menus.xml",
        "wizard/sms_composer_views.xml",
    ],
    "demo": [
        "demo/crm_ir_sms_demo.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "crm_ir_sms/static/src/**/*",
        ],
        "web.assets_tests": [
            "crm_ir_sms/static/tests/tours/**/*",
        ],
        "web.assets_unit_tests": [
            "crm_ir_sms/static/tests/**/*.test.js",
        ],
    },
    "external_dependencies": {
        "python": [
            "kavenegar",
            "lxml",
            "Werkzeug",
            "zeep",
        ],
    },
}
