from odoo import models


class CrmIrLoyaltyMovement(models.Model):
    _inherit = "crm.ir.loyalty.movement"

    def _is_undone(self):
        """Whether an award was taken back because its own document is not valid any more."""
        self.ensure_one()
        return bool(
            self.res_id
            and self._of_kind("revoke").filtered(
                lambda row: (row.res_model, row.res_id) == (self.res_model, self.res_id)
            )
        )
