{
    "name": "Iran - Customer Value: Campaigns",
    "summary": "Segments as mailing lists, with a hold-out group and the lift",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "CRM IR contributors",
    "license": "LGPL-3",
    "depends": ["crm_ir_loyalty", "mass_mailing_sms"],
    "data": [
        "security/ir.model.access.csv",
        "data/ir_cron_data.xml",
        "wizard/crm_ir_customer_stat_campaign_views.xml",
        "views/crm_ir_customer_stat_views.xml",
        "views/mailing_list_views.xml",
        "views/mailing_mailing_views.xml",
    ],
    "assets": {
        "web.assets_tests": [
            "crm_ir_loyalty_mass_mailing_sms/static/tests/tours/**/*",
        ],
    },
    "auto_install": True,
}
