from odoo import api, fields, models

from ..tools.identity import economic_code, legal_id


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = [
        "crm.ir.duplicate.mixin",
        "crm.ir.identity.mixin",
        "crm.ir.phone.mixin",
        "crm.ir.text.mixin",
        "res.partner",
    ]
    _l10n_ir_text_fields = (
        "city",
        "company_name",
        "function",
        "name",
        "street",
        "street2",
    )

    l10n_ir_decision_role_ids = fields.Many2many(
        "crm.ir.decision.role",
        string="Decision Roles",
        help="What part this person plays when the company decides to buy.",
    )
    l10n_ir_duplicate_ids = fields.Many2many(
        "res.partner",
        string="Similar Contacts",
        compute="_compute_l10n_ir_duplicate_ids",
        context={"active_test": False},
    )
    l10n_ir_duplicate_count = fields.Integer(
        string="Similar Contacts Count", compute="_compute_l10n_ir_duplicate_ids"
    )

    _l10n_ir_email_idx = models.Index(
        "(email_normalized) WHERE email_normalized IS NOT NULL"
    )
    _l10n_ir_phone_idx = models.Index(
        "(phone_sanitized) WHERE phone_sanitized IS NOT NULL"
    )

    @property
    def _rec_names_search(self):
        return [*super()._rec_names_search, "l10n_ir_national_code"]

    @api.depends(
        "company_id",
        "country_id",
        "email",
        "is_company",
        "l10n_ir_national_code",
        "l10n_ir_phone2",
        "name",
        "parent_id",
        "phone",
    )
    @api.depends_context("company", "uid")
    def _compute_l10n_ir_duplicate_ids(self):
        similar = self._l10n_ir_similar()
        for partner in self:
            partner.l10n_ir_duplicate_ids = similar.get(partner, False)
            partner.l10n_ir_duplicate_count = len(partner.l10n_ir_duplicate_ids)

    @api.constrains("vat", "l10n_ir_kind")
    def _check_l10n_ir_vat(self):
        self._l10n_ir_check_number("vat")

    @api.constrains("company_registry", "l10n_ir_kind")
    def _check_l10n_ir_company_registry(self):
        self._l10n_ir_check_number("company_registry")

    @api.onchange("city_id")
    def _onchange_city_id(self):
        """Override of `base_address_extended`: a postal code belongs to a building, so
        the choice of an Iranian city leaves it alone."""
        postal_code = self.zip
        result = super()._onchange_city_id()
        if self.city_id.country_id.code == "IR":
            self.zip = postal_code
        return result

    def _get_company_registry_labels(self):
        labels = super()._get_company_registry_labels()
        labels["IR"] = self.env._("National ID")
        return labels

    @api.model
    def _l10n_ir_number_formats(self):
        return super()._l10n_ir_number_formats() | {
            "vat": economic_code,
            "company_registry": legal_id,
        }

    @api.model
    def _l10n_ir_country_numbers(self):
        return super()._l10n_ir_country_numbers() | {"vat", "company_registry"}

    def action_l10n_ir_show_duplicates(self):
        """Open the contact together with those similar to it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "base.action_partner_form"
        )
        return action | {
            "name": self.env._("Similar Contacts"),
            "context": {"active_test": False, "create": False},
            "domain": [("id", "in", (self + self.l10n_ir_duplicate_ids).ids)],
        }

    def action_l10n_ir_merge_duplicates(self):
        """Open stock's merge with the contact and those similar to it.

        The merge takes at most three contacts at a time.
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "base.action_partner_merge"
        )
        partners = self + self.l10n_ir_duplicate_ids[:2]
        return action | {
            "context": {"active_model": self._name, "active_ids": partners.ids},
        }

    def _l10n_ir_similarity_keys(self):
        """Override: with the contact's own name, which is a person's or a company's."""
        keys = super()._l10n_ir_similarity_keys()
        if self.is_company and (name := self._l10n_ir_name(self.name)):
            keys.add(("company", name))
        elif name := self._l10n_ir_person_name(self.name):
            keys.add(("person", name))
        return keys

    @api.model
    def _l10n_ir_similarity_domain(self, criterion, values):
        domain = super()._l10n_ir_similarity_domain(criterion, values)
        if criterion in ("company", "person"):
            domain &= fields.Domain("is_company", "=", criterion == "company")
        return domain

    @api.model
    def _l10n_ir_name_fields(self):
        return {"company": "name", "person": "name"}

    def _l10n_ir_may_be_same(self, other, criterion):
        """Override: companies share nothing; their people share phone and e-mail."""
        if self.company_id and other.company_id and self.company_id != other.company_id:
            return False
        if (
            self.commercial_partner_id._origin == other.commercial_partner_id
            and criterion in ("phone", "email")
        ):
            return False
        return super()._l10n_ir_may_be_same(other, criterion)

    def _get_frontend_writable_fields(self):
        return super()._get_frontend_writable_fields() | {
            "company_registry",
            "l10n_ir_national_code",
            "l10n_ir_registration_number",
        }
