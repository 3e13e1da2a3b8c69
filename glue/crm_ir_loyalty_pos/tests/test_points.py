from datetime import date

from odoo.tests import freeze_time, tagged

from .common import TillCase


@tagged("post_install", "-at_install")
class TestPoints(TillCase):
    def test_an_order_at_the_till_awards_with_its_name(self):
        order = self.sell(100)
        movement = self.card.l10n_ir_movement_ids
        self.assertEqual(self.rows(), [("award", 100)])
        self.assertEqual(movement.reason, order.name)
        self.assertEqual((movement.res_model, movement.res_id), ("pos.order", order.id))
        self.assertEqual(movement.create_uid, self.cashier)

    def test_an_order_that_earns_and_spends_says_both(self):
        self.card._l10n_ir_award(200, "join", "Joined")
        order = self.sell(100, -20, points=200)
        self.assertEqual(order.amount_total, 80)
        self.assertEqual(self.rows()[1:], [("award", 80), ("spend", -200)])
        self.assertEqual(self.card.points, 80)

    def test_points_of_the_oldest_expiry_are_spent_first(self):
        late = self.card._l10n_ir_award(100, "a", "A", expires_on=False)
        soon = self.card._l10n_ir_award(100, "b", "B", expires_on=date(2100, 1, 1))
        self.sell(100, -10, points=100)
        self.assertEqual((late.remaining, soon.remaining), (100, 0))

    def test_an_order_that_is_confirmed_twice_moves_points_once(self):
        order = self.sell(100)
        order.confirm_coupon_programs(self.points_of(order))
        self.assertEqual(self.rows(), [("award", 100)])

    def test_the_first_order_of_a_customer_opens_a_card_that_can_pay_at_once(self):
        customer = self.env["res.partner"].create({"name": "New"})
        order = self.sell(100, confirm=False, partner_id=customer.id)
        order.confirm_coupon_programs(
            {
                "-1": {
                    "points": 100,
                    "program_id": self.club.id,
                    "coupon_id": -1,
                    "partner_id": customer.id,
                    "barcode": False,
                }
            }
        )
        card = self.club._l10n_ir_card(customer).sudo()
        movement = card.l10n_ir_movement_ids
        self.assertEqual((movement.kind, movement.points), ("award", 100))
        self.assertEqual((movement.res_model, movement.res_id), ("pos.order", order.id))
        self.assertTrue(customer.l10n_ir_referral_code)

    def test_points_that_ran_out_pay_for_nothing(self):
        self.card._l10n_ir_award(100, "join", "Joined", expires_on=date(2100, 1, 1))
        orders = self.env["pos.order"].with_user(self.cashier)
        change = {str(self.card.id): -100}
        self.assertTrue(orders.validate_coupon_programs(change, [])["successful"])
        with freeze_time("2100-01-02 08:00:00"):
            answer = orders.validate_coupon_programs(change, [])
        self.assertFalse(answer["successful"])
        self.assertEqual(answer["payload"]["updated_points"], {self.card.id: 0})

    def test_pending_points_are_told_to_the_till(self):
        self.club.l10n_ir_pending_days = 7
        self.sell(100)
        self.assertEqual((self.card.points, self.card.l10n_ir_pending), (0, 100))
        fields = self.env["loyalty.program"]._load_pos_data_fields(self.till)
        self.assertIn("l10n_ir_pending_days", fields)

    def test_a_gift_card_that_is_sold_and_spent_is_in_the_ledger(self):
        gifts = self.env["loyalty.program"].create(
            {
                "name": "Gifts",
                "program_type": "gift_card",
                "applies_on": "future",
                "trigger": "auto",
            }
        )
        gift = {"program_id": gifts.id, "barcode": False}
        sale = self.sell(50, confirm=False)
        bought = {"points": 50, "coupon_id": -1, "code": "gift-1"}
        sale.confirm_coupon_programs({"-1": gift | bought})
        card = self.env["loyalty.card"].sudo().search([("code", "=", "gift-1")])
        payment = self.sell(100, confirm=False)
        spent = {"points": -20, "coupon_id": card.id, "code": "gift-1"}
        payment.confirm_coupon_programs({str(card.id): gift | spent})
        self.assertEqual(
            [
                (row.kind, row.points, row.res_id)
                for row in card.l10n_ir_movement_ids.sorted("id")
            ],
            [("award", 50, sale.id), ("spend", -20, payment.id)],
        )
        self.assertEqual(card.points, 30)

    # Returns

    def test_a_full_return_takes_all_its_points_back(self):
        refund = self.give_back(self.sell(100))
        self.assertEqual(self.rows(), [("award", 100), ("revoke", -100)])
        revoke = self.card.l10n_ir_movement_ids.filtered(lambda row: row.points < 0)
        self.assertEqual((revoke.res_model, revoke.res_id), ("pos.order", refund.id))

    def test_returns_in_parts_take_exactly_all(self):
        order = self.sell(100, 50, 50)
        first, second, third = order.lines
        self.give_back(order, {second: 0, third: 0})
        self.assertEqual(self.card.points, 100)
        self.give_back(order, {second: 1, third: 1})
        self.assertEqual(self.card.points, 0)

    def test_a_returned_reward_gives_its_points_back(self):
        self.card._l10n_ir_award(200, "join", "Joined")
        self.give_back(self.sell(100, -20, points=200))
        self.assertEqual(
            self.rows()[1:],
            [("award", 80), ("spend", -200), ("revoke", -80), ("restore", 200)],
        )
        self.assertEqual(self.card.points, 200)

    def test_a_return_without_its_reward_keeps_the_points_spent(self):
        self.card._l10n_ir_award(200, "join", "Joined")
        order = self.sell(100, 100, -20, points=200)
        tea, second, reward = order.lines
        self.give_back(order, {second: 0, reward: 0})
        # 100 of 180 that were paid
        self.assertEqual(self.rows()[-1], ("revoke", -100))

    def test_a_return_that_is_paid_again_changes_nothing(self):
        refund = self.give_back(self.sell(100))
        refund.action_pos_order_paid()
        self.assertEqual(self.rows(), [("award", 100), ("revoke", -100)])

    def test_an_order_that_returns_nothing_touches_no_points(self):
        self.sell(100)
        self.sell(100)
        self.assertEqual(self.rows(), [("award", 100), ("award", 100)])
