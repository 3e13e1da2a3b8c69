from collections import defaultdict

from odoo import api, fields, models

from odoo.addons.crm_ir_loyalty.tools import satisfaction

_ESTIMATES = {
    "nps": satisfaction.nps,
    "csat": satisfaction.csat,
    "ces": satisfaction.ces,
}


class SurveySurvey(models.Model):
    _inherit = "survey.survey"

    l10n_ir_satisfaction = fields.Text(
        "Satisfaction",
        compute="_compute_l10n_ir_satisfaction",
        groups="survey.group_survey_user,sales_team.group_sale_manager",
        help="Each measure with the range in which it lies with 95 % certainty.",
    )

    @api.depends("question_and_page_ids.l10n_ir_measure", "user_input_ids.state")
    def _compute_l10n_ir_satisfaction(self):
        counts = defaultdict(lambda: defaultdict(dict))
        for survey, measure, answer, count in self.env[
            "crm.ir.satisfaction.report"
        ]._read_group(
            [("survey_id", "in", self.ids)],
            ["survey_id", "measure", "answer"],
            ["__count"],
        ):
            counts[survey][measure][answer] = count
        for survey in self:
            survey.l10n_ir_satisfaction = "\n".join(
                self._l10n_ir_sentence(measure, counts[survey][measure])
                for measure in _ESTIMATES
                if counts[survey][measure]
            )

    def _l10n_ir_sentence(self, measure, counts):
        estimate = _ESTIMATES[measure](counts)
        if not estimate:
            return self.env._(
                "%(measure)s: %(have)s of the %(need)s answers that a figure needs",
                measure=measure.upper(),
                have=sum(counts.values()),
                need=satisfaction.MIN_ANSWERS,
            )
        return self.env._(
            "%(measure)s: %(value)s (between %(low)s and %(high)s, %(count)s answers)",
            measure=measure.upper(),
            value=round(estimate.value, 1),
            low=round(estimate.low, 1),
            high=round(estimate.high, 1),
            count=estimate.answers,
        )
