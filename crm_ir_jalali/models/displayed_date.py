import re
from copy import deepcopy

import babel.dates

from odoo.exceptions import ValidationError
from odoo.tools import misc

from odoo.addons.crm_ir_base.models.import_messages import MESSAGES
from odoo.addons.crm_ir_base.tools import jalali_text
from odoo.addons.crm_ir_base.tools.jalali import JalaliError
from odoo.addons.crm_ir_base.tools.text import to_latin_digits

from .date_format import date_style

_FIELDS = {
    "y": r"(?P<year>[0-9]{2,4})",
    "M": r"(?P<month>[0-9]{1,2}|[^\W\d_]+)",
    "d": r"(?P<day>[0-9]{1,2})",
    "E": r"\D+?",
}


def _date_form(lang):
    """A regular expression of dates as the language displays them."""
    locale = misc.babel_locale_parse(lang.code)
    pattern = misc.posix_to_ldml(lang.date_format, locale=locale)
    return re.compile(
        "".join(
            _FIELDS.get(value[0], "") if kind == "field" else re.escape(value)
            for kind, value in babel.dates.tokenize_pattern(pattern)
        )
    )


def gregorian_element(env, element):
    """Rewrite the Jalali date that an edited page displays as stock reads it back.

    Stock reads by the format of the user's language; the page may be in another one. A
    Gregorian date, of a day that has no Jalali name or of a Gregorian language, stays.

    :param element: lxml element, which is not changed
    :raises ValidationError: for a Jalali date that does not exist
    """
    own = misc.get_lang(env, env.user.lang)
    text = to_latin_digits(element.text_content().strip())
    for lang in (misc.get_lang(env), own):
        match = date_style(env, lang.code).jalali and _date_form(lang).match(text)
        if not match:
            continue
        year, month, day = match["year"], match["month"], match["day"]
        parts = (year, month, day) if month.isdigit() else (day, month, year)
        try:
            gregorian = jalali_text.parse_date(" ".join(parts))
        except JalaliError as error:
            if error.reason in ("gregorian", "year"):
                continue
            message = env._(MESSAGES[error.reason])
            raise ValidationError(message % error.values) from error
        element = deepcopy(element)
        del element[:]
        element.text = gregorian.strftime(own.date_format) + text[match.end() :]
        break
    return element
