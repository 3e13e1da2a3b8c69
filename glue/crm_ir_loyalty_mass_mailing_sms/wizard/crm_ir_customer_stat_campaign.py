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
        context = self.env.context
        if context.get("active_model") == "crm.ir.customer.stat":
            values["stat_domain"] = repr(
                context.get("active_domain") or [("id", "in", context["active_ids"])]
            )
        return values

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
