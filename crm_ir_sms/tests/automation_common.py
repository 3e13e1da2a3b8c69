from .common import SmsCase


class AutomationCase(SmsCase):
    """Automatic messages, which an administrator switches on."""

    def setUp(self):
        super().setUp()
        # crons commit, which a test cannot
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 1)

    def switch_on(self, xmlid):
        rule = self.env.ref(xmlid)
        self.assertFalse(rule.active)
        rule.active = True

    def run_time_rules(self):
        self.env["base.automation"]._cron_process_time_based_actions()

    def texts(self):
        """What the queue of stock hands over to the ledger: (number, body) each."""
        before = self.messages.search([])
        self.env["sms.sms"]._process_queue()
        rows = self.messages.search([], order="id") - before
        return [(row.number, row.body) for row in rows]
