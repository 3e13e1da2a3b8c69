from odoo.fields import Domain
from odoo.tests import TransactionCase, new_test_user

from odoo.addons.crm_ir_base.simulator.clock import Clock
from odoo.addons.crm_ir_base.tests.door_common import DoorMixin

from ..simulator.kavenegar import KavenegarService


class SmsCase(DoorMixin, TransactionCase):
    """A company with an account at a simulated Kavenegar.

    Workers commit between their steps, which a test cannot: `work` runs them in the
    transaction of the test.
    """

    service_class = KavenegarService

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.country_id = cls.env.ref("base.ir")
        cls.partner = cls.env["res.partner"].create(
            {
                "name": "سارا",
                "phone": "0912 111 0000",
                "country_id": cls.env.ref("base.ir").id,
            }
        )
        cls.salesman = new_test_user(
            cls.env, "sms_salesman", "sales_team.group_sale_salesman", lang="en_US"
        )
        cls.manager = new_test_user(
            cls.env, "sms_manager", "sales_team.group_sale_manager", lang="en_US"
        )

    def setUp(self):
        super().setUp()
        self.service = self.service_class(Clock())
        self.telecom = self.service.telecom
        self.address = self.serve(self.service)
        self.account = self.make_account()
        self.messages = self.env["crm.ir.sms.message"]
        self.patch(
            type(self.messages), "_outbox_commit", lambda model: model.env.flush_all()
        )

    def make_account(self, service=None, **vals):
        service = service or self.service
        customer = service.telecom.account
        return self.env["crm.ir.sms.account"].create(
            {
                "name": "Line",
                "company_id": self.company.id,
                "gateway": service.name,
                "base_url": f"{self.address}/{service.name}",
                "api_key": customer.api_key,
                "username": customer.username,
                "password": customer.password,
                "sender": customer.lines[0],
                **vals,
            }
        )

    def write_to(self, partner=None, body="سلام", user=None):
        """A salesperson writes a text to a contact; returns stock's message."""
        partner = (partner or self.partner).with_user(user or self.salesman)
        return partner._message_sms(body)

    def row_of(self, message):
        return self.messages.search([("mail_message_id", "=", message.id)])

    def work(self, lane="now"):
        """Run a worker until nothing is due."""
        connections = self.messages._outbox_connections
        while any(
            self.messages._outbox_work_once(one, Domain("lane", "=", lane))
            for one in connections()
        ):
            pass

    def status_of(self, message):
        """Stock's notification status and failure type of a message."""
        (notification,) = message.sudo().notification_ids
        return notification.notification_status, notification.failure_type or None
