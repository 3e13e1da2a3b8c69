import requests
from werkzeug import Response

from odoo.addons.crm_ir_base.simulator.service import Arrival, Service

from .telecom import SHOWN, Refusal, Telecom


class SmsService(Service):
    """A gateway's side of its protocol.

    A subclass answers in ``routes``, raises `Refusal` by the gateway's own codes, and
    writes them into its envelope in ``refuse``. ``forced`` is a code with which the next
    call is refused, whatever it is. ``push_to`` is the address that the customer gave to
    the panel for reports and incoming texts.
    """

    push_to: str = ""

    def __init__(self, clock=None):
        super().__init__(clock)
        self.telecom = Telecom(self.clock)
        self.forced: str | int | None = None

    def refuse(self, code: str | int, words: str) -> Response:
        """Write a refusal as the gateway does."""
        raise NotImplementedError

    def push(self, form: dict[str, str], method: str = "POST") -> int:
        """Call the customer's address as the panel does; returns the status of HTTP."""
        place = "params" if method == "GET" else "data"
        return requests.request(
            method, self.push_to, timeout=10, **{place: form}
        ).status_code

    def answer(self, method, request, values):
        try:
            if self.forced is not None:
                code, self.forced = self.forced, None
                raise Refusal(code)
            return super().answer(method, request, values)
        except Refusal as refusal:
            return self.refuse(refusal.code, refusal.words)

    def arrivals(self):
        for sms in self.telecom.messages.values():
            yield Arrival(
                moment=sms.moment,
                service=self.title,
                party=sms.number,
                text=sms.body,
                state=SHOWN[self.telecom.status(sms)],
            )
