from datetime import datetime, timedelta

from odoo import Command
from odoo.tests import new_test_user, tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from .customer_common import TODAY, ago

VALUES = ("frequency", "monetary", "last_purchase")


@tagged("post_install", "-at_install")
class TestCustomerPurchase(AccountTestInvoicingCommon):
    """What counts as a purchase, with real documents."""

    @classmethod
    def get_default_groups(cls):
        return super().get_default_groups() | cls.quick_ref(
            "sales_team.group_sale_manager"
        )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.company_data["company"]
        cls.euro = cls.setup_other_currency("EUR", rates=[("2000-01-01", 0.5)])
        cls.customer = cls.env["res.partner"].create(
            {"name": "Bahar Trading", "is_company": True}
        )
        cls.buyer = cls.env["res.partner"].create(
            {"name": "Mina", "parent_id": cls.customer.id}
        )
        cls.product = cls.env["product.product"].create({"name": "Tea"})
        cls.user = new_test_user(
            cls.env,
            "purchase_user",
            groups="sales_team.group_sale_salesman",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    def invoice(
        self, amount, day, partner=None, kind="out_invoice", post=True, **values
    ):
        move = (
            self.env["account.move"]
            .with_company(values.pop("company", self.company))
            .create(
                {
                    "move_type": kind,
                    "partner_id": (partner or self.buyer).id,
                    "invoice_date": day,
                    "invoice_line_ids": [
                        Command.create(
                            {
                                "product_id": self.product.id,
                                "price_unit": amount,
                                "tax_ids": [Command.clear()],
                            }
                        )
                    ],
                    **values,
                }
            )
        )
        if post:
            move.action_post()
        return move

    def order(self, amount, day, **values):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.buyer.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.product.id,
                            "price_unit": amount,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
                **values,
            }
        )
        order.action_confirm()
        order.date_order = day
        return order

    def row(self, partner=None, company=None):
        """The customer's row after a run, as a salesperson sees it."""
        company = company or self.company
        self.env["crm.ir.customer.stat"]._refresh(company, TODAY)
        return (
            self.env["crm.ir.customer.stat"]
            .with_user(self.user)
            .search([("partner_id", "=", (partner or self.customer).id)])
        )

    def values(self, *arguments):
        row = self.row(*arguments)
        return tuple(row[name] for name in VALUES)

    def test_posted_invoices_less_credit_notes(self):
        self.invoice(1000, ago(9))
        self.invoice(500, ago(9))
        self.invoice(200, ago(5), kind="out_receipt")
        self.invoice(300, ago(2), kind="out_refund")
        self.assertEqual(self.values(), (2, 1400, ago(5)))

    def test_taxes_are_no_purchase(self):
        move = self.invoice(1000, ago(9), post=False)
        move.invoice_line_ids.tax_ids = self.company_data["default_tax_sale"]
        move.action_post()
        self.assertGreater(move.amount_total, 1000)
        self.assertEqual(self.row().monetary, 1000)

    def test_what_is_not_posted_does_not_count(self):
        self.invoice(1000, ago(9))
        self.invoice(10, ago(3), post=False)
        self.invoice(20, ago(3)).button_cancel()
        self.invoice(30, ago(3)).button_draft()
        self.invoice(40, ago(3), kind="in_invoice")
        self.assertEqual(self.values(), (1, 1000, ago(9)))

    def test_invoices_of_later_days_wait(self):
        self.invoice(1000, ago(9))
        self.invoice(10, TODAY + timedelta(days=1))
        self.assertEqual(self.values(), (1, 1000, ago(9)))

    def test_currencies_add_up_in_that_of_the_company(self):
        self.invoice(1000, ago(9))
        self.invoice(100, ago(8), currency_id=self.euro.id)
        self.invoice(25, ago(7), kind="out_refund", currency_id=self.euro.id)
        self.assertEqual(self.values(), (2, 1150, ago(8)))

    def test_companies_are_apart(self):
        other = self.setup_other_company()["company"]
        self.invoice(1000, ago(9))
        self.invoice(7, ago(1), company=other)
        self.row(self.customer, other)
        self.assertEqual(self.values(), (1, 1000, ago(9)))
        both = self.env["crm.ir.customer.stat"].search(
            [("partner_id", "=", self.customer.id)]
        )
        self.assertEqual(
            {row.company_id: row.monetary for row in both},
            {self.company: 1000, other: 7},
        )

    def test_people_count_as_their_company_or_as_themselves(self):
        self.invoice(1000, ago(9))
        self.invoice(10, ago(8), partner=self.customer)
        self.assertEqual(self.values(), (2, 1010, ago(8)))
        self.assertFalse(self.row(self.buyer))
        self.company.l10n_ir_customer_kind = "contact"
        self.assertEqual(self.values(), (1, 10, ago(8)))
        self.assertEqual(self.values(self.buyer), (1, 1000, ago(9)))

    def test_a_person_who_changes_companies_takes_the_purchases_along(self):
        self.invoice(1000, ago(9))
        self.row()
        other = self.env["res.partner"].create({"name": "Other", "is_company": True})
        self.buyer.parent_id = other
        self.assertFalse(self.row())
        self.assertEqual(self.row(other).monetary, 1000)

    def test_archived_customers_keep_their_row(self):
        self.invoice(1000, ago(9))
        (self.buyer | self.customer).action_archive()
        self.assertEqual(self.row().monetary, 1000)

    def test_a_product_that_is_no_more_leaves_the_purchases(self):
        move = self.invoice(1000, ago(9))
        move.invoice_line_ids.product_id = False
        self.product.unlink()
        self.assertFalse(self.product.exists())
        self.assertEqual(self.row().monetary, 1000)

    def test_the_row_of_a_deleted_contact_goes_with_it(self):
        lead = self.env["crm.lead"].create(
            {"name": "Lead", "partner_id": self.customer.id, "type": "lead"}
        )
        self.assertEqual(self.row().lifecycle, "lead")
        lead.unlink()
        self.buyer.unlink()
        self.customer.unlink()
        self.assertFalse(self.row())

    def test_merged_customers_have_one_right_row(self):
        second = self.env["res.partner"].create({"name": "Bahar Trade"})
        third = self.env["res.partner"].create({"name": "Bahar"})
        self.invoice(1000, ago(9))
        self.invoice(100, ago(5), partner=second)
        self.invoice(10, ago(2), partner=third)
        run = self.env["crm.ir.customer.run"].sudo()._claim(self.company)
        run._run_full(TODAY)
        wizard = self.env["base.partner.merge.automatic.wizard"].sudo()
        wizard._merge((self.customer | second | third).ids, self.customer)
        self.assertFalse((second | third).exists())
        run._run_touched()
        stats = self.env["crm.ir.customer.stat"].with_user(self.user)
        rows = stats.search([("company_id", "=", self.company.id)])
        self.assertEqual(rows.partner_id, self.customer)
        self.assertEqual(tuple(rows[name] for name in VALUES), (3, 1110, ago(2)))

    def test_customers_are_queued_when_an_invoice_counts_or_no_longer_does(self):
        self.invoice(20, ago(3), post=False)
        self.invoice(20, ago(3), kind="in_invoice")
        self.assertFalse(self.queued())
        move = self.invoice(10, ago(3))
        self.assertEqual(self.queued(), self.buyer)
        move.button_draft()
        self.assertEqual(self.queued(), self.buyer)
        move.button_cancel()
        self.assertEqual(self.queued(), self.buyer)
        self.invoice(5, ago(3), kind="out_refund", partner=self.customer)
        self.assertEqual(self.queued(), self.customer)
        self.company.l10n_ir_purchase_source = "sale"
        self.queued()
        self.invoice(10, ago(3))
        self.assertFalse(self.queued())

    def queued(self):
        """Take out of the queue of the company whom it holds."""
        touches = self.env["crm.ir.customer.touch"].sudo()
        waiting = touches.search([("company_id", "=", self.company.id)])
        partners = waiting.partner_id
        waiting.unlink()
        return partners

    def test_sale_orders_where_the_company_chose_them(self):
        self.company.l10n_ir_purchase_source = "sale"
        self.invoice(7, ago(1))
        self.order(1000, datetime(2026, 3, 1, 12))
        self.order(1, datetime(2026, 3, 5, 12)).action_lock()
        self.order(50, datetime(2026, 3, 9, 12))._action_cancel()
        self.assertEqual(self.values(), (2, 1001, datetime(2026, 3, 5).date()))

    def test_sale_orders_in_another_currency_by_their_own_rate(self):
        self.company.l10n_ir_purchase_source = "sale"
        pricelist = self.env["product.pricelist"].create(
            {"name": "Euro", "currency_id": self.euro.id}
        )
        self.order(100, datetime(2026, 3, 1, 12), pricelist_id=pricelist.id)
        self.env.flush_all()
        # a later rate changes nothing
        self.euro.rate_ids.rate = 0.1
        self.assertEqual(self.row().monetary, 200)

    def test_the_day_of_an_order_begins_at_midnight_in_the_company(self):
        self.company.l10n_ir_purchase_source = "sale"
        self.order(100, datetime(2026, 3, 1, 20, 29))
        self.assertEqual(str(self.row().last_purchase), "2026-03-01")
        self.order(100, datetime(2026, 3, 1, 20, 30))
        self.assertEqual(str(self.row().last_purchase), "2026-03-02")
        self.company.partner_id.tz = "UTC"
        self.assertEqual(str(self.row().last_purchase), "2026-03-01")
