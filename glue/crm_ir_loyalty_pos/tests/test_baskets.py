from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import SQL

from .common import TillCase


@tagged("post_install", "-at_install")
class TestBaskets(TillCase):
    """What the till tells of products bought together, and of when customers come."""

    def products(self):
        """Products in the baskets, each by as many as hold it."""
        self.env.flush_all()
        rows = self.env.execute_query(
            self.env["crm.ir.product.basket"]._get_pos_lines(
                self.env.company, fields.Date.today() - timedelta(days=730)
            )
        )
        return [product_id for _document, product_id in sorted(set(rows))]

    def test_an_order_is_one_basket_invoiced_or_not(self):
        self.sell(100)
        self.assertEqual(self.products(), self.tea.ids)
        order = self.sell(200, to_invoice=True)
        self.assertEqual(order.sudo().account_move.state, "posted")
        self.assertEqual(self.products(), self.tea.ids * 2)

    def test_what_comes_back_or_is_a_reward_is_not_bought(self):
        self.give_back(self.sell(100, -10, points=100))
        self.assertEqual(self.products(), self.tea.ids)

    def test_an_unpaid_order_is_no_basket(self):
        self.create_backend_pos_order(
            {
                "order_data": {"partner_id": self.member.id},
                "line_data": [self.line(100, 0)],
            }
        )
        self.assertEqual(self.products(), [])

    def test_the_job_reads_what_the_company_chose(self):
        company = self.env.company
        company.l10n_ir_purchase_source = "pos"
        cup, lemon = self.env["product.product"].create(
            [
                {"name": name, "taxes_id": False, "available_in_pos": True}
                for name in ("Cup", "Lemon")
            ]
        )
        for number in range(12):
            order = self.sell(100, 100, confirm=False)
            one, other = order.sudo().lines
            if number < 6:
                one.product_id, other.product_id = cup, lemon
        rules = self.env["crm.ir.product.basket"].sudo()
        rules._refresh(company)
        self.assertEqual(
            {
                (rule.product_tmpl_id, rule.other_tmpl_id): rule.baskets
                for rule in rules.search([("company_id", "=", company.id)])
            },
            {
                (cup.product_tmpl_id, lemon.product_tmpl_id): 6,
                (lemon.product_tmpl_id, cup.product_tmpl_id): 6,
            },
        )

    def test_who_buys_at_the_till_was_there(self):
        order = self.sell(100)
        signals = self.env["crm.ir.contact.signal"]._get_signals(
            self.env.company, fields.Datetime.now() + timedelta(minutes=1)
        )
        self.assertEqual(
            self.env.execute_query(
                SQL(
                    "SELECT moment, channel, asked, hit FROM (%s) AS signal"
                    " WHERE partner_id = %s",
                    signals,
                    self.member.id,
                )
            ),
            [(order.sudo().date_order, None, False, True)],
        )
