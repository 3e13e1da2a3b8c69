import re
from datetime import datetime, timedelta

from odoo import api, fields, models

from odoo.addons.crm_ir_base.tools import jalali

# "%%" is read first, so that stock's escaped "%%(jyear)s" stays text.
_TOKEN = re.compile(
    r"%%|%\((?P<when>range_|current_|)(?P<part>jyear|jy|jmonth|jday)\)s"
)


class IrSequence(models.Model):
    _inherit = "ir.sequence"

    def _l10n_ir_counts_jalali(self) -> bool:
        """Whether the prefix or suffix names a Jalali year, month or day."""
        return any(
            token["part"]
            for affix in (self.prefix, self.suffix)
            for token in _TOKEN.finditer(affix or "")
        )

    def _get_prefix_suffix(self, date=None, date_range=None):
        """Fill the Jalali tokens in; the rest is stock's."""
        if not self._l10n_ir_counts_jalali():
            return super()._get_prefix_suffix(date, date_range)
        now = datetime.now(self.env.tz)
        moments = {
            "current_": now,
            "": date or self.env.context.get("ir_sequence_date") or now,
            "range_": date_range
            or self.env.context.get("ir_sequence_date_range")
            or now,
        }

        def fill(token):
            if token["part"] is None:
                return token[0]
            year, month, day = jalali.to_jalali(
                fields.Date.to_date(moments[token["when"]])
            )
            return {
                "jyear": f"{year}",
                "jy": f"{year % 100:02}",
                "jmonth": f"{month:02}",
                "jday": f"{day:02}",
            }[token["part"]]

        filled = self.new(
            {
                "prefix": _TOKEN.sub(fill, self.prefix or ""),
                "suffix": _TOKEN.sub(fill, self.suffix or ""),
            },
            origin=self,
        )
        return super(IrSequence, filled)._get_prefix_suffix(date, date_range)

    @api.model
    def _get_current_sequence(self, sequence_date=None):
        return super()._get_current_sequence(self._l10n_ir_day(sequence_date))

    def _next(self, sequence_date=None):
        return super()._next(self._l10n_ir_day(sequence_date))

    def _l10n_ir_day(self, sequence_date):
        """The day that chooses the date range.

        Stock takes today in UTC, where the year of Tehran begins hours late: numbers of
        the new year would go on from the old range, and come again in the new one.
        """
        if (
            not sequence_date
            and "ir_sequence_date" not in self.env.context
            and self._l10n_ir_counts_jalali()
        ):
            return fields.Date.context_today(self)
        return sequence_date

    def _create_date_range_seq(self, date):
        """Ranges of sequences that count Jalali years are Jalali years.

        Stock's ranges of Gregorian years, made before, stay. What they leave of a
        Jalali year is a range of its own that goes on counting.
        """
        if not self._l10n_ir_counts_jalali():
            return super()._create_date_range_seq(date)
        day = fields.Date.to_date(date)
        start, end = jalali.start_of(day, "year"), jalali.end_of(day, "year")
        before = self.date_range_ids.filtered(lambda r: start <= r.date_to < day)
        after = self.date_range_ids.filtered(lambda r: day < r.date_from <= end)
        previous = before.sorted("date_to")[-1:]
        if previous:
            start = previous.date_to + timedelta(days=1)
        if after:
            end = min(after.mapped("date_from")) - timedelta(days=1)
        date_range = (
            self.env["ir.sequence.date_range"]
            .sudo()
            .create({"sequence_id": self.id, "date_from": start, "date_to": end})
        )
        if previous:
            previous.invalidate_recordset(["number_next_actual"])
            date_range.number_next_actual = previous.number_next_actual
        return date_range
