{
    "name": "Iran - Jalali Calendar: Accounting",
    "summary": "Fiscal years, numbers and payment terms of the Jalali calendar",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "CRM IR contributors",
    "license": "LGPL-3",
    "depends": ["account", "crm_ir_jalali"],
    "data": [
        "security/ir.model.access.csv",
        "wizard/account_financial_year_op_views.xml",
        "wizard/crm_ir_lock_dates_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "post_init_hook": "post_init_hook",
    "auto_install": True,
}
