import re
from collections import defaultdict
from difflib import get_close_matches
from functools import cached_property

from odoo.tools import DEFAULT_SERVER_DATE_FORMAT, DEFAULT_SERVER_DATETIME_FORMAT

from ..tools import import_cleaning as cleaning
from ..tools.import_table import Column
from ..tools.money import RIALS_PER_UNIT
from ..tools.places import place_key

# Forms of a Gregorian date that can only be read in one way.
_PLAIN_DATES = ("%Y-%m-%d", "%Y/%m/%d")
_PLAIN_TIMES = ("%H:%M:%S", "%H:%M")
_KIND_OF_PLACE = re.compile(r"\s+(?:province|ostan)$", re.IGNORECASE)


class Places:
    """Countries, provinces and cities by the names that a file may use."""

    def __init__(self, env):
        self.env = env

    @cached_property
    def countries(self):
        names = {}
        for lang, _name in self.env["res.lang"].get_installed():
            for country in self.env["res.country"].with_context(lang=lang).search([]):
                names[place_key(country.name)] = names[place_key(country.code)] = (
                    country
                )
        iran = self.env.ref("base.ir")
        return names | {place_key(name): iran for name in ("ایران", "Iran")}

    @cached_property
    def states(self):
        return self.env["res.country.state"]._l10n_ir_by_key()

    @cached_property
    def cities(self):
        cities = defaultdict(dict)
        for (state_id, key), city in self.env["res.city"]._l10n_ir_by_key().items():
            cities[key][state_id] = city.id
        return cities

    def country(self, name):
        return self.countries.get(place_key(name))

    def state(self, name):
        return self.states.get(place_key(_KIND_OF_PLACE.sub("", name)))

    def city_id(self, name, state):
        """The city of that name; in no province given, only where one has it."""
        found = self.cities.get(place_key(name), {})
        if state:
            return found.get(state.id)
        return next(iter(found.values())) if len(found) == 1 else None

    def suggest(self, places, name):
        """The one of `places` whose name is nearly `name`."""
        keys = get_close_matches(place_key(name or ""), places, n=1, cutoff=0.75)
        return places[keys[0]] if keys else None


class ColumnReader:
    """Knows how the cells of each column of a file are cleaned.

    `options` are those of the import screen; `headers` and `rows` those of the file.
    """

    def __init__(self, model, headers, rows, options):
        self.env = model.env
        self.model = model
        self.headers = headers
        self.rows = rows
        self.options = options
        self.places = Places(self.env)
        self.calendars = {}
        self.units = {}

    def column(self, index, path):
        model, field = self._target(path)
        kind, clean, is_valid = self._cleaner(index, model, field)

        def clean_any(cell):
            # only dates are not text
            return (
                clean(cell)
                if isinstance(cell, str) or kind in ("date", "number")
                else cell
            )

        header = str(self.headers[index]) or str(index + 1)
        return Column(index, header, path, kind, clean_any, is_valid)

    def _target(self, path):
        *parents, name = path.split("/")
        model = self.model
        for parent in parents:
            field = model._fields.get(parent)
            if not field or not field.relational:
                return model, None
            model = self.env[field.comodel_name]
        return model, model._fields.get(name)

    def _cleaner(self, index, model, field):
        kind = field.type if field and field.name != "id" else None
        read = getattr(self, f"_read_{kind}", None)
        if not read:
            return "raw", str.strip, None
        return read(index, model, field)

    def _read_char(self, index, model, field):
        if field.name in model._phone_get_number_fields():
            return "phone", cleaning.clean_phones, None
        formats = getattr(model, "_l10n_ir_number_formats", dict)()
        if number_format := formats.get(field.name):

            def clean_code(cell):
                compact = number_format.compact(cell)
                return compact if compact.isdigit() else cleaning.clean_text(cell)

            return "code", clean_code, number_format.is_valid
        if field.name in ("email", "email_from"):
            return "text", cleaning.clean_email, None
        return "text", cleaning.clean_text, None

    def _read_text(self, index, model, field):
        return "text", cleaning.clean_lines, None

    _read_html = _read_text

    def _read_selection(self, index, model, field):
        return "text", cleaning.clean_text, None

    _read_many2many = _read_one2many = _read_reference = _read_selection

    def _read_many2one(self, index, model, field):
        find = {
            "res.country": self.places.country,
            "res.country.state": self.places.state,
        }.get(field.comodel_name)

        def clean_place(cell):
            place = find(cell)
            return place.display_name if place else cleaning.clean_text(cell)

        return "text", clean_place if find else cleaning.clean_text, None

    def _read_boolean(self, index, model, field):
        return "text", cleaning.clean_boolean, None

    def _read_integer(self, index, model, field):
        return "number", lambda cell: self._number(cell).removesuffix(".0"), None

    def _read_float(self, index, model, field):
        return "number", self._number, None

    def _read_monetary(self, index, model, field):
        currency = self.env.company.currency_id
        header_unit = cleaning.unit_in(self.headers[index])
        if currency.name not in RIALS_PER_UNIT:
            return (
                "number",
                lambda cell: self._foreign(cell, currency, header_unit),
                None,
            )
        unit = header_unit or self.options.get("crm_ir_units", {}).get(str(index))
        self.units[index] = {"header": header_unit, "unit": unit or currency.name}
        return (
            "number",
            lambda cell: cleaning.clean_money(
                str(cell), unit or currency.name, currency.name, self._decimal
            ),
            None,
        )

    def _read_date(self, index, model, field, time=False):
        chosen = self.options.get("crm_ir_calendars", {}).get(str(index))
        found = cleaning.detect_calendar(row[index] for row in self.rows)
        self.calendars[index] = {"chosen": chosen or "detect", "found": found}
        calendar, formats = chosen or found, self._date_formats(time)

        def clean_date(cell):
            return cleaning.clean_date(cell, calendar, formats, time)

        return "date", clean_date, None

    def _read_datetime(self, index, model, field):
        return self._read_date(index, model, field, time=True)

    @cached_property
    def _decimal(self):
        return self.options.get("float_decimal_separator") or "."

    def _number(self, cell):
        return cleaning.clean_number(str(cell), self._decimal)

    def _foreign(self, cell, currency, header_unit):
        cell = str(cell)
        if header_unit or cleaning.unit_in(cell):
            raise cleaning.CellError(
                "foreign_currency", value=cell, currency=currency.name
            )
        for sign in (currency.name, currency.symbol):
            cell = cell.replace(sign, "")
        return self._number(cell)

    def _date_formats(self, time):
        dates = [self.options.get("date_format") or DEFAULT_SERVER_DATE_FORMAT]
        dates += [form for form in _PLAIN_DATES if form not in dates]
        if not time:
            return dates
        times = [self.options.get("datetime_format") or DEFAULT_SERVER_DATETIME_FORMAT]
        return (
            times
            + [f"{day} {clock}" for day in _PLAIN_DATES for clock in _PLAIN_TIMES]
            + dates
        )
