from datetime import date

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, new_test_user, tagged

from odoo.addons.sale.tests.common import TestSaleCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-21 08:00:00")
class TestMovementSale(TestSaleCommon):
    """A club of one point for each unit of money, ten of which pay one unit."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # messages are compared in the language of the source
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        cls.env["loyalty.program"].search([]).active = False
        cls.club = cls.env["loyalty.program"].create(
            {
                "name": "Club",
                "program_type": "loyalty",
                "applies_on": "both",
                "trigger": "auto",
                "rule_ids": [
                    Command.create({"reward_point_mode": "money", "minimum_amount": 1})
                ],
                "reward_ids": [
                    Command.create(
                        {
                            "reward_type": "discount",
                            "discount_mode": "per_point",
                            "discount": 0.1,
                            "required_points": 10,
                        }
                    )
                ],
            }
        )
        cls.product = cls.env["product.product"].create(
            {
                "name": "Tea",
                "list_price": 100,
                "type": "service",
                "invoice_policy": "order",
                "taxes_id": False,
            }
        )
        cls.member = cls.env["res.partner"].create({"name": "Member"})
        cls.card = cls.env["loyalty.card"].create(
            {"program_id": cls.club.id, "partner_id": cls.member.id}
        )
        cls.salesman = new_test_user(
            cls.env, "ledger_salesman", "sales_team.group_sale_salesman_all_leads"
        )
        cls.manager = new_test_user(
            cls.env, "ledger_manager", "sales_team.group_sale_manager"
        )
        cls.accountant = new_test_user(
            cls.env, "ledger_accountant", "account.group_account_invoice"
        )

    def order(self, quantity=1):
        order = (
            self.env["sale.order"]
            .with_user(self.salesman)
            .create(
                {
                    "partner_id": self.member.id,
                    "order_line": [
                        Command.create(
                            {"product_id": self.product.id, "product_uom_qty": quantity}
                        )
                    ],
                }
            )
        )
        order._update_programs_and_rewards()
        return order

    def cancel(self, orders):
        # stock lets nobody else delete what an order earns
        orders.with_user(self.manager)._action_cancel()

    def redeem(self, order):
        rewards = order._get_claimable_rewards()
        order._apply_program_reward(rewards[self.card], self.card)

    def invoice(self, order):
        invoice = order.sudo()._create_invoices()
        invoice.action_post()
        return invoice.with_user(self.accountant)

    def refund(self, invoice, quantity=None):
        refund = invoice._reverse_moves()
        if quantity is not None:
            refund.invoice_line_ids.quantity = quantity
        refund.action_post()
        return refund

    def rows(self):
        return [
            (row.kind, row.points)
            for row in self.card.l10n_ir_movement_ids.sorted("id")
        ]

    # Confirming and cancelling

    def test_a_confirmed_order_awards_with_its_name(self):
        order = self.order()
        self.assertFalse(self.rows())
        order.action_confirm()
        movement = self.card.l10n_ir_movement_ids
        self.assertEqual(self.rows(), [("award", 100)])
        self.assertEqual(movement.reason, order.name)
        self.assertEqual(
            (movement.res_model, movement.res_id), ("sale.order", order.id)
        )
        self.assertEqual(movement.create_uid, self.salesman)

    def test_a_cancelled_order_leaves_no_trace_in_the_balance(self):
        order = self.order()
        order.action_confirm()
        self.cancel(order)
        self.assertEqual(self.rows(), [("award", 100), ("revoke", -100)])
        self.assertEqual(self.card.points, 0)

    def test_an_order_that_earns_and_spends_says_both(self):
        self.card._l10n_ir_award(200, "join", "Joined")
        order = self.order()
        self.redeem(order)
        order.action_confirm()
        # what the order itself earns may pay for it at once
        self.assertEqual(order.amount_untaxed, 70)
        earned = order.coupon_point_ids.points
        spent = sum(order.order_line.mapped("points_cost"))
        self.assertEqual(self.rows()[1:], [("award", earned), ("spend", -spent)])
        self.assertEqual(self.card.points, 200 + earned - spent)

    def test_cancelling_gives_points_back_to_their_awards_with_their_days(self):
        old = self.card._l10n_ir_award(
            60, "birthday", "Birthday", expires_on=date(2026, 4, 1)
        )
        self.card._l10n_ir_award(40, "join", "Joined", expires_on=False)
        order = self.order()
        self.redeem(order)
        order.action_confirm()
        self.assertEqual(old.remaining, 0)
        self.cancel(order)
        self.assertEqual((self.card.points, old.remaining), (100, 60))
        with freeze_time("2026-04-02 08:00:00"):
            self.card._l10n_ir_settle()
            self.assertEqual(self.card.points, 40)

    def test_cancelling_after_the_points_were_spent_leaves_them_owed(self):
        order = self.order()
        order.action_confirm()
        self.card._l10n_ir_spend(70, "gift", "A gift")
        self.cancel(order)
        self.assertEqual(self.card.points, -70)
        self.order().action_confirm()
        self.assertEqual(self.card.points, 30)

    def test_an_order_confirmed_again_earns_again_and_only_once(self):
        order = self.order()
        for _twice in range(2):
            order.action_confirm()
            self.assertEqual(self.card.points, 100)
            self.cancel(order)
            self.assertEqual(self.card.points, 0)
            order.action_draft()
            order._update_programs_and_rewards()

    def test_several_orders_at_once_are_several_awards(self):
        orders = self.order() | self.order(2)
        orders.action_confirm()
        self.assertEqual(sorted(self.rows()), [("award", 100), ("award", 200)])
        self.cancel(orders)
        self.assertEqual(self.card.points, 0)

    def test_a_reward_removed_from_a_confirmed_order_is_given_back(self):
        award = self.card._l10n_ir_award(
            100, "birthday", "Birthday", expires_on=date(2026, 4, 1)
        )
        order = self.order()
        self.redeem(order)
        order.action_confirm()
        earned = order.coupon_point_ids.points
        # as stock does where the order does not deserve it any more
        order.sudo().order_line.filtered("is_reward_line")._reset_loyalty()
        self.assertEqual(self.card.points, 100 + earned)
        self.assertEqual(award.remaining, 100)
        # what the birthday and the order itself had paid
        self.assertEqual(self.rows()[-1], ("restore", 100 + earned))

    # Days

    def test_points_of_a_sale_wait_for_their_days(self):
        self.club.l10n_ir_pending_days = 7
        self.order().action_confirm()
        self.assertEqual((self.card.points, self.card.l10n_ir_pending), (0, 100))
        order = self.order()
        self.assertFalse(order._get_claimable_rewards())

    def test_an_order_cannot_pay_with_points_that_ran_out(self):
        self.card._l10n_ir_award(100, "join", "Joined", expires_on=date(2026, 3, 21))
        order = self.order()
        self.redeem(order)
        with (
            freeze_time("2026-03-22 08:00:00"),
            self.assertRaisesRegex(ValidationError, "rewards"),
        ):
            order.action_confirm()

    # Returns

    def test_a_full_return_takes_all_its_points_back(self):
        order = self.order()
        order.action_confirm()
        self.refund(self.invoice(order))
        self.assertEqual(self.rows(), [("award", 100), ("revoke", -100)])

    def test_returns_in_parts_take_exactly_all(self):
        self.club.rule_ids.reward_point_amount = 0.1234
        order = self.order(3)
        order.action_confirm()
        invoice = self.invoice(order)
        earned = self.card.points
        self.refund(invoice, 1)
        self.assertAlmostEqual(self.card.points, earned * 2 / 3, 3)
        self.refund(invoice, 1)
        self.refund(invoice, 1)
        self.assertEqual(self.card.points, 0)
        self.refund(invoice, 1)
        self.assertEqual(self.card.points, 0)

    def test_a_return_that_is_reset_or_cancelled_gives_points_back(self):
        order = self.order(2)
        order.action_confirm()
        refund = self.refund(self.invoice(order), 1)
        self.assertEqual(self.card.points, 100)
        refund.button_draft()
        self.assertEqual(self.card.points, 200)
        refund.action_post()
        self.assertEqual(self.card.points, 100)
        refund.button_draft()
        refund.button_cancel()
        self.assertEqual(self.card.points, 200)

    def test_a_return_of_one_of_two_invoices_takes_its_part(self):
        order = self.order(4)
        order.action_confirm()
        order.sudo().order_line.qty_to_invoice = 1
        invoice = order.sudo()._create_invoices()
        invoice.invoice_line_ids.quantity = 1
        invoice.action_post()
        self.refund(invoice.with_user(self.accountant))
        self.assertEqual(self.card.points, 300)

    def test_a_credit_note_of_a_lump_sum_takes_the_share_of_the_invoice(self):
        order = self.order(2)
        order.action_confirm()
        invoice = self.invoice(order)
        refund = invoice._reverse_moves()
        refund.write(
            {
                "invoice_line_ids": [
                    Command.clear(),
                    Command.create({"name": "Damage", "price_unit": 50}),
                ]
            }
        )
        refund.action_post()
        self.assertEqual(self.card.points, 150)

    def test_a_cancelled_order_does_not_get_points_back_by_its_return(self):
        order = self.order(2)
        order.action_confirm()
        refund = self.refund(self.invoice(order), 1)
        self.cancel(order)
        self.assertEqual(self.card.points, 0)
        refund.button_draft()
        self.assertEqual(self.card.points, 0)

    def test_an_award_of_an_invoice_is_returned_with_it(self):
        order = self.order(2)
        order.action_confirm()
        invoice = self.invoice(order)
        self.card._l10n_ir_award(30, "rule", "Bonus", document=invoice)
        self.refund(invoice, 1)
        self.assertEqual(self.card.points, 115)

    def test_a_credit_note_without_an_invoice_touches_nothing(self):
        self.order().action_confirm()
        refund = (
            self.env["account.move"]
            .with_user(self.accountant)
            .create(
                {
                    "move_type": "out_refund",
                    "partner_id": self.member.id,
                    "invoice_line_ids": [
                        Command.create({"name": "Gift", "price_unit": 50})
                    ],
                }
            )
        )
        refund.action_post()
        self.assertEqual(self.rows(), [("award", 100)])

    # Gift cards

    def test_a_gift_card_that_is_sold_and_spent_is_in_the_ledger(self):
        gifts = self.env["loyalty.program"].create(
            self.env["loyalty.program"]._get_template_values()["gift_card"]
            | {"name": "Gifts"}
        )
        order = self.order()
        order.order_line.product_id = gifts.rule_ids.product_ids[:1]
        order.order_line.price_unit = 50
        order._update_programs_and_rewards()
        order.action_confirm()
        card = self.env["loyalty.card"].search([("order_id", "=", order.id)])
        self.assertEqual(card.points, 50)
        movement = card.l10n_ir_movement_ids
        self.assertEqual((movement.kind, movement.points), ("award", 50))
