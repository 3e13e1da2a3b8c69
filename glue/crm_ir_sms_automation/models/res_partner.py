from odoo import api, fields, models

from odoo.addons.crm_ir_base.tools import jalali

_MOST_YEARS = 120


class ResPartner(models.Model):
    _inherit = "res.partner"

    l10n_ir_birthday_wished = fields.Date(
        string="Birthday Wished by SMS", readonly=True, copy=False
    )

    @api.model
    def _l10n_ir_wish_birthdays(self):
        """Text those whose birthday it is in Tehran, once a day."""
        template = self.env.ref(
            "crm_ir_sms_automation.sms_template_birthday", raise_if_not_found=False
        )
        if not template:
            return
        today = fields.Date.context_today(self.with_context(tz="Asia/Tehran"))
        partners = self.search(
            [
                ("birthdate_date", "in", _births(today)),
                ("is_company", "=", False),
                ("phone", "!=", False),
                "|",
                ("l10n_ir_birthday_wished", "=", False),
                ("l10n_ir_birthday_wished", "<", today),
            ]
        )
        if not partners:
            return
        partners._message_sms_schedule_mass(
            template=template, mass_keep_log=False, l10n_ir_purpose="promotional"
        )
        partners.l10n_ir_birthday_wished = today


def _births(today):
    """The days of birth that are celebrated ``today``, by the Jalali calendar."""
    year, month, day = jalali.to_jalali(today)
    days = {day}
    if jalali.days_in_month(year, month) == 29 == day:
        days.add(30)  # of Esfand, which a common year lacks
    return [
        jalali.to_gregorian(birth_year, month, birth_day)
        for birth_year in range(year - _MOST_YEARS, year)
        for birth_day in days
        if birth_day <= jalali.days_in_month(birth_year, month)
    ]
