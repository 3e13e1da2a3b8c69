from secrets import randbelow

from odoo import fields, models

# so many that two of them are never the same
_DIGITS = 16


class LoyaltyGenerateWizard(models.TransientModel):
    """Codes that people can read out and type on any keyboard."""

    _inherit = "loyalty.generate.wizard"

    l10n_ir_digits = fields.Boolean(
        "Codes of Digits",
        default=lambda self: self.env.company.country_id.code == "IR",
        help="16 random digits, to be read out on the phone and typed in Persian or"
        " Latin digits, with or without blanks.",
    )

    def _get_coupon_values(self, partner):
        values = super()._get_coupon_values(partner)
        if self.l10n_ir_digits:
            values["code"] = str(randbelow(10**_DIGITS)).zfill(_DIGITS)
        return values
