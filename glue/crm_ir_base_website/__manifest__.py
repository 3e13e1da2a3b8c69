{
    "name": "Iran - CRM Base: Website",
    "summary": "Switch for the connection of every page to Google Fonts",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "CRM IR contributors",
    "license": "LGPL-3",
    "depends": ["crm_ir_base", "website"],
    "data": ["views/website_templates.xml"],
    "auto_install": True,
}
