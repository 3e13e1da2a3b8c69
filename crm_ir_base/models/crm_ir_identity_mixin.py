from stdnum.exceptions import InvalidChecksum
from stdnum.exceptions import ValidationError as InvalidNumber

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.translate import LazyTranslate

from ..tools.identity import (
    civil_partnership_id,
    economic_code,
    foreign_code,
    legal_id,
    national_code,
    postal_code,
)

_lt = LazyTranslate(__name__)

KINDS = [
    ("natural", "Natural person"),
    ("legal", "Legal person"),
    ("civil_partnership", "Civil partnership"),
    ("foreign", "Foreign national"),
]

# what a number is called and looks like, for the sentence under its field
DESCRIPTIONS = {
    civil_partnership_id: (
        _lt("Civil partnership ID"),
        _lt("It has 11 digits."),
    ),
    economic_code: (
        _lt("Economic code"),
        _lt("It has 11 digits for a company and 14 digits for a person."),
    ),
    foreign_code: (
        _lt("Foreign national code"),
        _lt("It has 8 to 13 digits, usually 12."),
    ),
    legal_id: (_lt("National ID"), _lt("It has 11 digits.")),
    national_code: (_lt("National code"), _lt("It has 10 digits.")),
    postal_code: (_lt("Postal code"), _lt("It has 10 digits.")),
}


class CrmIrIdentityMixin(models.AbstractModel):
    """Numbers and dates by which Iranian offices know a person or a company.

    Numbers may be typed in any digits and spacing; they are stored compact in
    Latin digits. A number that cannot be right is refused at save, and
    ``l10n_ir_errors`` says so under its field while it is typed.
    """

    _name = "crm.ir.identity.mixin"
    _description = "Iranian Identity"

    l10n_ir_kind = fields.Selection(
        KINDS,
        string="Legal Status",
        help="How the tax authority and the registry office know this party.",
    )
    l10n_ir_national_code = fields.Char(
        string="National Code",
        index="btree_not_null",
        copy=False,
        help="10 digits, on the national card of a person.",
    )
    l10n_ir_registration_number = fields.Char(
        string="Registration Number",
        copy=False,
        help="Number of the company in the registry office.",
    )
    l10n_ir_foreign_code = fields.Char(
        string="Foreign National Code",
        index="btree_not_null",
        copy=False,
        help="Comprehensive code of foreign nationals, usually 12 digits.",
    )
    birthdate_date = fields.Date(string="Birthdate")
    l10n_ir_wedding_date = fields.Date(string="Wedding Date")
    l10n_ir_is_iranian = fields.Boolean(
        string="Iranian", compute="_compute_l10n_ir_is_iranian"
    )
    l10n_ir_errors = fields.Json(
        string="Number Errors", compute="_compute_l10n_ir_errors"
    )

    @api.depends("country_id", "company_id")
    @api.depends_context("company")
    def _compute_l10n_ir_is_iranian(self):
        for record in self:
            record.l10n_ir_is_iranian = self._l10n_ir_country(record).code == "IR"

    @api.depends(
        lambda self: (
            "l10n_ir_is_iranian",
            "l10n_ir_kind",
            *self._l10n_ir_number_formats(),
        )
    )
    def _compute_l10n_ir_errors(self):
        for record in self:
            errors = {
                fname: error
                for fname in self._l10n_ir_number_formats()
                if (error := record._l10n_ir_number_error(fname))
            }
            record.l10n_ir_errors = errors or False

    @api.constrains("l10n_ir_national_code")
    def _check_l10n_ir_national_code(self):
        self._l10n_ir_check_number("l10n_ir_national_code")

    @api.constrains("l10n_ir_foreign_code")
    def _check_l10n_ir_foreign_code(self):
        self._l10n_ir_check_number("l10n_ir_foreign_code")

    @api.constrains("zip")
    def _check_l10n_ir_zip(self):
        self._l10n_ir_check_number("zip")

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.keys() & self._l10n_ir_number_formats().keys():
                self._l10n_ir_compact_numbers(vals, self.browse())
        return super().create(vals_list)

    def write(self, vals):
        if not vals.keys() & self._l10n_ir_number_formats().keys():
            return super().write(vals)
        for records in self.grouped("l10n_ir_is_iranian").values():
            compact_vals = dict(vals)
            records._l10n_ir_compact_numbers(compact_vals, records[:1])
            super(CrmIrIdentityMixin, records).write(compact_vals)
        return True

    @api.model
    def _l10n_ir_country(self, record, vals=None):
        """Country whose rules hold for a record, or for the values to come."""
        vals = vals or {}
        country = self._l10n_ir_chosen(record, vals, "country_id")
        if country:
            return country
        company = self._l10n_ir_chosen(record, vals, "company_id")
        return (company or self.env.company).country_id

    @api.model
    def _l10n_ir_chosen(self, record, vals, fname):
        """What a many2one field will be; the values may hold an id or a record."""
        if not vals.get(fname):
            return record[fname]
        field = record._fields[fname]
        return field.convert_to_record(
            field.convert_to_cache(vals[fname], record), record
        )

    @api.model
    def _l10n_ir_number_formats(self):
        """Field name -> module that checks it (``compact``, ``validate``).

        A tuple of modules means that any of them may accept the number.
        """
        return {
            "l10n_ir_national_code": national_code,
            "l10n_ir_foreign_code": foreign_code,
            "zip": postal_code,
        }

    @api.model
    def _l10n_ir_country_numbers(self):
        """Stock fields, which only in Iran hold the number that we check."""
        return {"zip"}

    def _l10n_ir_compact_numbers(self, vals, record):
        iranian = self._l10n_ir_country(record, vals).code == "IR"
        for fname, number_format in self._l10n_ir_number_formats().items():
            number = vals.get(fname)
            if number and (iranian or fname not in self._l10n_ir_country_numbers()):
                compact = number_format.compact(number)
                # letters are not ours to judge when nobody named a country
                if compact.isdigit():
                    vals[fname] = compact

    def _l10n_ir_number_error(self, fname):
        """Sentence that says what is wrong with a number, or False."""
        self.ensure_one()
        number = self[fname]
        if not number or number == "/":
            return False
        number_format = self._l10n_ir_number_formats()[fname]
        if fname in self._l10n_ir_country_numbers():
            if not self.l10n_ir_is_iranian:
                return False
            if not self.country_id and not number_format.compact(number).isdigit():
                return False
        number_format = self._l10n_ir_sharpest_format(number_format, number)
        try:
            number_format.validate(number)
        except InvalidNumber as error:
            label, shape = DESCRIPTIONS[number_format]
            if isinstance(error, economic_code.OldEconomicCode):
                return self.env._(
                    "%(number)s is an old 12-digit economic code, which the tax authority "
                    "no longer accepts. Enter the 11-digit national ID of the company or "
                    "the 14-digit code of the person.",
                    number=number,
                )
            if number_format is legal_id and isinstance(error, InvalidChecksum):
                return self.env._(
                    "National ID %(number)s is mistyped: its check digit does not match. "
                    "Compare it with the document digit by digit. If this is a civil "
                    "partnership, choose that as the legal status.",
                    number=number,
                )
            if isinstance(error, InvalidChecksum):
                return self.env._(
                    "%(label)s %(number)s is mistyped: its check digit does not match. "
                    "Compare it with the document digit by digit.",
                    label=label,
                    number=number,
                )
            return self.env._(
                "%(label)s %(number)s is not valid. %(shape)s",
                label=label,
                number=number,
                shape=shape,
            )
        return False

    def _l10n_ir_sharpest_format(self, number_format, number):
        """The economic code of a company is its national ID, which has a check digit;
        only the ID of a civil partnership has none."""
        if number_format is economic_code and len(economic_code.compact(number)) == 11:
            number_format = legal_id
        if number_format is legal_id and self.l10n_ir_kind == "civil_partnership":
            number_format = civil_partnership_id
        return number_format

    def _l10n_ir_check_number(self, fname):
        for record in self:
            if error := record._l10n_ir_number_error(fname):
                raise ValidationError(error)
