from datetime import date, timedelta
from unittest.mock import patch

from odoo.tests import TransactionCase, new_test_user
from odoo.tools import SQL

TODAY = date(2026, 3, 20)


def ago(days):
    return TODAY - timedelta(days=days)


class CustomerCase(TransactionCase):
    """A company without a past, whose purchases are what `bought` was told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Shop"})
        cls.env.user.company_ids += cls.company
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.company.ids}
        )
        cls.user = new_test_user(
            cls.env,
            "customer_user",
            groups="sales_team.group_sale_salesman_all_leads",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )
        cls.stats = cls.env["crm.ir.customer.stat"]
        cls.moves = cls.env["crm.ir.customer.move"]
        cls.people = cls.env["res.partner"].create(
            [{"name": f"Customer {number}"} for number in range(30)]
        )

    def setUp(self):
        super().setUp()
        self.rows = []
        source = patch.object(
            self.registry["crm.ir.purchase"],
            "_get_invoice_source",
            lambda purchases, company: self._source(company),
        )
        source.start()
        self.addCleanup(source.stop)

    def _source(self, company):
        rows = self.rows if company == self.company else []
        return SQL(
            "SELECT * FROM (VALUES %s) AS bought (partner_id, day, amount) "
            "WHERE partner_id IS NOT NULL",
            SQL(", ").join(
                SQL("(%s::int, %s::date, %s::numeric)", *row)
                for row in [*self.rows_of(rows), (None, None, None)]
            ),
        )

    @staticmethod
    def rows_of(rows):
        return [(partner.id, day, str(amount)) for partner, day, amount in rows]

    def bought(self, *rows):
        """Set all purchases: customer or its number, day, amount."""
        self.rows = [
            (self.people[who] if isinstance(who, int) else who, day, amount)
            for who, day, amount in rows
        ]

    def refresh(self, day=TODAY, **options):
        return self.stats._refresh(self.company, day, **options)

    def row(self, who):
        """The row of a customer, as a salesperson sees it."""
        partner = self.people[who] if isinstance(who, int) else who
        return self.stats.with_user(self.user).search([("partner_id", "=", partner.id)])

    def columns(self, *names):
        """Values of all rows by the number of the customer."""
        numbers = {partner: number for number, partner in enumerate(self.people)}
        return {
            numbers[row.partner_id]: tuple(row[name] for name in names)
            for row in self.stats.search([("company_id", "=", self.company.id)])
        }
