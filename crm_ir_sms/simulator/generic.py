import json

from werkzeug.wrappers import Response

from odoo.addons.crm_ir_base.tools.phone import to_e164

from .service import SmsService
from .telecom import Refusal

_WORDS = {
    1: "کلید نادرست است",
    2: "اعتبار کافی نیست",
    3: "خط از آن شما نیست",
    4: "شماره نادرست است",
    5: "متن خالی است",
    6: "پیام یافت نشد",
}


class GenericService(SmsService):
    """A plain HTTP interface, such as the generic gateway is made for: form and JSON."""

    name = "generic"
    title = "HTTP"
    routes = (
        ("/send", "send"),
        ("/status/<int:message>", "status"),
        ("/credit", "credit"),
    )

    def refuse(self, code, words):
        return self._answer(
            {
                "done": False,
                "error": {"code": int(code), "text": _WORDS.get(int(code), words)},
            }
        )

    def answer(self, method, request, values):
        def guarded(request, **values):
            account = self.telecom.account
            if request.headers.get("X-Key") != account.api_key or not account.is_active:
                raise Refusal(1)
            return method(request, **values)

        return super().answer(guarded, request, values)

    def send(self, request):
        form, account = request.form, self.telecom.account
        number = to_e164(form.get("to"))
        if form.get("from") not in account.lines:
            raise Refusal(3)
        if not number:
            raise Refusal(4)
        if not form.get("text"):
            raise Refusal(5)
        if account.credit <= 0:
            raise Refusal(2)
        sms = self.telecom.take(
            form["from"], number, form["text"], reference=form.get("ref", "")
        )
        return self._answer({"done": True, "message": {"id": sms.id}})

    def status(self, _request, message):
        if message not in self.telecom.messages:
            raise Refusal(6)
        status = self.telecom.status(self.telecom.messages[message])
        return self._answer({"done": True, "message": {"state": status.value}})

    def credit(self, _request):
        return self._answer({"done": True, "credit": str(self.telecom.account.credit)})

    def _answer(self, body):
        return Response(
            json.dumps(body, ensure_ascii=False), mimetype="application/json"
        )
