{
    "name": "Iran - Club: eCommerce",
    "summary": "Persian terms of the club at the shop of the website",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "CRM IR contributors",
    "license": "LGPL-3",
    "depends": ["crm_ir_loyalty", "website_sale_loyalty"],
    "auto_install": True,
    "uninstall_hook": "uninstall_hook",
}
