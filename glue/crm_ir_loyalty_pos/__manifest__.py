{
    "name": "Iran - Club: Point of Sale",
    "summary": "Points and purchases at the till in the ledger and the analysis",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "CRM IR contributors",
    "license": "LGPL-3",
    "depends": ["crm_ir_loyalty", "pos_loyalty"],
    "assets": {
        "point_of_sale._assets_pos": ["crm_ir_loyalty_pos/static/src/**/*"],
        "web.assets_tests": ["crm_ir_loyalty_pos/static/tests/tours/**/*"],
    },
    "auto_install": True,
    "uninstall_hook": "uninstall_hook",
}
