from odoo import http
from odoo.http import request

from odoo.addons.html_editor.controllers.main import HTML_Editor


class HtmlEditor(HTML_Editor):
    @http.route()
    def link_preview_metadata(self, preview_url):
        if _is_blocked("link_preview"):
            return False
        return super().link_preview_metadata(preview_url)

    @http.route()
    def media_library_search(self, **params):
        if _is_blocked("media_library"):
            return {"error": 503}
        return super().media_library_search(**params)


def _is_blocked(service):
    get_param = request.env["ir.config_parameter"].sudo().get_param
    return bool(get_param(f"crm_ir_base.no_{service}"))
