from odoo.tests import tagged

from .common import TillCase


@tagged("post_install", "-at_install")
class TestPurchases(TillCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.l10n_ir_purchase_source = "pos"
        cls.touches = cls.env["crm.ir.customer.touch"].sudo()

    def bought(self):
        """What the analysis counts as purchases of the member."""
        source = self.env["crm.ir.purchase"]._get_purchases(
            self.company, self.company._l10n_ir_today(), self.member.ids
        )
        return sorted(
            float(amount) for _partner, _day, amount in self.env.execute_query(source)
        )

    def touched(self):
        return self.member in self.touches.search([]).partner_id

    def test_orders_at_the_till_are_purchases(self):
        self.sell(100)
        self.sell(100, 50)
        self.assertEqual(self.bought(), [100, 150])

    def test_an_invoiced_order_counts_once(self):
        self.sell(100)
        order = self.sell(200, to_invoice=True)
        self.assertEqual(order.sudo().account_move.state, "posted")
        self.assertEqual(self.bought(), [100, 200])

    def test_an_order_whose_invoice_is_reset_still_counts_once(self):
        order = self.sell(200)
        order.sudo().action_pos_order_invoice()
        self.assertEqual(self.bought(), [200])
        order.sudo().account_move.button_draft()
        self.assertEqual(self.bought(), [200])

    def test_a_return_at_the_till_is_negative(self):
        self.give_back(self.sell(100))
        self.assertEqual(self.bought(), [-100, 100])

    def test_an_unpaid_order_is_no_purchase(self):
        order = self.create_backend_pos_order(
            {
                "order_data": {"partner_id": self.member.id},
                "line_data": [self.line(100, 0)],
            }
        )[0]
        self.assertEqual(order.state, "draft")
        self.assertEqual(self.bought(), [])

    def test_invoices_of_the_office_count_as_well(self):
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.member.id,
                "invoice_line_ids": [
                    (0, 0, {"name": "Tea", "price_unit": 70, "tax_ids": False})
                ],
            }
        )
        self.touches.search([]).unlink()
        invoice.action_post()
        self.assertEqual(self.bought(), [70])
        self.assertTrue(self.touched())

    def test_an_order_in_another_currency_counts_in_that_of_the_company(self):
        self.sell(100)
        order = self.sell(100)
        self.env.cr.execute(
            "UPDATE pos_order SET currency_rate = 4 WHERE id = %s", (order.id,)
        )
        self.assertEqual(self.bought(), [25, 100])

    def test_an_order_at_the_till_has_its_customer_recomputed(self):
        self.touches.search([]).unlink()
        self.sell(100)
        self.assertTrue(self.touched())

    def test_invoices_alone_are_counted_unless_the_company_chose_the_till(self):
        self.company.l10n_ir_purchase_source = "invoice"
        self.touches.search([]).unlink()
        self.sell(100)
        self.assertEqual(self.bought(), [])
        self.assertFalse(self.touched())
