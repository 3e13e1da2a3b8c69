{
    "name": "Iran - SMS: Mass Mailing",
    "summary": "Campaigns of texts through domestic gateways, with their results",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "CRM IR contributors",
    "license": "LGPL-3",
    "depends": ["crm_ir_sms", "mass_mailing_sms"],
    "data": [
        "security/ir.model.access.csv",
        "security/crm_ir_sms_mass_mailing_security.xml",
        "views/crm_ir_sms_message_views.xml",
        "views/mailing_mailing_views.xml",
        "views/mailing_sms_menus.xml",
    ],
    "auto_install": True,
}
