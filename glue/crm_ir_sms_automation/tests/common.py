from odoo.addons.crm_ir_sms.tests.common import SmsCase


class AutomationCase(SmsCase):
    """Automatic messages, switched on by an administrator."""

    def switch_on(self, xmlid):
        rule = self.env.ref(xmlid)
        self.assertFalse(rule.active)
        rule.active = True
        return rule

    def texts(self):
        """What the queue of stock hands over to the ledger: (number, body) each."""
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 1)
        before = self.messages.search([])
        self.env["sms.sms"]._process_queue()
        rows = self.messages.search([], order="id") - before
        return [(row.number, row.body) for row in rows.sorted("id")]
