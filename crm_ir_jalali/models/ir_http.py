from odoo import api, models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        return super().session_info() | self._crm_ir_date_style()

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
