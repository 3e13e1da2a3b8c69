from odoo import api, models
from odoo.http import request

from .reader import OWN_CHOICE


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        """Sessions keep the context of the login; the user may have chosen since."""
        result = super()._pre_dispatch(rule, args)
        if uid := request.env.uid or request.session.uid:
            now = request.env["res.users"].with_user(uid).context_get()
            context = {
                **{k: v for k, v in request.env.context.items() if k not in OWN_CHOICE},
                **{k: v for k, v in now.items() if k in OWN_CHOICE},
            }
            if context != request.env.context:
                request.update_env(context=context)
        return result

    def session_info(self):
        info = super().session_info() | self._crm_ir_date_style()
        companies = info.get("user_companies", {}).get("allowed_companies", {})
        for company in self._l10n_ir_companies_with_holidays(list(companies)):
            companies[company.id]["l10n_ir_holidays"] = True
        return info

    @api.model
    def get_frontend_session_info(self):
        return super().get_frontend_session_info() | self._crm_ir_date_style()

    def _crm_ir_date_style(self):
        """The style of this user in this language, for the browser.

        It is not among the language parameters: those are kept in the browser's cache
        and shared between users.
        """
        style = self.env["res.lang"]._date_style()
        return {
            "crm_ir_calendar": "jalali" if style.jalali else "gregorian",
            "crm_ir_digits": style.digits,
        }

    def _l10n_ir_companies_with_holidays(self, company_ids):
        """Companies that imported public holidays: their calendars show closed days."""
        groups = (
            self.env["resource.calendar.leaves"]
            .sudo()
            ._read_group(
                [("company_id", "in", company_ids), ("l10n_ir_holiday", "!=", False)],
                ["company_id"],
            )
        )
        return [company for (company,) in groups]
