from decimal import ROUND_HALF_UP, Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount, get_lang

from ..tools import money

RIAL, TOMAN = "IRR", "IRT"
# A Rial has no parts. A tenth of a Toman is a Rial: with tenths every amount in Rial is an
# amount in Toman, and the other way round, and no conversion ever loses anything.
ROUNDING = {RIAL: 1.0, TOMAN: 0.1}


class ResCurrency(models.Model):
    """Rial (IRR) and Toman (IRT): one Toman is always ten Rial.

    In every company one of the two is locked to the other (see `_l10n_ir_locked_code`): its
    rates are computed, whatever the table of rates says.
    """

    _inherit = "res.currency"

    l10n_ir_rate_is_locked = fields.Boolean(compute="_compute_l10n_ir_rate_is_locked")

    @api.depends("name")
    @api.depends_context("company")
    def _compute_l10n_ir_rate_is_locked(self):
        locked = self._l10n_ir_locked_code(self.env.company)
        for currency in self:
            currency.l10n_ir_rate_is_locked = currency.name == locked

    @api.model
    def _l10n_ir_locked_code(self, company):
        """Return the code of the currency whose rate follows from the other's in `company`.

        That is Toman, and Rial in a company that keeps its books in Toman, because the rates
        of a company are relative to its own currency.
        """
        return RIAL if company.sudo().currency_id.name == TOMAN else TOMAN

    def _get_rates(self, company, date):
        locked_code = self._l10n_ir_locked_code(company)
        locked = self.filtered(lambda currency: currency.name == locked_code)
        if not locked:
            return super()._get_rates(company, date)
        if locked_code == TOMAN:
            leading = self._l10n_ir_browse("base.IRR")
        else:
            leading = company.sudo().currency_id
        rates = super(ResCurrency, self | leading)._get_rates(company, date)
        rates[locked.id] = rates[leading.id] * float(leading._l10n_ir_ratio(locked))
        return rates

    @api.model
    def _get_conversion_rate(self, from_currency, to_currency, company=None, date=None):
        if ratio := from_currency._l10n_ir_ratio(to_currency):
            return float(ratio)
        return super()._get_conversion_rate(from_currency, to_currency, company, date)

    def _convert(self, from_amount, to_currency, company=None, date=None, round=True):
        ratio = self._l10n_ir_ratio(to_currency)
        if not ratio:
            return super()._convert(from_amount, to_currency, company, date, round)
        amount = float(Decimal(str(from_amount)) * ratio)
        return to_currency.round(amount) if round else amount

    def _l10n_ir_ratio(self, other):
        """Return the exact worth of one `self` in `other` between Rial and Toman, else None."""
        if {self.name, other.name} != {RIAL, TOMAN}:
            return None
        return (
            Decimal(money.RIALS_PER_UNIT[self.name]) / money.RIALS_PER_UNIT[other.name]
        )

    def round(self, amount):
        """Round large amounts of Rial and Toman exactly.

        Against binary noise Odoo adds 2**-50 of the amount before it rounds. Beyond 2**48
        units (2.8e14 Rial) that grows to half a unit, and whole amounts become one Rial more.
        """
        self.ensure_one()
        if self.name not in ROUNDING or abs(amount) < 2**48 * self.rounding:
            return super().round(amount)
        unit = Decimal(str(self.rounding))
        units = (Decimal(str(amount)) / unit).quantize(Decimal(1), ROUND_HALF_UP)
        return float(units * unit)

    def amount_to_text(self, amount):
        """Write amounts of Rial and Toman in Persian words where the language is Persian."""
        self.ensure_one()
        if self.name not in ROUNDING or not get_lang(self.env).code.startswith("fa"):
            return super().amount_to_text(amount)
        try:
            rials = money.to_whole_rial(self.round(amount), self.name)
        except money.NotWholeRial:
            return super().amount_to_text(amount)
        if self.name == RIAL:
            return money.in_words(rials, self.currency_unit_label)
        tomans, rials = divmod(abs(rials), money.RIALS_PER_UNIT[TOMAN])
        parts = [
            (tomans, self.currency_unit_label),
            (rials, self.currency_subunit_label),
        ]
        words = [money.in_words(number, unit) for number, unit in parts if number]
        text = " و ".join(words) or money.in_words(0, self.currency_unit_label)
        return f"منفی {text}" if amount < 0 else text

    def l10n_ir_to_whole_rial(self, amount):
        """Return `amount` of this currency, Rial or Toman, as a whole number of Rial (int).

        Raises UserError, with what to do, for a remainder below one Rial and for a currency
        without a fixed value in Rial.
        """
        self.ensure_one()
        try:
            return money.to_whole_rial(amount, self.name)
        except money.NotWholeRial as error:
            raise UserError(
                self.env._(
                    "%(amount)s %(currency)s is not a whole number of Rial: please round the "
                    "amount, nothing below one Rial can be paid.",
                    amount=amount,
                    currency=self.name,
                )
            ) from error
        except money.NotIranianMoney as error:
            raise UserError(
                self.env._(
                    "%(amount)s %(currency)s has no fixed value in Rial: please convert it to "
                    "Rial or Toman first.",
                    amount=amount,
                    currency=self.name,
                )
            ) from error

    def _l10n_ir_toman_text(self, amount, company):
        """Return `amount` in Toman, with the unit, for reading beside it.

        False where it is not to be shown: in other currencies than Rial, for nothing, and in
        companies that did not ask for it.
        """
        if self.name != RIAL or not amount or not company.l10n_ir_show_toman:
            return False
        toman = self._l10n_ir_browse("crm_ir_base.IRT")
        return format_amount(
            self.env,
            self._convert(amount, toman),
            toman,
            trailing_zeroes=not toman.decimal_places,
        )

    @api.model
    def _l10n_ir_browse(self, xml_id):
        # `env.ref` asks the database each time whether the record still exists.
        return self.browse(self.env["ir.model.data"]._xmlid_to_res_id(xml_id))

    @api.model
    def _l10n_ir_adopt_toman(self):
        """Let our data update the currency IRT that a company made before us."""
        toman = self.with_context(active_test=False).search([("name", "=", TOMAN)])
        if toman:
            self.env["ir.model.data"]._update_xmlids(
                [{"xml_id": "crm_ir_base.IRT", "record": toman, "noupdate": True}]
            )

    @api.model
    def _l10n_ir_release_rates(self):
        """Write the locked rates into the table of rates, where stock will look for them.

        A Toman that is used somewhere outlives the module and must stay ten Rial.
        """
        rial, toman = (
            self._l10n_ir_browse("base.IRR"),
            self._l10n_ir_browse("crm_ir_base.IRT"),
        )
        rates = self.env["res.currency.rate"]
        rates.flush_model()
        self.env.cr.execute(
            """
            DELETE FROM res_currency_rate rate
                  USING res_company company
                  WHERE company.id = rate.company_id
                    AND rate.currency_id =
                        CASE company.currency_id WHEN %(toman)s THEN %(rial)s ELSE %(toman)s END;

            INSERT INTO res_currency_rate (currency_id, company_id, name, rate)
                 SELECT %(toman)s, company_id, name, rate / 10
                   FROM res_currency_rate
                  WHERE currency_id = %(rial)s
                     ON CONFLICT DO NOTHING;

            INSERT INTO res_currency_rate (currency_id, company_id, name, rate)
                 SELECT CASE company.currency_id WHEN %(toman)s THEN %(rial)s ELSE %(toman)s END,
                        company.id,
                        '1970-01-01',
                        CASE company.currency_id WHEN %(toman)s THEN 10 ELSE 0.1 END
                   FROM res_company company
                  WHERE company.parent_id IS NULL
                    AND NOT EXISTS (
                        SELECT FROM res_currency_rate rate
                         WHERE rate.currency_id = %(rial)s
                           AND COALESCE(rate.company_id, company.id) = company.id)
            """,
            {"rial": rial.id, "toman": toman.id},
        )
        rates.invalidate_model()

    @api.model
    def _l10n_ir_set_rounding(self):
        """Give Rial and Toman their decimals, unless journal entries have other ones already."""
        for currency in self.with_context(active_test=False).search(
            [("name", "in", list(ROUNDING))]
        ):
            if not currency._l10n_ir_has_entries():
                currency.rounding = ROUNDING[currency.name]

    @api.model
    def _l10n_ir_rounding_warning(self):
        """Return a sentence if Rial or Toman has other decimals than it should, else False."""
        unusual = self.search([("name", "in", list(ROUNDING))]).filtered(
            lambda currency: currency.rounding != ROUNDING[currency.name]
        )
        if not unusual:
            return False
        return self.env._(
            "%(currencies)s keeps the decimals with which journal entries were already made, "
            "so that amounts may have parts below one Rial.",
            currencies=", ".join(unusual.mapped("name")),
        )

    def _l10n_ir_has_entries(self):
        return "account.move.line" in self.env and self._has_accounting_entries()
