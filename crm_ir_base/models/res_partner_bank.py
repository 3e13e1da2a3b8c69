import re

from stdnum.exceptions import InvalidLength
from stdnum.exceptions import ValidationError as NotValid

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import hmac

from ..tools.identity import card, common, sheba
from ..tools.text import to_latin_digits

CARD = "l10n_ir_card"
_MASKED_CARD = re.compile(r"\d{6}\*{6}\d{4}")


class ResPartnerBank(models.Model):
    """Sheba and card numbers among the bank accounts.

    A Sheba is checked and stored compact (IR and 24 digits). Of a card, `acc_number` holds
    the masked number only, so that no list, message, export, report or log of any module can
    show more; the number itself, which a company needs to pay to it, lies in a field of those
    who may edit bank accounts. Every other number is left to stock.
    """

    _inherit = "res.partner.bank"

    l10n_ir_card_number = fields.Char(
        string="Card Number",
        readonly=True,
        copy=False,
        groups="base.group_partner_manager",
        help="The whole number; anywhere else it is shown masked.",
    )

    @api.model
    def _get_supported_account_types(self):
        types = super()._get_supported_account_types()
        return [*types, (CARD, self.env._("Bank Card"))]

    @api.model
    def retrieve_acc_type(self, acc_number):
        number = acc_number or ""
        known = self.env["crm.ir.bank.code"]._bank_id_by_code()
        if (
            _MASKED_CARD.fullmatch(number) and number[:6] in known
        ) or self._l10n_ir_card(number):
            return CARD
        return super().retrieve_acc_type(acc_number)

    @api.depends("acc_number")
    def _compute_sanitized_acc_number(self):
        masked = self.filtered(
            lambda account: _MASKED_CARD.fullmatch(account.acc_number or "")
        )
        result = super(ResPartnerBank, self - masked)._compute_sanitized_acc_number()
        for account in masked:
            # What `_sanitize_vals` stored cannot be had from the masked number again.
            account.sanitized_acc_number = account.sanitized_acc_number
        return result

    @api.depends("acc_number", "bank_id")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for account in self.filtered(lambda account: account.acc_type == CARD):
            # The asterisks would part the digits in right-to-left text and turn them around.
            account.display_name = f"\N{LEFT-TO-RIGHT MARK}{account.display_name}"
        return result

    @api.onchange("acc_number")
    def _onchange_acc_number(self):
        if bank := self.env["crm.ir.bank.code"]._find_bank(self.acc_number or ""):
            self.bank_id = bank

    @api.model_create_multi
    def create(self, vals_list):
        cards = [
            self._l10n_ir_card(self._l10n_ir_typed_number(vals)) for vals in vals_list
        ]
        accounts = super().create(vals_list)
        for account, number in zip(accounts, cards, strict=True):
            if number:
                account._l10n_ir_keep_card(number)
        return accounts

    def write(self, vals):
        if vals.get("acc_number") and set(self.mapped("acc_number")) == {
            vals["acc_number"]
        }:
            # A masked number that comes back from a form or a file is not a new number.
            vals = {name: value for name, value in vals.items() if name != "acc_number"}
        typed = self._l10n_ir_typed_number(vals)
        number = self._l10n_ir_card(typed)
        result = super().write(vals)
        if typed:
            self._l10n_ir_keep_card(number)
        return result

    @api.model
    def _l10n_ir_typed_number(self, vals):
        # The order in which stock takes them.
        return vals.get("sanitized_acc_number") or vals.get("acc_number")

    def _l10n_ir_keep_card(self, number):
        # Written after the account is in the database, because PostgreSQL's message about a
        # duplicate account, which is logged, quotes the statement.
        self.flush_recordset()
        self.sudo().l10n_ir_card_number = number

    def _sanitize_vals(self, vals):
        if vals.get("acc_number"):
            vals["acc_number"] = to_latin_digits(vals["acc_number"])
        super()._sanitize_vals(vals)
        typed = vals.get("acc_number")
        if not typed:
            return
        if number := self._l10n_ir_card(typed):
            vals["acc_number"] = card.mask(number)
            vals["sanitized_acc_number"] = self._l10n_ir_card_key(number)
        elif number := self._l10n_ir_sheba(typed, vals.get("partner_id")):
            vals["acc_number"] = vals["sanitized_acc_number"] = number
        bank = self.env["crm.ir.bank.code"]._find_bank(number or "")
        if bank and not vals.get("bank_id"):
            vals["bank_id"] = bank.id
            # They are fields of the bank: written along they would rename it for everybody.
            vals.pop("bank_name", None)
            vals.pop("bank_bic", None)

    def _search_acc_number(self, operator, value):
        def searched(number):
            card_number = self._l10n_ir_card(number)
            if card_number:
                return self._l10n_ir_card_key(card_number)
            return to_latin_digits(number) if number else number

        if operator in ("in", "not in"):
            value = [searched(number) for number in value]
        else:
            value = searched(value)
        return super()._search_acc_number(operator, value)

    @api.model
    def _l10n_ir_card(self, number):
        """Return the digits of `number` if it is a card of a known Iranian bank, else False."""
        if not number or not card.is_valid(number):
            return False
        known = self.env["crm.ir.bank.code"]._bank_id_by_code()
        return card.prefix(number) in known and card.compact(number)

    @api.model
    def _l10n_ir_card_key(self, number):
        """Return what tells apart two cards of one holder that look alike when masked.

        Six hidden digits are soon guessed from a plain hash; hence the database's secret.
        """
        secret = hmac(self.env(su=True), "crm_ir_base.card", number)[:16].upper()
        return f"{number[:6]}{secret}{number[-4:]}"

    @api.model
    def _l10n_ir_mask_cards(self):
        """Mask the card numbers that were typed before this module was installed.

        Not through `write`, whose tracking would quote them once more.
        """
        for account in self.with_context(active_test=False).search([]):
            if number := self._l10n_ir_card(account.acc_number):
                self.env.cr.execute(
                    """
                    UPDATE res_partner_bank
                       SET acc_number = %s, sanitized_acc_number = %s, l10n_ir_card_number = %s
                     WHERE id = %s
                    """,
                    [
                        card.mask(number),
                        self._l10n_ir_card_key(number),
                        number,
                        account.id,
                    ],
                )
        self.invalidate_model()

    @api.model
    def _l10n_ir_unmask_cards(self):
        """Give the card numbers back to the field in which stock keeps them."""
        self.flush_model()
        self.env.cr.execute(
            """
            UPDATE res_partner_bank
               SET acc_number = l10n_ir_card_number, sanitized_acc_number = l10n_ir_card_number
             WHERE l10n_ir_card_number IS NOT NULL
            """
        )
        self.invalidate_model()

    def _l10n_ir_sheba(self, number, partner_id):
        """Return `number` as a compact Sheba, False if it is none.

        Twenty-four digits without IR are a Sheba too, unless the holder (or, where the holder
        has no country, the company) is abroad: Hungarian accounts, for one, have 24 digits.

        Raises ValidationError for a Sheba with a wrong digit.
        """
        compact = common.compact(number).upper()
        if not re.match(r"IR\d", compact):
            partner = self.env["res.partner"].browse(partner_id) or self.partner_id[:1]
            country = partner.sudo().country_id or self.env.company.country_id
            if not re.fullmatch(r"\d{24}", compact) or country.code not in (
                "IR",
                False,
            ):
                return False
        try:
            return sheba.validate(compact)
        except InvalidLength:
            message = self.env._(
                "The Sheba %(number)s is not complete: it needs 24 digits after IR.",
                number=number,
            )
        except NotValid:
            message = self.env._(
                "The Sheba %(number)s has a wrong digit: please compare it with the original.",
                number=number,
            )
        raise ValidationError(message)
