{
    "name": "Iran - Customer Value: Satisfaction",
    "summary": "NPS, CSAT and CES from surveys, and a call to who is unhappy",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "CRM IR contributors",
    "license": "LGPL-3",
    "depends": ["crm_ir_loyalty", "survey"],
    "data": [
        "security/ir.model.access.csv",
        "report/crm_ir_satisfaction_report_views.xml",
        "views/survey_question_views.xml",
        "views/survey_survey_views.xml",
    ],
    "auto_install": True,
}
