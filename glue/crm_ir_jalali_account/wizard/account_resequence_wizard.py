import json

from odoo import api, models
from odoo.tools.misc import format_date

from odoo.addons.crm_ir_base.tools import jalali

from ..models.account_move import JalaliReset


class AccountResequenceWizard(models.TransientModel):
    _inherit = "account.resequence.wizard"

    @api.depends("first_name", "move_ids", "sequence_number_reset")
    def _compute_new_values(self):
        """Stock groups the entries by Gregorian years and months."""
        result = super()._compute_new_values()
        for wizard in self.filtered("first_name"):
            reset = wizard.move_ids[0]._deduce_sequence_number_reset(wizard.first_name)
            if isinstance(reset, JalaliReset):
                wizard.new_values = json.dumps(wizard._l10n_ir_new_values(reset))
        return result

    def _l10n_ir_new_values(self, reset):
        """New names by period, as stock: the first period begins at the first name."""
        moves = self.move_ids._origin
        number, values = moves[0]._get_sequence_format_param(self.first_name)
        periods = moves.grouped(lambda move: jalali.start_of(move.date, reset))
        new_values = {}
        for start, period in sorted(periods.items()):
            year, month, _day = jalali.to_jalali(start)
            first = values["seq"] if start == min(periods) else 1
            names = [
                number.format(
                    **values | {"year": year, "month": month, "seq": first + offset}
                )
                for offset in range(len(period))
            ]
            by_name = period.sorted(lambda m: (m.sequence_prefix, m.sequence_number))
            by_date = period.sorted(lambda m: (m.date, m.name or "", m.id))
            for move, name in zip(by_name, names, strict=True):
                new_values[move.id] = {
                    "id": move.id,
                    "current_name": move.name,
                    "state": move.state,
                    "date": format_date(self.env, move.date),
                    "server-date": str(move.date),
                    "server-year-start-date": str(start),
                    "new_by_name": name,
                }
            for move, name in zip(by_date, names, strict=True):
                new_values[move.id]["new_by_date"] = name
        return new_values
