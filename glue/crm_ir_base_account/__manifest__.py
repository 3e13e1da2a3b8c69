{
    "name": "Iran - CRM Base: Accounting",
    "summary": "Identity numbers, Rial and Toman on invoices and quotations",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "CRM IR contributors",
    "license": "LGPL-3",
    "depends": ["account", "crm_ir_base"],
    "data": ["views/report_invoice.xml"],
    "assets": {
        "web.assets_backend": ["crm_ir_base_account/static/src/**/*"],
    },
    "auto_install": True,
}
