from odoo import api, fields, models


class CrmIrCustomerStatCampaign(models.TransientModel):
    """Make a mailing list of customers and begin a text campaign to it."""

    _name = "crm.ir.customer.stat.campaign"
    _description = "Campaign to a Segment"

    name = fields.Char("Mailing List", required=True)
    stat_domain = fields.Char("Segment", required=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    holdout = fields.Integer("Hold-out", default=10)
    customers = fields.Integer(compute="_compute_customers")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if self.env.context.get("active_model") == "crm.ir.customer.stat":
            values["stat_domain"] = repr(self._chosen())
        return values

    @api.model
    def _chosen(self):
        """Domain of the chosen customers: that of the list, which goes on changing,
        where all of it was chosen; else those people."""
        context = self.env.context
        stats = self.env["crm.ir.customer.stat"]
        domain, chosen = context.get("active_domain"), context["active_ids"]
        # of a longer list the web client names the first so many, though all are meant
        most = self.env["ir.config_parameter"].sudo().get_param("web.active_ids_limit")
        if domain is not None and (
            len(chosen) >= int(most or 20000)
            or stats.search_count(domain, limit=len(chosen) + 1) == len(chosen)
        ):
            return domain
        return [("partner_id", "in", stats.browse(chosen).partner_id.ids)]

    @api.depends("company_id", "stat_domain")
    def _compute_customers(self):
        for campaign in self:
            campaign.customers = self.env["crm.ir.customer.stat"].search_count(
                campaign._list()._l10n_ir_stat_domain()
            )

    def _list(self):
        return self.env["mailing.list"].new(self._list_values())

    def _list_values(self):
        return {
            "name": self.name,
            "l10n_ir_company_id": self.company_id.id,
            "l10n_ir_holdout": self.holdout,
            "l10n_ir_stat_domain": self.stat_domain,
        }

    def action_text(self):
        """Make the list and open a new text campaign to it."""
        segment = self.env["mailing.list"].create(self._list_values())
        segment.action_l10n_ir_refresh()
        return segment.action_send_mailing_sms()
