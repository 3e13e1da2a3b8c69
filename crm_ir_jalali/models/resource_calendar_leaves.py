from odoo import fields, models


class ResourceCalendarLeaves(models.Model):
    _inherit = "resource.calendar.leaves"

    l10n_ir_holiday = fields.Char(
        "Iranian Public Holiday",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Name by which the import of public holidays recognises this one.",
    )
    l10n_ir_estimated = fields.Boolean(
        "Estimated",
        help="The date is computed and may be a day earlier or later: it depends on the "
        "sighting of the moon. Correct it and clear the mark once it is announced.",
    )
