from odoo.tests import tagged

from odoo.addons.crm_ir_sms.tests.automation_common import AutomationCase

_RULE = "crm_ir_sms_sale.base_automation_quotation"


@tagged("post_install", "-at_install")
class TestQuotation(AutomationCase):
    def send_quotation(self):
        order = (
            self.env["sale.order"]
            .with_user(self.salesman)
            .create({"partner_id": self.partner.id})
        )
        order.action_quotation_sent()
        return order

    def test_nothing_is_sent_before_the_rule_is_switched_on(self):
        self.send_quotation()
        self.assertFalse(self.texts())

    def test_a_sent_quotation_is_told_once(self):
        self.switch_on(_RULE)
        order = self.send_quotation()
        order.write({"state": "sent", "client_order_ref": "۱۲"})
        ((number, body),) = self.texts()
        self.assertEqual(number, "+989121110000")
        self.assertIn(order.name, body)
        self.assertIn("سارا", body)

    def test_who_is_on_the_blacklist_is_not_told(self):
        self.switch_on(_RULE)
        self.env["phone.blacklist"].add("+989121110000")
        self.send_quotation()
        self.assertFalse(self.texts())
