{
    "name": "Iran - Jalali Calendar: Remote Work",
    "summary": "Jalali days of remote work in the calendar",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "CRM IR contributors",
    "license": "LGPL-3",
    "depends": ["crm_ir_jalali", "hr_homeworking_calendar"],
    "assets": {
        "web.assets_backend": ["crm_ir_jalali_hr_homeworking_calendar/static/src/**/*"],
        "web.assets_unit_tests": [
            "crm_ir_jalali_hr_homeworking_calendar/static/tests/**/*.test.js"
        ],
    },
    "auto_install": True,
}
