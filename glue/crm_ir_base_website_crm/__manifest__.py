{
    "name": "Iran - CRM Base: Website Form",
    "summary": "Iranian identity fields in the contact form of the website",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "CRM IR contributors",
    "license": "LGPL-3",
    "depends": ["crm_ir_base", "website_crm"],
    "data": ["data/ir_model_fields_data.xml"],
    "auto_install": True,
}
