"""Odoo's functions that write and read dates, for readers of the Jalali calendar.

Odoo hands dates over to Babel, which only knows Gregorian ones. Here the Jalali date is
written into Babel's pattern as literal text; the time, its zone and the names of the
weekdays remain Babel's work.
"""

import re
import sys
from datetime import date
from functools import wraps

import babel.dates

from odoo.tools import misc

from odoo.addons.crm_ir_base.tools import jalali_text
from odoo.addons.crm_ir_base.tools.jalali import MAX_DATE, MIN_DATE, JalaliError

_WIDTHS = ("full", "long", "medium", "short")
_ERAS = {"fa": "ه\u200d.ش.", "en": "AP"}
_ISO_8601 = re.compile(r"[yYu]+-MM-dd")
_SAME_FIELDS = str.maketrans("YuLq", "yyMQ")
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def date_style(env, lang_code=None):
    """How dates are written in a language, None for a database without this module.

    `lang_code` defaults to the language of `env`.
    """
    Lang = env["res.lang"]
    if not hasattr(Lang, "_date_style"):
        return None
    lang = misc.get_lang(env, lang_code)
    return Lang.with_context(lang=lang.code)._date_style()


def is_jalali(style, day: date) -> bool:
    """Whether a reader of this style sees this day as Jalali."""
    return bool(style and style.jalali and MIN_DATE <= day <= MAX_DATE)


def is_iso_8601(pattern) -> bool:
    """Whether a given pattern asks for ISO 8601, which knows the Gregorian calendar only.

    Such dates are for machines: codes on foreign invoices, names of files.
    """
    return bool(pattern and _ISO_8601.search(pattern))


def _field(char: str, width: int, day: date, lang: jalali_text.Lang) -> str | None:
    """A field of an LDML pattern, None for those that are the same in both calendars."""
    char = char.translate(_SAME_FIELDS)
    if char == "G":
        return _ERAS[lang]
    if char == "y":
        token = "yy" if width == 2 else "y"
    elif char == "M":
        token = char * min(width, 4)
    elif char == "Q":
        token = "QQQQ"
    elif char == "d":
        token = char * width
    else:
        return None
    return jalali_text.format_date(day, token, lang=lang)


def jalali_pattern(day: date, pattern: str, lang: jalali_text.Lang) -> str:
    """Write the Jalali date of `day` into an LDML pattern, as literal text.

    Weeks of the year stay those of ISO 8601. Raises JalaliError "range".
    """
    tokens = []
    for kind, value in babel.dates.tokenize_pattern(pattern):
        text = _field(*value, day, lang) if kind == "field" else None
        tokens.append((kind, value) if text is None else ("chars", text))
    return babel.dates.untokenize_pattern(tokens)


def with_digits(text: str, style) -> str:
    """Write the digits of a formatted date as the reader likes them."""
    return text.translate(_PERSIAN_DIGITS) if style.digits == "arabext" else text


def _date_pattern(pattern, lang, locale):
    if not pattern:
        return misc.posix_to_ldml(lang.date_format, locale=locale)
    if pattern in _WIDTHS:
        return babel.dates.get_date_format(pattern, locale=locale).pattern
    return pattern


def _datetime_pattern(pattern, lang, locale):
    if not pattern or pattern == "medium":  # as stock has it
        parts = (lang.date_format, lang.time_format)
        return " ".join(misc.posix_to_ldml(part, locale=locale) for part in parts)
    if pattern in _WIDTHS:
        whole = str(babel.dates.get_datetime_format(pattern, locale=locale))
        clock = babel.dates.get_time_format(pattern, locale=locale).pattern
        day = babel.dates.get_date_format(pattern, locale=locale).pattern
        return whole.replace("{0}", clock).replace("{1}", day)
    return pattern


def _write(env, lang_code, pattern_of, pattern, write):
    """Have stock's `write` format a Jalali pattern, or the `pattern` that it was given.

    :param write: function of an LDML pattern
    """
    style = date_style(env, lang_code)
    if not style or not style.jalali or is_iso_8601(pattern):
        return write(pattern)
    iso = write("yyyy-MM-dd")
    if not iso or not is_jalali(style, day := date.fromisoformat(iso)):
        return write(pattern)
    lang = misc.get_lang(env, lang_code)
    pattern = pattern_of(pattern, lang, misc.babel_locale_parse(lang.code))
    return with_digits(write(jalali_pattern(day, pattern, style.lang)), style)


_stock_format_date = misc.format_date
_stock_format_datetime = misc.format_datetime
_stock_parse_date = misc.parse_date


@wraps(_stock_format_date)
def format_date(env, value, lang_code=None, date_format=False):
    def write(pattern):
        return _stock_format_date(env, value, lang_code, pattern)

    return _write(env, lang_code, _date_pattern, date_format, write)


@wraps(_stock_format_datetime)
def format_datetime(env, value, tz=False, dt_format="medium", lang_code=None):
    def write(pattern):
        return _stock_format_datetime(env, value, tz, pattern, lang_code)

    return _write(env, lang_code, _datetime_pattern, dt_format, write)


@wraps(_stock_parse_date)
def parse_date(env, value, lang_code=None):
    style = date_style(env, lang_code)
    if not style or not style.jalali:
        return _stock_parse_date(env, value, lang_code)
    try:
        return jalali_text.parse_date(value, gregorian=True)
    except JalaliError:
        return value


def replace_in_text(env, text: str, day: date, lang_code: str | None = None) -> str:
    """Rewrite a date that stock has written into `text`, for a reader of Jalali dates.

    Stock has written it in the format of the language of `env`; `lang_code` is the
    reader's language, by default the same.
    """
    if not is_jalali(date_style(env, lang_code), day):
        return text
    written = day.strftime(misc.get_lang(env).date_format)
    return text.replace(written, format_date(env, day, lang_code))


def _replace(stock, ours):
    """Take the place of a function of stock in this process, in all of its databases."""
    for name, module in list(sys.modules.items()):
        if name.startswith("odoo."):
            for key, value in list(vars(module).items()):
                if value is stock and module is not sys.modules[__name__]:
                    setattr(module, key, ours)


# They are plain functions, imported by name from some sixty modules, so that no model can
# override them. Modules loaded later import ours. Each call asks the database of its
# `env`: where this module is not installed, stock answers.
_replace(_stock_format_date, format_date)
_replace(_stock_format_datetime, format_datetime)
_replace(_stock_parse_date, parse_date)
