from datetime import date

from odoo.tests import TransactionCase, freeze_time, new_test_user

# Nowruz 1405, a Saturday
START = date(2026, 3, 21)


@freeze_time(f"{START} 08:00:00")
class LedgerCase(TransactionCase):
    """A club with one member's card, on the first day of 1405."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # messages are compared in the language of the source
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        cls.club = cls.env["loyalty.program"].create(
            {
                "name": "Club",
                "program_type": "loyalty",
                "applies_on": "both",
                "trigger": "auto",
            }
        )
        cls.member = cls.env["res.partner"].create({"name": "Member"})
        cls.card = cls.env["loyalty.card"].create(
            {"program_id": cls.club.id, "partner_id": cls.member.id}
        )
        cls.movements = cls.env["crm.ir.loyalty.movement"]
        cls.salesman = new_test_user(
            cls.env, "ledger_salesman", "sales_team.group_sale_salesman_all_leads"
        )
        cls.manager = new_test_user(
            cls.env, "ledger_manager", "sales_team.group_sale_manager"
        )

    def award(self, points, reference, **values):
        return self.card._l10n_ir_award(points, reference, "A reason", **values)

    def spend(self, points, reference, **values):
        return self.card._l10n_ir_spend(points, reference, "A reason", **values)

    def rows(self, card=None):
        """The kinds and points of a card's movements, in their order."""
        rows = self.movements.search(
            [("card_id", "=", (card or self.card).id)], order="id"
        )
        return [(row.kind, row.points) for row in rows]

    def assertLedger(self, card):
        """Movements, what is left of them and the card say the same."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT COALESCE(SUM(points), 0), COALESCE(SUM(remaining), 0)
              FROM crm_ir_loyalty_movement
             WHERE card_id = %s AND available_on <= %s
            """,
            (card.id, self.movements._today()),
        )
        points, remaining = self.env.cr.fetchone()
        self.assertEqual(card.points, float(points))
        self.assertEqual(points, remaining)
