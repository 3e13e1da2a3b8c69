from datetime import date

from odoo.tests import Form, tagged

from .common import JalaliAccountCommon


@tagged("post_install", "-at_install")
class TestResequence(JalaliAccountCommon):
    def _resequence(self, moves, first_name, ordering="keep"):
        wizard = Form(
            self.env["account.resequence.wizard"].with_context(
                active_model="account.move", active_ids=moves.ids
            )
        )
        wizard.first_name = first_name
        wizard.ordering = ordering
        wizard.save().resequence()

    def test_entries_are_renumbered_by_jalali_year(self):
        moves = self.env["account.move"]
        for day in ("2026-03-19", "2026-03-20", "2026-03-21", "2026-12-31"):
            moves |= self._entry(date.fromisoformat(day))
        self._resequence(moves, "INV/1404/00007")
        self.assertEqual(
            moves.mapped("name"),
            [
                "INV/1404/00007",
                "INV/1404/00008",
                "INV/1405/00001",
                "INV/1405/00002",
            ],
        )

    def test_entries_are_renumbered_by_jalali_month(self):
        moves = self.env["account.move"]
        for day in ("2025-09-22", "2025-09-23", "2025-09-30", "2025-10-22"):
            moves |= self._entry(date.fromisoformat(day), "entry")
        self._resequence(moves, "MISC/1404/06/0003")
        self.assertEqual(
            moves.mapped("name"),
            [
                "MISC/1404/06/0003",
                "MISC/1404/07/0001",
                "MISC/1404/07/0002",
                "MISC/1404/07/0003",
            ],
        )

    def test_entries_are_reordered_by_date(self):
        later = self._entry(date(2025, 10, 2))
        earlier = self._entry(date(2025, 10, 1))
        self._resequence(later + earlier, "INV/1404/00001", "date")
        self.assertEqual(earlier.name, "INV/1404/00001")
        self.assertEqual(later.name, "INV/1404/00002")

    def test_gregorian_numbers_are_renumbered_as_in_stock(self):
        self.iran.l10n_ir_jalali_fiscal_year = False
        moves = self._entry(date(2025, 12, 31)) | self._entry(date(2026, 1, 1))
        self.iran.l10n_ir_jalali_fiscal_year = True
        self._resequence(moves, "INV/2025/00005")
        self.assertEqual(moves.mapped("name"), ["INV/2025/00005", "INV/2026/00001"])

    def test_gregorian_numbers_may_be_made_jalali_on_demand(self):
        self.iran.l10n_ir_jalali_fiscal_year = False
        moves = self._entry(date(2025, 12, 31)) | self._entry(date(2026, 1, 1))
        self.iran.l10n_ir_jalali_fiscal_year = True
        self._resequence(moves, "INV/1404/00001")
        self.assertEqual(moves.mapped("name"), ["INV/1404/00001", "INV/1404/00002"])
