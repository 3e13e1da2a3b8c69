{
    "name": "Iran - CRM Base: Apps",
    "summary": "Switch for the industries in the list of apps",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "CRM IR contributors",
    "license": "LGPL-3",
    "depends": ["crm_ir_base", "base_import_module"],
    "auto_install": True,
}
