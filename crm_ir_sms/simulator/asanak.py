import json

from werkzeug.exceptions import MethodNotAllowed
from werkzeug.wrappers import Response

from odoo.addons.crm_ir_base.tools.phone import to_e164

from ..gateways.base import Status
from ..tools.text import has_link
from .service import SmsService
from .telecom import Refusal

_ROOT = "/webservice/v2rest"
_WORDS = {
    401: "username or password is not valid",
    1001: "Template is not valid/active",
    1002: "source number is not active",
    1006: "credit is not enough",
    1008: "validation error",
    1010: "destinations are not valid",
    1013: "time is not allowed for advertising",
    1014: "This source number can not send link",
}
_HTTP = {401: 401, 429: 429, 1004: 500, 1010: 406}  # others are refused with 200
# 6 and 20 were measured; 13 stands for the rest of its table, whose meanings are unknown
_HELD, _DELIVERED, _OTHER = 20, 6, 13
_STATUSES = {
    Status.QUEUED: _HELD,
    Status.HANDED: _HELD,
    Status.DELIVERED: _DELIVERED,
}
_BLOCKED = "<html><body><h1>403 Forbidden</h1></body></html>"


class AsanakService(SmsService):
    """Asanak v2rest: sms.asanak.ir/webservice/v2rest.

    ``to_blacklist`` are the ids of the messages that were also meant for those who refuse
    advertising. What becomes of them is not known: their fate is that of all others.
    """

    name = "asanak"
    title = "Asanak"
    routes = (
        (f"{_ROOT}/sendsms", "sendsms"),
        (f"{_ROOT}/template", "template"),
        (f"{_ROOT}/msgstatus", "msgstatus"),
        (f"{_ROOT}/getcredit", "getcredit"),
        (f"{_ROOT}/getrialcredit", "getrialcredit"),
    )

    def __init__(self, clock=None):
        super().__init__(clock)
        self.to_blacklist: set[int] = set()

    def refuse(self, code, words):
        code = int(code)
        # a wrong password is told as a wrong value, but for the status of HTTP
        told = 1008 if code == 401 else code
        words = words or _WORDS.get(code, "error")
        return self._envelope(told, words, [], _HTTP.get(code, 200))

    def answer(self, method, request, values):
        account = self.telecom.account
        if not account.accepts_address:
            return Response(_BLOCKED, 403, mimetype="text/html")

        def guarded(request):
            if request.method != "POST":
                raise MethodNotAllowed
            form = request.get_json(silent=True) or request.form
            proof = form.get("username"), form.get("password")
            if proof != (account.username, account.password) or not account.is_active:
                raise Refusal(401)
            try:
                return method(form)
            except (KeyError, ValueError):
                raise Refusal(1008) from None

        return super().answer(guarded, request, values)

    def sendsms(self, form):
        account = self.telecom.account
        source, message = form["source"], form["message"]
        if source not in account.lines:
            raise Refusal(1002)
        numbers = self._numbers(form["destination"])
        if not message:
            raise Refusal(1008)
        if not account.in_hours:
            raise Refusal(1013)
        if not account.accepts_links and has_link(message):
            raise Refusal(1014)
        return self._take(form, source, numbers, message)

    def template(self, form):
        account = self.telecom.account
        code = form["template_id"]
        template = account.templates.get(str(code))
        if template is None or not template.is_approved:
            raise Refusal(1001)
        values = form["parameters"]
        if isinstance(values, list):
            values = dict(zip(template.names, values, strict=False))
        if set(values) != set(template.names):
            raise Refusal(1008)
        numbers = self._numbers(form["destination"])
        return self._take(
            form, account.lines[0], numbers, template.fill(values), pattern=str(code)
        )

    def msgstatus(self, form):
        asked = str(form["msgid"]).split(",")
        found = [self.telecom.messages.get(int(one)) for one in asked]
        rows = [
            {
                "Status": _STATUSES.get(self.telecom.status(sms), _OTHER),
                "DeliverTime": "0000-00-00",
            }
            for sms in found
            if sms
        ]
        return self._ok(rows)

    def getcredit(self, _form):
        return self._ok({"credit": int(self.telecom.account.credit) // 120})

    def getrialcredit(self, _form):
        return self._ok({"credit": int(self.telecom.account.credit)})

    def _numbers(self, destination):
        raw = destination.split(",")
        numbers = list(map(to_e164, raw))
        # it wants 0912… or 98912…
        if not all(numbers) or any(one.startswith("+") for one in raw):
            raise Refusal(1010)
        return numbers

    def _take(self, form, line, numbers, body, **more):
        if self.telecom.account.credit <= 0:
            raise Refusal(1006)
        taken = [self.telecom.take(line, number, body, **more) for number in numbers]
        if int(form.get("send_to_blacklist", 1)):
            self.to_blacklist.update(sms.id for sms in taken)
        return self._ok([sms.id for sms in taken])

    def _ok(self, data):
        return self._envelope(200, "success", data)

    def _envelope(self, code, message, data, status=200):
        body = {"meta": {"status": code, "message": message}, "data": data}
        return Response(
            json.dumps(body, ensure_ascii=False), status, mimetype="application/json"
        )
