{
    "name": "Iran - Customer Value and Club",
    "summary": "Who is worth what, who is leaving, and a reason to stay",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "CRM IR contributors",
    "license": "LGPL-3",
    "depends": [
        "crm_ir_base",
        "sale_loyalty",
    ],
    "data": [
        "security/ir.model.access.csv",
        "security/crm_ir_loyalty_security.xml",
    ],
}
