from odoo import fields, models


class CrmIrDateRepair(models.Model):
    """What the repair of dates did, or could not do. Nobody may change it."""

    _name = "crm.ir.date.repair"
    _inherit = ["crm.ir.date.change"]
    _description = "Repaired Date"
    _order = "id desc"
    _rec_name = "field_label"

    new_value = fields.Char()
    old_value = fields.Char()
    result = fields.Selection(
        [
            ("corrected", "Corrected"),
            ("undone", "Undone"),
            ("changed", "Changed by somebody else"),
            ("failed", "Refused"),
        ],
        required=True,
        readonly=True,
    )

    def action_undo(self):
        """Write the old values again where nobody changed the new ones."""
        self.check_access("read")
        corrected = self.filtered(lambda entry: entry.result == "corrected")
        reverse = (
            self.env["crm.ir.date.repair.finding"]
            .sudo()
            .create(
                [
                    entry._copied()
                    | {"old_value": entry.new_value, "new_value": entry.old_value}
                    for entry in corrected
                ]
            )
        )
        log = reverse._apply("undone")
        reverse.exists().unlink()
        return log._notify()

    def _notify(self):
        """Tell how many were written, and show the list anew."""
        count = len(
            self.filtered(lambda entry: entry.result in ("corrected", "undone"))
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if count == len(self) else "warning",
                "message": self.env._(
                    "%(done)s of %(tried)s dates were written.",
                    done=count,
                    tried=len(self),
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
