from odoo import api, fields, models


class CrmIrCustomerTouch(models.Model):
    """Whose purchases changed since the last run; a row without a contact means all.

    Rows are only added, in the transaction of the change, and removed by the run that
    sees them. So nobody waits for anybody, and a change that is committed during a run
    is found by the next one, which dates of writing could not promise.
    """

    _name = "crm.ir.customer.touch"
    _description = "Customer to Recompute"
    _log_access = False

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner", "Contact", readonly=True, ondelete="cascade", index=True
    )

    @api.model
    def _add(self, pairs):
        """Have customers recomputed.

        :param pairs: iterable of (company, contact); an empty contact means all
        """
        self.sudo().create(
            [
                {"company_id": company.id, "partner_id": partner.id}
                for company, partner in dict.fromkeys(pairs)
            ]
        )
