from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user, tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon
from odoo.addons.crm_ir_sms.tests.automation_common import AutomationCase

_NUMBER = "+989121110000"


@tagged("post_install", "-at_install")
class TestInvoices(AutomationCase, AccountTestInvoicingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = new_test_user(
            cls.env, "sms_accountant", "account.group_account_user"
        )
        cls.today = fields.Date.today()

    def invoice(self, due, **vals):
        invoice = (
            self.env["account.move"]
            .with_user(self.accountant)
            .create(
                {
                    "move_type": "out_invoice",
                    "partner_id": self.partner.id,
                    "invoice_date": due - timedelta(days=10),
                    "invoice_date_due": due,
                    "invoice_line_ids": [
                        fields.Command.create(
                            {"name": "خدمات", "price_unit": 1000, "tax_ids": []}
                        )
                    ],
                    **vals,
                }
            )
        )
        invoice.action_post()
        return invoice

    def pay(self, amount=1000, **vals):
        payment = (
            self.env["account.payment"]
            .with_user(self.accountant)
            .create(
                {
                    "payment_type": "inbound",
                    "partner_type": "customer",
                    "partner_id": self.partner.id,
                    "amount": amount,
                    **vals,
                }
            )
        )
        payment.action_post()
        return payment

    def test_an_invoice_that_is_due_is_told_once_and_an_old_one_never(self):
        self.invoice(self.today - timedelta(days=40))
        self.invoice(self.today + timedelta(days=40))
        # 5 hours of today may not be over
        due = self.invoice(self.today - timedelta(days=1))
        self.switch_on("crm_ir_sms_account.base_automation_invoice_due")
        self.run_time_rules()
        self.run_time_rules()
        ((number, body),) = self.texts()
        self.assertEqual(number, _NUMBER)
        self.assertIn(due.name, body)

    def test_who_is_on_the_blacklist_is_not_told_of_an_invoice(self):
        self.env["phone.blacklist"].add(_NUMBER)
        self.invoice(self.today - timedelta(days=1))
        self.switch_on("crm_ir_sms_account.base_automation_invoice_due")
        self.run_time_rules()
        self.assertFalse(self.texts())

    def test_a_received_payment_is_told_once(self):
        self.switch_on("crm_ir_sms_account.base_automation_payment")
        payment = self.pay()
        payment.memo = "۱۲"
        payment.action_validate()
        payment.action_draft()
        payment.action_post()
        ((number, body),) = self.texts()
        self.assertEqual(number, _NUMBER)
        self.assertIn("سارا", body)

    def test_a_payment_to_somebody_is_not_told(self):
        self.switch_on("crm_ir_sms_account.base_automation_payment")
        self.pay(payment_type="outbound", partner_type="supplier")
        self.assertFalse(self.texts())

    def test_who_is_on_the_blacklist_is_not_told_of_a_payment(self):
        self.switch_on("crm_ir_sms_account.base_automation_payment")
        self.env["phone.blacklist"].add(_NUMBER)
        self.pay()
        self.assertFalse(self.texts())
