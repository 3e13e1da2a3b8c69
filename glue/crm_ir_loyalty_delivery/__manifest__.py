{
    "name": "Iran - Club: Delivery",
    "summary": "Persian terms of free shipping as a reward",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "CRM IR contributors",
    "license": "LGPL-3",
    "depends": ["crm_ir_loyalty", "sale_loyalty_delivery"],
    "auto_install": True,
    "uninstall_hook": "uninstall_hook",
}
