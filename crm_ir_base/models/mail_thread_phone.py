import re

from odoo import models
from odoo.fields import Domain

from odoo.addons.phone_validation.models.mail_thread_phone import PHONE_REGEX_PATTERN

from ..tools import text


class MailThreadPhone(models.AbstractModel):
    _inherit = "mail.thread.phone"

    def _compute_blacklisted(self):
        """Override of `phone_validation`, which looks at the last number field alone."""
        result = super()._compute_blacklisted()
        fnames = self._phone_get_number_fields()
        for record in self.filtered("phone_sanitized_blacklisted"):
            record.phone_blacklisted = any(
                record._phone_format(fname=fname) == record.phone_sanitized
                for fname in fnames
            )
        return result

    def _search_phone_mobile_search(self, operator, value):
        """Override of `phone_validation`: find an Iranian number typed with its 0.

        Numbers are stored as +98 and the rest; any digits may be typed.
        """
        if not isinstance(value, str):
            return super()._search_phone_mobile_search(operator, value)
        value = text.normalize(value)
        domain = super()._search_phone_mobile_search(operator, value)
        number = re.sub(PHONE_REGEX_PATTERN, "", value)
        if not re.match("0[1-9]", number):
            return domain
        number = "+98" + number[1:]
        if operator in Domain.NEGATIVE_OPERATORS:
            # stock finds everything for a negative operator on a number with its +
            operator = "=" if operator == "!=" else operator.removeprefix("not ")
            return domain & ~super()._search_phone_mobile_search(operator, number)
        return domain | super()._search_phone_mobile_search(operator, number)
