from typing import Literal, NamedTuple

from odoo import api, fields, models
from odoo.tools import OrderedSet
from odoo.tools.misc import get_lang


class DateStyle(NamedTuple):
    """How dates are written for a reader."""

    jalali: bool
    digits: Literal["latn", "arabext"]
    lang: Literal["fa", "en"]


class ResLang(models.Model):
    _inherit = "res.lang"

    calendar = fields.Selection(
        [("gregorian", "Gregorian"), ("jalali", "Jalali (Solar Hijri)")],
        default="gregorian",
        help="Calendar in which users of this language read and type dates. "
        "Each user may choose another one in their preferences.",
    )
    digits = fields.Selection(
        [("latn", "Latin (0-9)"), ("arabext", "Persian (۰-۹)")],
        string="Digits of Dates",
        default="latn",
        help="Digits of Jalali dates. Dates are read in all digits.",
    )

    @property
    def CACHED_FIELDS(self):
        return super().CACHED_FIELDS | OrderedSet(["calendar", "digits"])

    @api.model
    def _date_style(self) -> DateStyle:
        """How dates are written in the language of this environment.

        A user's own preference counts where the user's own language is written, not in
        what is written for somebody else, such as an e-mail to a customer.
        """
        lang = get_lang(self.env)
        own = self.env.context if lang.code == self.env.user.lang else {}
        return DateStyle(
            jalali=own.get("crm_ir_calendar", lang.calendar) == "jalali",
            digits=own.get("crm_ir_digits", lang.digits) or "latn",
            lang="fa" if lang.code.startswith("fa") else "en",
        )
