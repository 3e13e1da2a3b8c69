from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal


class CrmIrPortal(CustomerPortal):
    def _validate_address_values(self, address_values, partner_sudo, *args, **kwargs):
        """Override of `portal`: identity numbers are checked before anything is stored,
        and the fields in which they stand are marked."""
        invalid_fields, missing_fields, messages = super()._validate_address_values(
            address_values, partner_sudo, *args, **kwargs
        )
        partner = (
            request.env["res.partner"].sudo().new(address_values, origin=partner_sudo)
        )
        for fname, message in (partner.l10n_ir_errors or {}).items():
            if fname in address_values:
                invalid_fields.add(fname)
                messages.append(message)
        return invalid_fields, missing_fields, messages
