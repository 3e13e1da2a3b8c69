from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        # The portal shows stock's dialog of a card; stock does not send its terms there.
        return [*super()._get_translation_frontend_modules_name(), "loyalty"]
