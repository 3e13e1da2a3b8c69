{
    "name": "Iran - CRM Base: IBAN",
    "summary": "Sheba among the IBANs of other countries",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "CRM IR contributors",
    "license": "LGPL-3",
    "depends": ["base_iban", "crm_ir_base"],
    "auto_install": True,
}
