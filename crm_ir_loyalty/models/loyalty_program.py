from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import split_every

from odoo.addons.crm_ir_base.tools import jalali

# the types of programs whose cards hold a balance
_BALANCES = ("loyalty", "gift_card", "ewallet")


class LoyaltyProgram(models.Model):
    """How long what a program gives is pending, and how long it can be spent."""

    _inherit = "loyalty.program"

    l10n_ir_pending_days = fields.Integer(
        "Pending Days",
        help="Points that a sale or an event earned can be spent so many days later,"
        " such as after the time in which goods come back.",
    )
    l10n_ir_validity_count = fields.Integer(
        "Points Validity",
        default=1,
        help="In days: as long as this. In months, seasons or years: until the end of"
        " the Jalali period so many after the one in which points become available; 1"
        " season is the end of next season, and 0 that of the present one.",
    )
    l10n_ir_validity_unit = fields.Selection(
        [
            ("day", "Days"),
            ("month", "Months"),
            ("quarter", "Seasons"),
            ("year", "Years"),
        ],
        "Validity Unit",
        help="Empty: points do not expire.",
    )

    @api.constrains(
        "l10n_ir_pending_days", "l10n_ir_validity_count", "l10n_ir_validity_unit"
    )
    def _check_l10n_ir_days(self):
        for program in self:
            days = program.l10n_ir_pending_days, program.l10n_ir_validity_count
            if not all(0 <= number <= 3650 for number in days) or (
                program.l10n_ir_validity_unit != "day"
                and program.l10n_ir_validity_count > 99
            ):
                raise ValidationError(
                    self.env._(
                        "Points of %(program)s are pending for 0 to 3650 days, and valid"
                        " for up to 3650 days or 99 months, seasons or years.",
                        program=program.name,
                    )
                )

    def write(self, vals):
        result = super().write(vals)
        if "program_type" in vals:
            self._l10n_ir_open_cards()
        return result

    def _l10n_ir_open_cards(self):
        """Begin the ledgers of all cards of those programs that keep one."""
        keepers = self.filtered(lambda program: program._l10n_ir_keeps_ledger())
        cards = self.env["loyalty.card"].sudo().with_context(active_test=False)
        for ids in split_every(
            10_000, cards.search([("program_id", "in", keepers.ids)]).ids
        ):
            cards.browse(ids)._l10n_ir_open()

    def _l10n_ir_keeps_ledger(self):
        """Whether the cards hold a balance: points of a person, or money.

        The points of coupons, promotions and codes only count how often one is used.
        """
        return self.program_type in _BALANCES

    def _l10n_ir_available_on(self, day):
        """From when points that are earned on a day can be spent."""
        return fields.Date.add(day, days=self.l10n_ir_pending_days)

    def _l10n_ir_expires_on(self, day):
        """Until when points that become available on a day can be spent, or False."""
        unit, count = self.l10n_ir_validity_unit, self.l10n_ir_validity_count
        if not unit:
            return False
        if unit == "day":
            return fields.Date.add(day, days=count)
        months = {"month": 1, "quarter": 3, "year": 12}[unit]
        start = jalali.start_of(day, unit)
        return jalali.end_of(jalali.add(start, months=count * months), unit)
