from odoo import http
from odoo.http import content_disposition, request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class CrmIrLoyalty(http.Controller):
    @http.route(
        "/crm_ir_loyalty/workbook",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def workbook(self):
        """The customers of the current company as an .xlsx with charts."""
        stats = request.env["crm.ir.customer.stat"]
        stats.check_access("read")
        name = request.env._("Customer Value")
        return request.make_response(
            stats._workbook(request.env.company),
            [
                ("Content-Type", XLSX),
                ("Content-Disposition", content_disposition(f"{name}.xlsx")),
            ],
        )
