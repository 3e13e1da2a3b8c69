from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

CARD, MASKED = "6037991234567893", "603799******7893"


@tagged("post_install", "-at_install")
class TestCardOnInvoice(AccountTestInvoicingCommon):
    def _print(self, number):
        account = self.env["res.partner.bank"].create(
            {
                "partner_id": self.env.company.partner_id.id,
                "acc_number": number,
                "allow_out_payment": True,
            }
        )
        invoice = self.init_invoice("out_invoice", amounts=[1000], taxes=[])
        invoice.partner_bank_id = account
        invoice.action_post()
        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            "account.report_invoice", invoice.ids
        )
        return html.decode()

    def test_a_customer_reads_the_card_to_pay_to(self):
        self.assertIn(CARD, self._print(CARD))

    def test_other_accounts_are_printed_as_ever(self):
        html = self._print("IR490170000000001234567890")
        self.assertIn("IR490170000000001234567890", html)

    def test_messages_about_a_card_are_masked(self):
        account = self.env["res.partner.bank"].create(
            {"partner_id": self.partner_a.id, "acc_number": CARD}
        )
        account.acc_number = "6104331234567890"
        self.env.flush_all()
        account.unlink()
        messages = (self.partner_a.message_ids + account.message_ids).sudo()
        told = str(messages.mapped("body")) + str(
            messages.tracking_value_ids.read(["old_value_char", "new_value_char"])
        )
        self.assertNotIn(CARD, told)
        self.assertIn(MASKED, told)
