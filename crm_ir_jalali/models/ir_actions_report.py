from odoo import api, models

from .reader import for_any_reader


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    @api.model
    def _render_qweb_html(self, report_ref, docids, data=None):
        """Override: the language of the document decides, whoever prints."""
        return super(IrActionsReport, for_any_reader(self))._render_qweb_html(
            report_ref, docids, data=data
        )

    @api.model
    def _render_qweb_text(self, report_ref, docids, data=None):
        """Override: the language of the document decides, whoever prints."""
        return super(IrActionsReport, for_any_reader(self))._render_qweb_text(
            report_ref, docids, data=data
        )
