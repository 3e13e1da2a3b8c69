{
    "name": "Iran - Jalali Calendar: Point of Sale",
    "summary": "Jalali dates on the screens and receipts of the shop",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "CRM IR contributors",
    "license": "LGPL-3",
    "depends": ["crm_ir_jalali", "point_of_sale"],
    "assets": {
        "point_of_sale._assets_pos": ["crm_ir_jalali_point_of_sale/static/src/**/*"],
        "web.assets_unit_tests": [
            "crm_ir_jalali_point_of_sale/static/tests/**/*.test.js"
        ],
    },
    "auto_install": True,
}
