from odoo import api, fields, models

from ..tools.identity import economic_code, legal_id

# what a lead and its future contact both know about a person or a company
IDENTITY_FIELDS = [
    "birthdate_date",
    "l10n_ir_foreign_code",
    "l10n_ir_kind",
    "l10n_ir_national_code",
    "l10n_ir_phone2",
    "l10n_ir_registration_number",
    "l10n_ir_wedding_date",
]


class CrmLead(models.Model):
    _name = "crm.lead"
    _inherit = ["crm.ir.identity.mixin", "crm.ir.phone.mixin", "crm.lead"]

    l10n_ir_economic_code = fields.Char(
        string="Economic Code",
        copy=False,
        help="11 digits for a company, 14 for a person; the tax ID of the contact to be.",
    )
    l10n_ir_legal_id = fields.Char(
        string="National ID",
        copy=False,
        help="11 digits, given to every company; the company ID of the contact to be.",
    )

    @api.constrains("l10n_ir_economic_code", "l10n_ir_kind")
    def _check_l10n_ir_economic_code(self):
        self._l10n_ir_check_number("l10n_ir_economic_code")

    @api.constrains("l10n_ir_legal_id", "l10n_ir_kind")
    def _check_l10n_ir_legal_id(self):
        self._l10n_ir_check_number("l10n_ir_legal_id")

    def _merge_get_fields(self):
        return [
            *super()._merge_get_fields(),
            *IDENTITY_FIELDS,
            "l10n_ir_economic_code",
            "l10n_ir_legal_id",
        ]

    def _prepare_customer_values(self, partner_name, is_company=False, parent_id=False):
        """Override of `crm`: the identity goes with the lead to its contact.

        Where a company is made together with its contact person, each gets its own
        half: numbers of the company to the company, of the person to the person.
        """
        values = super()._prepare_customer_values(partner_name, is_company, parent_id)
        person, company = not is_company, is_company or not self.partner_name
        values["l10n_ir_phone2"] = self.l10n_ir_phone2
        if person:
            values |= {
                fname: self[fname]
                for fname in (
                    "birthdate_date",
                    "l10n_ir_foreign_code",
                    "l10n_ir_national_code",
                    "l10n_ir_wedding_date",
                )
            }
        if company:
            values |= {
                "company_registry": self.l10n_ir_legal_id,
                "l10n_ir_kind": self.l10n_ir_kind,
                "l10n_ir_registration_number": self.l10n_ir_registration_number,
                "vat": self.l10n_ir_economic_code,
            }
        return values

    @api.model
    def _l10n_ir_number_formats(self):
        return super()._l10n_ir_number_formats() | {
            "l10n_ir_economic_code": economic_code,
            "l10n_ir_legal_id": legal_id,
        }
