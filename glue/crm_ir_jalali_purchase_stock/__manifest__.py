{
    "name": "Iran - Jalali Calendar: Purchase and Stock",
    "summary": "True months of the periods of suggestions",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "CRM IR contributors",
    "license": "LGPL-3",
    "depends": ["crm_ir_jalali", "purchase_stock"],
    "assets": {
        "web.assets_backend": ["crm_ir_jalali_purchase_stock/static/src/**/*"],
        "web.assets_unit_tests": [
            "crm_ir_jalali_purchase_stock/static/tests/**/*.test.js"
        ],
    },
    "auto_install": True,
}
