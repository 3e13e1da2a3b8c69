import json

from werkzeug.wrappers import Response

from odoo.addons.crm_ir_base.tools.phone import to_e164

from .service import SmsService
from .telecom import Refusal


class LimoSmsService(SmsService):
    """LimoSMS: api.limosms.com. The letter case of its answers varies."""

    name = "limosms"
    title = "LimoSMS"
    routes = (("/api/sendsms", "send"),)

    def __init__(self, clock=None):
        super().__init__(clock)
        self._answered = 0

    def refuse(self, code, words):
        return self._answer({"success": False, "message": words or str(code)})

    def send(self, request):
        account = self.telecom.account
        body = request.get_json(silent=True)
        if request.headers.get("ApiKey") != account.api_key:
            raise Refusal("", "کلید وب سرویس معتبر نیست")
        if not isinstance(body, dict) or not isinstance(body.get("MobileNumber"), list):
            raise Refusal("", "ورودی معتبر نیست")
        if type(body.get("SendToBlocksNumber")) is not bool:
            raise Refusal("", "ورودی معتبر نیست")
        numbers = list(map(to_e164, body["MobileNumber"]))
        if not numbers or not all(numbers) or not body.get("Message"):
            raise Refusal("", "ورودی معتبر نیست")
        if body.get("SenderNumber") not in account.lines:
            raise Refusal("", "شماره فرستنده معتبر نیست")
        taken = [
            self.telecom.take(body["SenderNumber"], number, body["Message"])
            for number in numbers
        ]
        return self._answer(
            {
                "success": True,
                "message": "عملیات با موفقیت انجام شد",
                "messageId": [sms.id for sms in taken],
            }
        )

    def _answer(self, body):
        self._answered += 1
        if self._answered % 2:
            body = {name[0].upper() + name[1:]: value for name, value in body.items()}
        return Response(
            json.dumps(body, ensure_ascii=False), mimetype="application/json"
        )
