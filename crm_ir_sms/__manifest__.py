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
        "views/crm_ir_sms_account_views.xml",
        "views/crm_ir_sms_message_views.xml",
        "views/crm_ir_sms_pattern_views.xml",
        "views/crm_menus.xml",
    ],
    "demo": [
        "demo/crm_ir_sms_demo.xml",
    ],
    "external_dependencies": {
        "python": [
            "kavenegar",
            "Werkzeug",
            "zeep",
        ],
    },
}
