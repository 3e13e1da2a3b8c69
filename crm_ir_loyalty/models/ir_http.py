from odoo import models

from ..hooks import translate_stock_code


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def _register_hook(self):
        # as each database with this module is loaded, however its code was imported
        translate_stock_code()
        return super()._register_hook()

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        # The portal shows stock's dialog of a card; stock does not send its terms there.
        return [*super()._get_translation_frontend_modules_name(), "loyalty"]
