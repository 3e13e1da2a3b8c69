from odoo import api, fields, models

from ..tools import phone


class CrmIrPhoneMixin(models.AbstractModel):
    """Phone numbers stored in E.164, however they were typed, and their kind.

    Numbers of records outside Iran, and what is no phone number at all, stay as
    they were typed: nothing is lost.
    """

    _name = "crm.ir.phone.mixin"
    _description = "Iranian Phone Numbers"

    l10n_ir_phone2 = fields.Char(
        string="Second Phone",
        index="btree_not_null",
        help="Another number of the same party; searches and text messages know it.",
    )
    l10n_ir_phone_kind = fields.Selection(
        [("mobile", "Mobile"), ("landline", "Landline")],
        string="Phone Kind",
        compute="_compute_l10n_ir_phone_kind",
        search="_search_l10n_ir_phone_kind",
    )

    @api.depends("phone")
    def _compute_l10n_ir_phone_kind(self):
        for record in self:
            record.l10n_ir_phone_kind = record.phone and phone.kind(record.phone)

    def _search_l10n_ir_phone_kind(self, operator, value):
        if operator != "in":
            return NotImplemented
        mobile = fields.Domain("phone", "=like", "+989%")
        landline = fields.Domain("phone", "=like", "+98%") & ~mobile
        kinds = {"mobile": mobile, "landline": landline}
        kinds[False] = fields.Domain("phone", "=", False) | (~mobile & ~landline)
        return fields.Domain.OR(kinds[kind] for kind in value if kind in kinds)

    @api.onchange("l10n_ir_phone2", "country_id", "company_id")
    def _onchange_l10n_ir_phone2(self):
        if self.l10n_ir_phone2:
            self.l10n_ir_phone2 = self._l10n_ir_e164(self.l10n_ir_phone2, self)

    @api.onchange("phone", "country_id", "company_id")
    def _onchange_phone_validation(self):
        """Override of `phone_validation`: show at once what will be stored."""
        result = super()._onchange_phone_validation()
        if self.phone:
            self.phone = self._l10n_ir_e164(self.phone, self)
        return result

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._l10n_ir_store_e164(vals, self.browse())
        return super().create(vals_list)

    def write(self, vals):
        if not vals.keys() & set(self._l10n_ir_phone_fields()):
            return super().write(vals)
        for record in self:
            record_vals = dict(vals)
            self._l10n_ir_store_e164(record_vals, record)
            super(CrmIrPhoneMixin, record).write(record_vals)
        return True

    @api.model
    def _phone_get_number_fields(self):
        return [*super()._phone_get_number_fields(), "l10n_ir_phone2"]

    @api.model
    def _l10n_ir_phone_fields(self):
        return ("phone", "l10n_ir_phone2")

    def _l10n_ir_store_e164(self, vals, record):
        for fname in self._l10n_ir_phone_fields():
            if vals.get(fname):
                vals[fname] = self._l10n_ir_e164(vals[fname], record, vals)

    @api.model
    def _l10n_ir_e164(self, number, record, vals=None):
        """E.164 form of a number typed in Iran, else the number as it is.

        The record's country decides. Where it has none, a company abroad leaves to stock
        what is no Iranian number or could be one of its own country.
        """
        identity = self.env["crm.ir.identity.mixin"]
        country = identity._l10n_ir_chosen(record, vals or {}, "country_id")
        if country and country.code != "IR":
            return number
        e164 = phone.to_e164(number)
        if not e164:
            return number
        if not country:
            home = identity._l10n_ir_country(record, vals)
            if home and home.code != "IR":
                theirs = phone.to_e164(number, home.code)
                if theirs not in (None, e164) or not e164.startswith("+98"):
                    return number
        return e164
