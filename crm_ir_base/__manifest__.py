{
    "name": "Iran - CRM Base",
    "summary": "Iranian identity numbers, places, phones, text search, Toman and clean import",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "CRM IR contributors",
    "license": "LGPL-3",
    "depends": ["base_address_extended", "base_import", "crm", "phone_validation"],
    "external_dependencies": {
        "python": ["persiantools", "phonenumbers", "python-stdnum"],
    },
    "data": [
        "security/ir.model.access.csv",
        "data/res_country_data.xml",
        "views/res_company_views.xml",
        "views/res_partner_views.xml",
        "views/crm_lead_views.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "crm_ir_base/static/src/**/*",
        ],
        "web.assets_unit_tests": [
            "crm_ir_base/static/tests/**/*.test.js",
        ],
        "web.assets_tests": [
            "crm_ir_base/static/tests/tours/**/*",
        ],
    },
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}
