from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..const import SCALES


class SurveyQuestion(models.Model):
    _inherit = "survey.question"

    l10n_ir_measure = fields.Selection(
        [
            ("nps", "Recommendation (NPS, 0 to 10)"),
            ("csat", "Satisfaction (CSAT, 1 to 5)"),
            ("ces", "Ease (CES, 1 to 7)"),
        ],
        "Measure of Satisfaction",
        help="Which measure the answers count for. The scale follows from it.",
    )

    @api.constrains("l10n_ir_measure", "question_type", "scale_max", "scale_min")
    def _check_l10n_ir_measure(self):
        for question in self.filtered("l10n_ir_measure"):
            low, high = SCALES[question.l10n_ir_measure]
            if question.question_type != "scale":
                raise ValidationError(
                    self.env._(
                        "«%(question)s» measures satisfaction: choose the type Scale.",
                        question=question.title,
                    )
                )
            if (question.scale_min, question.scale_max) != (low, high):
                raise ValidationError(
                    self.env._(
                        "«%(question)s» measures satisfaction: its scale goes from"
                        " %(low)s to %(high)s.",
                        question=question.title,
                        low=low,
                        high=high,
                    )
                )

    @api.onchange("l10n_ir_measure")
    def _onchange_l10n_ir_measure(self):
        if self.l10n_ir_measure:
            self.scale_min, self.scale_max = SCALES[self.l10n_ir_measure]
