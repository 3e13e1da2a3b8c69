import re

from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.crm_ir_base.tools import jalali

# Prefixes as stock's `sequence.mixin` reads them, for PostgreSQL.
_GREGORIAN_PREFIX = r"(^|\D)((19|20|21)?\d\d)\D+$"
_JALALI_PREFIX = r"(^|\D)1[345]\d\d(\D*(0[1-9]|1[0-2]))?\D+$"

# What stock begins a series with: "…/2025/0000", "…/25-26/0000" or "…/2025/03/0000".
_STARTING = re.compile(r"/(?:\d{4}|\d\d-\d\d)(?P<month>/\d\d)?(?P<zeros>/0+)$")


class JalaliReset(str):
    """Stock's "year" or "month", of a number that names them in the Jalali calendar.

    It is equal to the plain one, for all the places of stock that compare, and tells
    `_get_sequence_date_range` which calendar the number was read in.
    """

    __slots__ = ()


class AccountMove(models.Model):
    """Number the entries of companies with Jalali fiscal years.

    Only years of four digits are Jalali, as 25 and 04 could be of either calendar.
    Numbers of Gregorian years, given before the company chose, stay what they are; no
    new number follows them.
    """

    _inherit = "account.move"

    @property
    def _sequence_monthly_regex(self):
        return self._l10n_ir_with_jalali_years(super()._sequence_monthly_regex)

    @property
    def _sequence_yearly_regex(self):
        return self._l10n_ir_with_jalali_years(super()._sequence_yearly_regex)

    def _l10n_ir_counts_jalali(self) -> bool:
        return self.company_id._l10n_ir_counts_jalali(self.date)

    def _l10n_ir_with_jalali_years(self, regex):
        if not self._l10n_ir_counts_jalali():
            return regex
        return regex.replace("(19|20|21)", "(13|14|15|19|20|21)")

    def _deduce_sequence_number_reset(self, name):
        reset = super()._deduce_sequence_number_reset(name)
        if reset in ("month", "year") and self._l10n_ir_counts_jalali():
            regex = (
                self._sequence_monthly_regex
                if reset == "month"
                else self._sequence_yearly_regex
            )
            if 1300 <= int(re.match(regex, name)["year"]) < 1600:
                return JalaliReset(reset)
        return reset

    def _get_sequence_date_range(self, reset):
        if not isinstance(reset, JalaliReset):
            return super()._get_sequence_date_range(reset)
        year = jalali.to_jalali(self.date).year
        return (
            jalali.start_of(self.date, reset),
            jalali.end_of(self.date, reset),
            year,
            year,
        )

    def _sequence_matches_date(self):
        if not self.name or not isinstance(
            self._deduce_sequence_number_reset(self.name), JalaliReset
        ):
            return super()._sequence_matches_date()
        number = self._get_sequence_format_param(self.name)[1]
        day = jalali.to_jalali(self.date)
        return number["year"] == day.year and number["month"] in (0, day.month)

    def _get_next_sequence_format(self):
        format_string, values = super()._get_next_sequence_format()
        number = format_string.format(**values)
        if isinstance(self._deduce_sequence_number_reset(number), JalaliReset):
            values["month"] = jalali.to_jalali(self.date).month
        return format_string, values

    def _get_starting_sequence(self):
        starting = super()._get_starting_sequence()
        if not self._l10n_ir_counts_jalali():
            return starting
        year, month, _day = jalali.to_jalali(self.date)
        return _STARTING.sub(
            lambda part: (
                f"/{year}{f'/{month:02}' if part['month'] else ''}{part['zeros']}"
            ),
            starting,
        )

    def _get_last_sequence_domain(self, relaxed=False):
        if not self._l10n_ir_counts_jalali() or self.journal_id.sequence_override_regex:
            return super()._get_last_sequence_domain(relaxed)
        where, params = super()._get_last_sequence_domain(relaxed=True)
        where += """
            AND (sequence_prefix ~ %(jalali)s OR sequence_prefix !~ %(gregorian)s)
        """
        params |= {"jalali": _JALALI_PREFIX, "gregorian": _GREGORIAN_PREFIX}
        if relaxed:
            return where, params
        reset = self._l10n_ir_reset_around(SQL(where, **params))
        if reset == "never":
            return where + " AND sequence_prefix !~ %(jalali)s ", params
        year, month, _day = jalali.to_jalali(self.date)
        where += """
            AND sequence_prefix ~ %(period)s
            AND date BETWEEN %(date_start)s AND %(date_end)s
        """
        month_part = rf"\D*{month:02}" if reset == "month" else ""
        params |= {
            "period": rf"(^|\D){year}{month_part}\D+$",
            "date_start": jalali.start_of(self.date, reset),
            "date_end": jalali.end_of(self.date, reset),
        }
        return where, params

    def _l10n_ir_reset_around(self, where):
        """How the number before this entry, else the one after it, restarts."""
        self.flush_model(
            ["date", "journal_id", "move_type", "name", "origin_payment_id"]
            + ["commercial_partner_id", "sequence_prefix"]
        )
        for neighbour in (
            SQL("date <= %s ORDER BY date DESC", self.date),
            SQL("date > %s ORDER BY date", self.date),
        ):
            rows = self.env.execute_query(
                SQL(
                    "SELECT name FROM account_move %s AND id != %s AND %s LIMIT 1",
                    where,
                    self._origin.id or 0,
                    neighbour,
                )
            )
            if rows:
                return self._deduce_sequence_number_reset(rows[0][0])
        return "year"

    def _get_accounting_date(self, invoice_date, has_tax, lock_dates=None):
        """Late bills are booked on the last day of their Jalali month or year."""
        if not self.company_id._l10n_ir_counts_jalali(invoice_date):
            return super()._get_accounting_date(invoice_date, has_tax, lock_dates)
        lock_dates = lock_dates or self._get_violated_lock_dates(invoice_date, has_tax)
        day = invoice_date
        if lock_dates:
            day = fields.Date.add(lock_dates[-1][0], days=1)
        last_number = self.highest_name or self._get_last_sequence(relaxed=True)
        reset = (
            self._deduce_sequence_number_reset(last_number) if last_number else "month"
        )
        if reset not in ("month", "year"):
            return day
        today = fields.Date.context_today(self)
        last = jalali.end_of(day, reset)
        if self.is_sale_document(include_receipts=True):
            return min(today, last) if lock_dates else day
        return last if today > last else max(day, today)
