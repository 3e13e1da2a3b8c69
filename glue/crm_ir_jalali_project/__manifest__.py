{
    "name": "Iran - Jalali Calendar: Project",
    "summary": "Burndown chart in Jalali periods",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "CRM IR contributors",
    "license": "LGPL-3",
    "depends": ["crm_ir_jalali", "project"],
    "auto_install": True,
}
