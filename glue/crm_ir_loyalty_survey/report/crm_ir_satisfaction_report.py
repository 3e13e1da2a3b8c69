from odoo import fields, models
from odoo.tools import SQL

from ..const import UNHAPPY_UP_TO


class CrmIrSatisfactionReport(models.Model):
    """One row for each answer that measures satisfaction.

    The average of ``index`` is the measure itself: NPS from -100 to 100 (promoters less
    detractors in per cent), CSAT in per cent of those who are satisfied, CES from 1 to 7.
    """

    _name = "crm.ir.satisfaction.report"
    _description = "Satisfaction"
    _auto = False
    _rec_name = "partner_id"
    _order = "date desc, id desc"
    _depends = {
        "res.partner": ["user_id"],
        "survey.question": ["l10n_ir_measure"],
        "survey.user_input": [
            "end_datetime",
            "partner_id",
            "state",
            "survey_id",
            "test_entry",
        ],
        "survey.user_input.line": [
            "answer_type",
            "question_id",
            "skipped",
            "user_input_id",
            "value_scale",
        ],
    }

    date = fields.Datetime("Answered", readonly=True)
    measure = fields.Selection(
        [("nps", "NPS"), ("csat", "CSAT"), ("ces", "CES")], readonly=True
    )
    answer = fields.Integer(readonly=True, aggregator="avg")
    index = fields.Float("Measure's Value", readonly=True, aggregator="avg")
    unhappy = fields.Boolean(readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    user_id = fields.Many2one("res.users", "Salesperson", readonly=True)
    survey_id = fields.Many2one("survey.survey", readonly=True)
    question_id = fields.Many2one("survey.question", readonly=True)

    @property
    def _table_query(self):
        unhappy = SQL(" OR ").join(
            SQL(
                "question.l10n_ir_measure = %s AND line.value_scale <= %s",
                measure,
                most,
            )
            for measure, most in UNHAPPY_UP_TO.items()
        )
        return SQL(
            """
            SELECT line.id,
                   answer.end_datetime AS date,
                   question.l10n_ir_measure AS measure,
                   line.value_scale AS answer,
                   CASE question.l10n_ir_measure
                       WHEN 'nps' THEN CASE WHEN line.value_scale >= 9 THEN 100
                                            WHEN line.value_scale <= 6 THEN -100
                                            ELSE 0 END
                       WHEN 'csat' THEN CASE WHEN line.value_scale >= 4 THEN 100
                                             ELSE 0 END
                       ELSE line.value_scale
                   END AS index,
                   %(unhappy)s AS unhappy,
                   answer.partner_id,
                   partner.user_id,
                   answer.survey_id,
                   line.question_id
              FROM survey_user_input_line line
              JOIN survey_user_input answer ON answer.id = line.user_input_id
              JOIN survey_question question ON question.id = line.question_id
         LEFT JOIN res_partner partner ON partner.id = answer.partner_id
             WHERE question.l10n_ir_measure IS NOT NULL
               AND line.answer_type = 'scale'
               AND line.skipped IS NOT TRUE
               AND answer.state = 'done'
               AND answer.test_entry IS NOT TRUE
            """,
            unhappy=unhappy,
        )
