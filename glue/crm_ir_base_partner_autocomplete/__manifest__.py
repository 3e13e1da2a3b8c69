{
    "name": "Iran - CRM Base: Partner Autocomplete",
    "summary": "Switch for the autocomplete of companies",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "CRM IR contributors",
    "license": "LGPL-3",
    "depends": ["crm_ir_base", "partner_autocomplete"],
    "auto_install": True,
}
