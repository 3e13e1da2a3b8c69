import logging
from collections import Counter
from datetime import timedelta
from itertools import permutations
from math import sqrt
from random import Random
from unittest.mock import patch

from odoo import Command, fields
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import SQL

from odoo.addons.account.tests.common import AccountTestInvoicingCommon


def brute_force(baskets):
    """(who buys, also buys): (baskets, support, confidence, lift), by counting sets."""
    found = {}
    for one, other in permutations(set().union(*baskets), 2):
        having = [basket for basket in baskets if one in basket]
        both = sum(other in basket for basket in having)
        share = sum(other in basket for basket in baskets) / len(baskets)
        # lower end of the Wilson score interval, 95 %
        n, p, z = len(having), both / len(having), 1.959963984540054
        low = (p + z * z / (2 * n) - z * sqrt(p * (1 - p) / n + (z / n / 2) ** 2)) / (
            1 + z * z / n
        )
        if both >= 5 and low > share:
            found[one, other] = (both, both / len(baskets), p, p / share)
    return found


@tagged("post_install", "-at_install")
class TestProductBasket(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company, cls.other = cls.env["res.company"].create(
            [{"name": "فروشگاه"}, {"name": "شعبه"}]
        )
        cls.env.user.company_ids += cls.company | cls.other
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.company.ids}
        )
        cls.salesman = new_test_user(
            cls.env,
            "basket_sales",
            groups="sales_team.group_sale_salesman",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.rules = cls.env["crm.ir.product.basket"]
        cls.products = cls.env["product.template"].create(
            [{"name": f"کالا {number}", "list_price": 1000} for number in range(12)]
        )
        cls.bread, cls.cheese, cls.tea = cls.products[:3]

    def setUp(self):
        super().setUp()
        self.documents = {}
        source = patch.object(
            self.registry["crm.ir.product.basket"],
            "_get_invoice_lines",
            lambda _self, company, _since: self._source(company),
        )
        source.start()
        self.addCleanup(source.stop)

    def _source(self, company):
        rows = [
            (number, product.id)
            for number, products in enumerate(self.documents.get(company, ()))
            for product in products
        ]
        return SQL(
            "SELECT * FROM unnest(%s::int[], %s::int[]) AS line (document, product_id)",
            [number for number, _ in rows],
            [product for _, product in rows],
        )

    def sold(self, *documents, company=None):
        """Set the documents of a company: (how many, templates)."""
        self.documents[company or self.company] = [
            products.product_variant_id
            for count, products in documents
            for _ in range(count)
        ]
        self.rules._refresh(company or self.company)

    def found(self, company=None):
        """The rules of a company, as a salesperson of the first one sees them."""
        seen = self.rules.with_user(self.salesman)
        if company:
            seen = self.rules.search([("company_id", "=", company.id)])
        return {
            (rule.product_tmpl_id, rule.other_tmpl_id): (
                rule.baskets,
                rule.support,
                rule.confidence,
                rule.lift,
            )
            for rule in (seen if company else seen.search([]))
        }

    def habit(self, *more):
        """Bread in 40 of 100 documents, cheese in 20, both in 16."""
        self.sold(
            (16, self.bread | self.cheese),
            (24, self.bread),
            (4, self.cheese),
            (56, self.tea),
            *more,
        )

    def test_against_counting_the_baskets(self):
        chance = Random(3)
        baskets = []
        for _ in range(400):
            basket = {one for one in self.products if chance.random() < 0.15}
            if self.bread in basket and chance.random() < 0.7:
                basket.add(self.cheese)
            if self.tea in basket and chance.random() < 0.5:
                basket.add(self.products[7])
            if basket:
                baskets.append(basket)
        self.sold(*((1, self.rules.product_tmpl_id.union(*b)) for b in baskets))
        expected, found = brute_force(baskets), self.found()
        self.assertEqual(found.keys(), expected.keys())
        self.assertIn((self.bread, self.cheese), found)
        self.assertLessEqual(max(Counter(one for one, _ in found).values()), 10)
        for pair, figures in expected.items():
            for figure, right in zip(found[pair], figures, strict=True):
                self.assertAlmostEqual(figure, right, 9)

    def test_figures_of_a_rule(self):
        self.habit()
        self.assertEqual(
            self.found(),
            {
                (self.bread, self.cheese): (16, 0.16, 0.4, 2),
                (self.cheese, self.bread): (16, 0.16, 0.8, 2),
            },
        )

    def test_what_holds_no_more_does_not_stay(self):
        self.habit()
        self.sold((9, self.tea))
        self.assertEqual(self.found(), {})
        self.sold()
        self.assertEqual(self.found(), {})

    def test_variants_are_one_product(self):
        colour = self.env["product.attribute"].create(
            {
                "name": "رنگ",
                "value_ids": [
                    Command.create({"name": "سرخ"}),
                    Command.create({"name": "سبز"}),
                ],
            }
        )
        self.bread.attribute_line_ids = [
            Command.create(
                {
                    "attribute_id": colour.id,
                    "value_ids": [Command.set(colour.value_ids.ids)],
                }
            )
        ]
        red, green = self.bread.product_variant_ids
        cheese, tea = (self.cheese | self.tea).product_variant_id
        self.documents[self.company] = (
            [red | green | cheese] * 8
            + [red | cheese] * 8
            + [red] * 12
            + [green] * 12
            + [cheese] * 4
            + [tea] * 56
        )
        self.rules._refresh(self.company)
        self.assertEqual(
            self.found(),
            {
                (self.bread, self.cheese): (16, 0.16, 0.4, 2),
                (self.cheese, self.bread): (16, 0.16, 0.8, 2),
            },
        )

    def test_a_huge_document_is_no_basket(self):
        crowd = self.env["product.template"].create(
            [{"name": f"انبار {number}"} for number in range(101)]
        )
        # "INFO" by name is another level in Odoo
        with self.assertLogs("odoo.addons.crm_ir_loyalty", logging.INFO) as logs:
            self.habit((6, crowd))
        self.assertIn("left out 6 documents", logs.output[0])
        self.assertEqual(self.found()[self.bread, self.cheese], (16, 0.16, 0.4, 2))
        self.assertEqual(len(self.found()), 2)

    def test_products_no_longer_sold(self):
        """They are in no rule, and baskets of nothing else do not count."""
        self.tea.active = False
        self.products[3].sale_ok = False
        self.products[4].company_id = self.other
        self.habit((20, self.products[3:5]))
        # of 44 documents that are left bread is in 40: no more often with cheese
        self.assertEqual(self.found(), {})
        self.sold(
            (16, self.bread | self.cheese),
            (60, self.products[5]),
            (20, self.tea | self.bread),
        )
        self.assertEqual(self.found()[self.bread, self.cheese][0], 16)
        self.assertFalse(any(self.tea in pair for pair in self.found()))

    def test_a_deleted_product_takes_its_rules_with_it(self):
        self.habit()
        self.cheese.unlink()
        self.assertEqual(self.found(), {})

    def test_the_product_shows_what_is_bought_with_it(self):
        self.habit()
        bread = self.bread.with_user(self.salesman)
        self.assertEqual(bread.l10n_ir_basket_ids.other_tmpl_id, self.cheese)
        self.cheese.active = False
        self.env.invalidate_all()
        self.assertFalse(bread.l10n_ir_basket_ids)

    def test_two_companies_are_separate(self):
        self.habit()
        here = self.found(self.company)
        self.sold(
            (20, self.tea | self.products[5]),
            (60, self.bread),
            company=self.other,
        )
        self.assertEqual(self.found(self.company), here)
        self.assertEqual(self.found(), here)
        self.assertEqual(
            set(self.found(self.other)),
            {(self.tea, self.products[5]), (self.products[5], self.tea)},
        )

    def test_confirmed_orders(self):
        """What is free, a down payment, refused or three years old is not bought."""
        self.company.l10n_ir_purchase_source = "sale"
        customer = self.env["res.partner"].create({"name": "Bahar"})

        def orders(count, *products, state="sale", **values):
            self.env["sale.order"].create(
                [
                    {
                        "partner_id": customer.id,
                        "company_id": self.company.id,
                        "state": state,
                        "order_line": [
                            Command.create(
                                {
                                    "product_id": product.product_variant_id.id,
                                    "price_unit": 0 if product == self.tea else 1000,
                                    "is_downpayment": product == self.products[9],
                                }
                            )
                            for product in products
                        ],
                        **values,
                    }
                ]
                * count
            )

        orders(6, self.bread, self.cheese, self.tea, self.products[9])
        orders(9, self.products[5])
        orders(9, self.bread, self.products[5], state="draft")
        orders(
            9,
            self.cheese,
            self.products[5],
            date_order=fields.Datetime.now() - timedelta(days=1000),
        )
        self.rules._refresh(self.company)
        self.assertEqual(
            self.found(),
            {
                (self.bread, self.cheese): (6, 0.4, 1, 2.5),
                (self.cheese, self.bread): (6, 0.4, 1, 2.5),
            },
        )

    def test_the_weekly_job_serves_every_company(self):
        self.habit()
        self.rules.search([]).unlink()
        with patch.object(self.registry["ir.cron"], "_commit_progress"):
            self.rules._cron_baskets()
        self.assertEqual(len(self.found()), 2)


@tagged("post_install", "-at_install")
class TestInvoiceBasket(AccountTestInvoicingCommon):
    """What an invoice puts into the basket."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.company_data["company"]
        cls.bread, cls.cheese, cls.tea = cls.env["product.product"].create(
            [{"name": name} for name in ("Bread", "Cheese", "Tea")]
        )

    def invoice(self, kind="out_invoice", day=None, post=True):
        move = self.env["account.move"].create(
            {
                "move_type": kind,
                "partner_id": self.partner_a.id,
                "invoice_date": day or fields.Date.today(),
                "invoice_line_ids": [
                    Command.create({"display_type": "line_note", "name": "—"}),
                    *(
                        Command.create(
                            {
                                "product_id": product.id,
                                "quantity": quantity,
                                "price_unit": price,
                                "tax_ids": [Command.clear()],
                            }
                        )
                        for product, quantity, price in (
                            (self.bread, 1, 1000),
                            (self.cheese, 2, 500),
                            (self.tea, 1, 0),
                            (self.tea, -1, 100),
                        )
                    ),
                ],
            }
        )
        if post:
            move.action_post()
        return move

    def test_what_was_bought(self):
        """Not what is free or came back, of drafts, credit notes and bills neither."""
        today = fields.Date.today()
        bought = self.invoice() | self.invoice("out_receipt")
        self.invoice(post=False)
        self.invoice("out_refund")
        self.invoice("in_invoice")
        self.invoice(day=today - timedelta(days=1000))
        self.env.flush_all()
        lines = self.env["crm.ir.product.basket"]._get_invoice_lines(
            self.company, today - timedelta(days=730)
        )
        self.assertCountEqual(
            self.env.execute_query(lines),
            [
                (move.id, product.id)
                for move in bought
                for product in (self.bread, self.cheese)
            ],
        )
