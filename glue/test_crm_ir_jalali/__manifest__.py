{
    "name": "Iran - Jalali Calendar: Tests with Other Apps",
    "summary": "Documents of other apps in the calendar of their readers",
    "version": "19.0.1.0.0",
    "category": "Hidden/Tests",
    "author": "CRM IR contributors",
    "license": "LGPL-3",
    "depends": [
        "crm_ir_jalali",
        "hr_holidays",
        "mass_mailing",
        "point_of_sale",
        "project",
        "sale_management",
        "survey",
        "website",
    ],
    "assets": {
        "web.assets_tests": [
            "test_crm_ir_jalali/static/tests/tours/**/*",
        ],
    },
}
