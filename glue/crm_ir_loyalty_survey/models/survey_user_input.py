from odoo import fields, models

from ..const import UNHAPPY_UP_TO


class SurveyUserInput(models.Model):
    _inherit = "survey.user_input"

    def _mark_done(self):
        result = super()._mark_done()
        for answer in self.sudo().filtered(lambda one: not one.test_entry):
            answer._l10n_ir_follow_up()
        return result

    def _l10n_ir_follow_up(self):
        """Have somebody call a customer who is unhappy within one working day."""
        unhappy = self.user_input_line_ids.filtered(
            lambda line: (
                line.question_id.l10n_ir_measure
                and not line.skipped
                and line.value_scale <= UNHAPPY_UP_TO[line.question_id.l10n_ir_measure]
            )
        )
        responsible = self.partner_id.user_id or self.survey_id.user_id
        if not (unhappy and self.partner_id and responsible):
            return
        worst = min(unhappy, key=lambda line: line.value_scale)
        self.partner_id.activity_schedule(
            "mail.mail_activity_data_call",
            # the working day that begins now, and one more
            responsible.company_id.resource_calendar_id.plan_days(
                2, fields.Datetime.now(), compute_leaves=True
            ).date(),
            summary=self.with_context(lang=responsible.lang).env._(
                "Unhappy: %(answer)s of %(most)s",
                answer=worst.value_scale,
                most=worst.question_id.scale_max,
            ),
            note=worst.question_id.with_context(lang=responsible.lang).title,
            user_id=responsible.id,
        )
