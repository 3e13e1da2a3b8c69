{
    "name": "Iran - SMS: Sales",
    "summary": "A text to the customer of a quotation, ready to switch on",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "CRM IR contributors",
    "license": "LGPL-3",
    "depends": ["base_automation", "crm_ir_sms", "sale"],
    "data": [
        "data/sms_template_data.xml",
        "data/base_automation_data.xml",
    ],
    "auto_install": True,
}
