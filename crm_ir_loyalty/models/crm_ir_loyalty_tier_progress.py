from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from ..tools.periods import last_day, windows


class CrmIrLoyaltyTier(models.Model):
    """How far a member is on the way to a tier, and how long they keep it."""

    _inherit = "crm.ir.loyalty.tier"

    def _measured(self, partner, window):
        """What a member bought and earned in a window: amount, single, days, points (see
        `loyalty.program._l10n_ir_measure`), and whether that has reached this tier."""
        measure = self.program_id._l10n_ir_measure(*window, partner)
        [measured] = self.env.execute_query_dict(
            SQL(
                """
                WITH member AS (SELECT %s AS partner_id)
                SELECT amount, single, days, points, %s AS reached
                  FROM (%s) AS measure
                """,
                partner.id,
                self._condition(),
                measure,
            )
        )
        return measured

    def _progress(self, partner, day):
        """The conditions of this tier in the window that runs on `day`.

        :return: the first day of the window, None for "since ever", and a list of
            (measure, have, need) of what the tier asks
        """
        self.ensure_one()
        window = windows(self.period, self.months, day)[0]
        measured = self._measured(partner, window)
        needs = {
            "amount": self.minimum_amount,
            "single": self.minimum_single,
            "days": self.minimum_days,
            "points": self.minimum_points,
        }
        return window[0], [
            (measure, max(float(measured[measure]), 0), need)
            for measure, need in needs.items()
            if need
        ]

    def _kept_until(self, membership, day):
        """The last day on which a member has this tier without buying anything more,
        False where the tier does not tell."""
        self.ensure_one()
        days = [membership.fixed_until, membership.grace_until]
        if self.period not in ("rolling", "ever") and not membership.grace_until:
            periods = windows(self.period, self.months, day)
            for later, window in zip((1, 0), periods, strict=True):
                if self._measured(membership.partner_id, window)["reached"]:
                    last = last_day(day, later, self.period)
                    days.append(last + timedelta(self.grace_days))
                    break
        return max(filter(None, days), default=False)
