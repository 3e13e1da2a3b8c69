from odoo import models


class ResourceCalendarLeaves(models.Model):
    _inherit = "resource.calendar.leaves"

    def _prepare_public_holidays_values(self, vals_list):
        """Override: imported holidays are of the working hours' time zone already."""
        typed = [vals for vals in vals_list if not vals.get("l10n_ir_holiday")]
        super()._prepare_public_holidays_values(typed)
        return vals_list
