{
    "name": "Iran - SMS: Accounting",
    "summary": "Texts about invoices and payments, ready to switch on",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "CRM IR contributors",
    "license": "LGPL-3",
    "depends": ["account", "base_automation", "crm_ir_sms"],
    "data": [
        "data/sms_template_data.xml",
        "data/base_automation_data.xml",
    ],
    "auto_install": True,
}
