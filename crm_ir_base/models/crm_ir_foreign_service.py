from odoo import api, fields, models


class CrmIrForeignService(models.Model):
    """A service abroad that stock Odoo calls by itself or on an ordinary click.

    ``parameters`` maps system parameters to the values that silence the service; its
    switch writes them and, when it is turned back, restores what was there before. Where
    stock reads an endpoint, ``blocked:`` takes its place: no transport accepts it, so that
    stock finds the service unreachable before a connection is opened. Where stock has no
    such parameter, ours (``crm_ir_base.no_<service>``) is read by the code that would
    call. A switch therefore also holds for a module that is installed later.

    Services that need a key or an account of the customer (Google, Twilio, foreign
    payment providers) are not listed: they call nothing until somebody chooses them.
    """

    _name = "crm.ir.foreign.service"
    _description = "Foreign Service"
    _order = "module, name, id"

    name = fields.Char(required=True, translate=True)
    leaving_data = fields.Char(string="What Leaves", required=True, translate=True)
    host = fields.Char(required=True)
    module = fields.Char(required=True, help="Technical name of the module that calls.")
    parameters = fields.Json(required=True)
    previous_parameters = fields.Json()
    blocked = fields.Boolean(compute="_compute_blocked", inverse="_inverse_blocked")

    @api.depends("parameters")
    def _compute_blocked(self):
        for service in self:
            service.blocked = service._is_silent()

    def _inverse_blocked(self):
        set_param = self.env["ir.config_parameter"].sudo().set_param
        for service in self:
            if service.blocked == service._is_silent():
                continue
            if service.blocked:
                service.previous_parameters = {
                    key: set_param(key, value)
                    for key, value in service.parameters.items()
                }
            else:
                for key, value in service.previous_parameters.items():
                    set_param(key, value)
        # stylesheets differ with and without web fonts
        self.env.registry.clear_cache("assets")

    def _is_silent(self):
        get_param = self.env["ir.config_parameter"].sudo().get_param
        return all(get_param(key) == value for key, value in self.parameters.items())

    @api.model
    def _uninstall(self):
        """Give every service back as it was found."""
        self.search([]).filtered("blocked").blocked = False
