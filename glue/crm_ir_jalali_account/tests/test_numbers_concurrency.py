from odoo import SUPERUSER_ID, Command, api
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestNumbersConcurrency(TransactionCase):
    """Two accountants post at once, each in a transaction that does not see the other."""

    def setUp(self):
        super().setUp()
        self.envs = []
        for _ in range(3):
            cr = self.registry.cursor()
            self.addCleanup(cr.close)
            self.envs.append(api.Environment(cr, SUPERUSER_ID, {}))
        env = self.envs[0]
        company = env.ref("base.main_company")
        before = company.l10n_ir_jalali_fiscal_year
        company.l10n_ir_jalali_fiscal_year = True
        journal = env["account.journal"].create(
            {"name": "Race", "code": "RACE", "type": "general"}
        )
        account = env["account.account"].create(
            {"code": "RACE", "name": "Race", "account_type": "asset_fixed"}
        )
        moves = env["account.move"].create(
            [
                {
                    "journal_id": journal.id,
                    "date": "2026-03-20",
                    "line_ids": [
                        Command.create({"name": "x", "account_id": account.id})
                    ],
                }
            ]
            * 3
        )
        moves[0].action_post()
        self.move_ids = moves.ids
        env.cr.commit()

        def clean():
            for other in self.envs:
                other.cr.rollback()
            moves.invalidate_recordset()
            moves.filtered(lambda move: move.state == "posted").button_draft()
            moves.posted_before = False
            (moves.with_context(force_delete=True)).unlink()
            journal.unlink()
            account.unlink()
            company.l10n_ir_jalali_fiscal_year = before
            env.cr.commit()

        self.addCleanup(clean)

    def test_numbers_posted_at_once_are_next_to_each_other(self):
        reader, first, second = self.envs
        first.cr.execute("SELECT 1")  # its snapshot knows nothing of the second
        second["account.move"].browse(self.move_ids[1]).action_post()
        second.cr.commit()
        first["account.move"].browse(self.move_ids[2]).action_post()
        first.cr.commit()
        moves = reader["account.move"].browse(self.move_ids)
        moves.invalidate_recordset()
        self.assertEqual(
            moves.mapped("name"),
            ["RACE/1404/12/0001", "RACE/1404/12/0002", "RACE/1404/12/0003"],
        )
        self.assertEqual(moves.mapped("made_sequence_gap"), [False] * 3)
