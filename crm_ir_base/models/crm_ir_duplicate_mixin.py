from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import escape_psql

from ..tools import text
from ..tools.identity import national_code

# as stock's search for similar leads: what more records share says nothing about them
SIMILAR_LIMIT = 20


class CrmIrDuplicateMixin(models.AbstractModel):
    """Find records which look like the same person or company.

    Two Iranian records are similar when they share a phone number (first or second),
    a national code, an e-mail address or a full name.
    """

    _name = "crm.ir.duplicate.mixin"
    _description = "Similar Records"

    def _l10n_ir_similar(self):
        """Return the similar records of each record that has any, as a dictionary.

        One search per criterion, however many records: those that the current user
        may read, archived ones included.
        """
        keys_by_record = {
            record: keys
            for record in self
            if record.l10n_ir_is_iranian and (keys := record._l10n_ir_similarity_keys())
        }
        values_by_criterion = defaultdict(set)
        for keys in keys_by_record.values():
            for criterion, value in keys:
                values_by_criterion[criterion].add(value)

        records_by_key = defaultdict(self.browse)
        for criterion, values in values_by_criterion.items():
            # one more than the limit, and the record itself may be found as well
            candidates = self.with_context(active_test=False).search(
                self._l10n_ir_similarity_domain(criterion, values),
                limit=(SIMILAR_LIMIT + 2) * len(values),
            )
            for candidate in candidates.with_env(self.env):
                for key in candidate._l10n_ir_similarity_keys():
                    if key[0] == criterion:
                        records_by_key[key] |= candidate

        similar_by_record = {}
        for record, keys in keys_by_record.items():
            similar = self.browse()
            for key in keys:
                others = records_by_key[key] - record._origin
                if len(others) <= SIMILAR_LIMIT:
                    similar |= others.filtered(
                        lambda other, record=record, criterion=key[0]: (
                            record._l10n_ir_may_be_same(other, criterion)
                        )
                    )
            if similar:
                similar_by_record[record] = similar
        return similar_by_record

    def _l10n_ir_similarity_keys(self):
        """Return what identifies the record, as a set of (criterion, value).

        Criteria are ``phone``, ``code``, ``email``, ``person`` and ``company``, the last
        two being names.
        """
        self.ensure_one()
        keys = {
            ("phone", self.phone_sanitized),
            ("phone", self.l10n_ir_phone2),
            ("code", national_code.compact(self.l10n_ir_national_code or "")),
            ("email", self.email_normalized),
        }
        return {(criterion, value) for criterion, value in keys if value}

    @api.model
    def _l10n_ir_similarity_domain(self, criterion, values):
        match criterion:
            case "phone":
                return Domain("phone_sanitized", "in", values) | Domain(
                    "l10n_ir_phone2", "in", values
                )
            case "code":
                return Domain("l10n_ir_national_code", "in", values)
            case "email":
                return Domain("email_normalized", "in", values)
            case "person" | "company":
                fname = self._l10n_ir_name_fields()[criterion]
                # =ilike folds the spellings of Persian, in Python `_l10n_ir_name` does
                return Domain.OR(
                    Domain(fname, "=ilike", escape_psql(value)) for value in values
                )

    @api.model
    def _l10n_ir_name_fields(self):
        """Return which field holds the name of a person and which of a company."""
        raise NotImplementedError

    @api.model
    def _l10n_ir_person_name(self, name):
        """Return a full name as it is compared; False for a single word, which tells
        nobody apart."""
        name = self._l10n_ir_name(name)
        return " " in name and name

    @api.model
    def _l10n_ir_name(self, name):
        """Return a name as it is compared: one spelling, one space, no letter case."""
        return " ".join(text.normalize(name or "").casefold().split())

    def _l10n_ir_may_be_same(self, other, criterion):
        """Tell whether nothing else says that these are two parties.

        People of one name are many, and households share a phone: a different national
        code tells them apart.
        """
        codes = {
            national_code.compact(code)
            for code in (self.l10n_ir_national_code, other.l10n_ir_national_code)
            if code
        }
        return criterion == "company" or len(codes) < 2
