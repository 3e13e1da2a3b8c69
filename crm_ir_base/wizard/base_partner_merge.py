from datetime import date

from markupsafe import Markup

from odoo import api, models
from odoo.tools import email_normalize, format_date, is_html_empty

# of which a contact can have only one, and people would miss the other one
SINGLE_VALUES = [
    "name",
    "function",
    "email",
    "website",
    "ref",
    "vat",
    "company_registry",
    "l10n_ir_registration_number",
    "l10n_ir_national_code",
    "l10n_ir_foreign_code",
    "birthdate_date",
    "l10n_ir_wedding_date",
    "contact_address_inline",
]


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        """Override of `base`: a contact without e-mail contradicts no other one.

        Stock leaves contacts of different e-mails to the administrator and counts a
        missing e-mail as a different one; Iranian contacts are known by their phone.
        """
        partners = self.env["res.partner"].browse(partner_ids).exists()
        emails = {email_normalize(email) or email for email in partners.mapped("email")}
        if len(emails - {False}) <= 1 and any(partners.mapped("l10n_ir_is_iranian")):
            extra_checks = False
        return super()._merge(partner_ids, dst_partner, extra_checks)

    @api.model
    def _update_reference_fields(self, src_partners, dst_partner):
        """Override of `base`: activities already done, which are archived, move too."""
        return super(
            BasePartnerMergeAutomaticWizard, self.with_context(active_test=False)
        )._update_reference_fields(src_partners, dst_partner)

    @api.model
    def _update_values(self, src_partners, dst_partner):
        """Override of `base`: the second phone number and all notes survive."""
        if not dst_partner.l10n_ir_is_iranian:
            return super()._update_values(src_partners, dst_partner)
        partners = dst_partner + src_partners
        numbers = [number for partner in partners for number in _numbers(partner)]
        comments = [
            comment
            for comment in dict.fromkeys(partners.mapped("comment"))
            if not is_html_empty(comment)
        ]
        result = super()._update_values(src_partners, dst_partner)
        others = [number for number in numbers if number != dst_partner.phone]
        if others:
            dst_partner.l10n_ir_phone2 = others[0]
        if len(comments) > 1:
            dst_partner.comment = Markup("<br/>").join(comments)
        return result

    def _log_merge_operation(self, src_partners, dst_partner):
        """Override of `mail`: name what found no place beside the other contact's."""
        result = super()._log_merge_operation(src_partners, dst_partner)
        if not dst_partner.l10n_ir_is_iranian:
            return result
        for partner in src_partners:
            lost = self._l10n_ir_lost_values(partner, dst_partner)
            if lost:
                dst_partner._message_log(
                    body=Markup("<p>%s</p><ul>%s</ul>")
                    % (
                        self.env._(
                            "%(name)s (ID %(id)s) had other values:",
                            name=partner.display_name,
                            id=partner.id,
                        ),
                        Markup().join(
                            Markup("<li>%s: %s</li>") % line for line in lost
                        ),
                    )
                )
        return result

    @api.model
    def _l10n_ir_lost_values(self, src_partner, dst_partner):
        """Return label and text of each value that the merge could not keep."""
        labels = src_partner.fields_get([*SINGLE_VALUES, "phone"], ["string"])
        lost = [
            (labels["phone"]["string"], number)
            for number in _numbers(src_partner)
            if number not in _numbers(dst_partner)
        ]
        for fname in SINGLE_VALUES:
            value = src_partner[fname]
            if value and value != dst_partner[fname]:
                if isinstance(value, date):
                    value = format_date(self.env, value)
                lost.append((labels[fname]["string"], value))
        return lost


def _numbers(partner):
    return [number for number in (partner.phone, partner.l10n_ir_phone2) if number]
