import datetime
import json

from werkzeug.exceptions import BadRequest, MethodNotAllowed
from werkzeug.wrappers import Response

from odoo.addons.crm_ir_base.tools.phone import to_e164

from ..gateways.base import Status
from .service import SmsService
from .telecom import Refusal

_ROOT = "/rest/api/v1/WebService"
_POSTED = ("pair_to_pair", "otp")
_STATUSES = {
    Status.QUEUED: 0,
    Status.HANDED: 3,
    Status.DELIVERED: 5,
    Status.UNDELIVERED: 4,
    Status.TELECOM_BLACKLIST: 2,
    Status.LINE_BLOCKED: 2,
    Status.INVALID_NUMBER: 6,
    Status.FAILED: 6,
}
_TEHRAN = datetime.timezone(datetime.timedelta(hours=3, minutes=30))
_MOST = 100


class GhasedakService(SmsService):
    """Ghasedak v1: gateway.ghasedak.me/rest/api/v1."""

    name = "ghasedak"
    title = "Ghasedak"
    routes = (
        (f"{_ROOT}/SendPairToPairSMS", "pair_to_pair"),
        (f"{_ROOT}/SendOtpSMS", "otp"),
        (f"{_ROOT}/GetOtpTemplateParameters", "template"),
        (f"{_ROOT}/CheckSmsStatus", "check"),
        (f"{_ROOT}/GetReceivedSmses", "received"),
        (f"{_ROOT}/GetAccountInformation", "account"),
    )

    def refuse(self, code, words):
        return self._envelope(False, int(code), words or "درخواست نامعتبر است", None)

    def answer(self, method, request, values):
        account = self.telecom.account

        def guarded(request):
            if request.method != ("POST" if method.__name__ in _POSTED else "GET"):
                raise MethodNotAllowed
            key = request.headers.get("ApiKey")
            if key != account.api_key or not account.is_active:
                raise Refusal(401, "کلید شناسه معتبر نیست")
            try:
                return method(request)
            except (BadRequest, KeyError, TypeError, ValueError):
                raise Refusal(400, "پارامترهای ورودی نامعتبر است") from None

        return super().answer(guarded, request, values)

    def pair_to_pair(self, request):
        account = self.telecom.account
        items = request.get_json()["items"]
        numbers = [self._number(item["receptor"]) for item in items]
        if not items or not all(item["message"] for item in items):
            raise Refusal(400, "متن پیام خالی است")
        if {item["lineNumber"] for item in items} - set(account.lines):
            raise Refusal(400, "خط ارسالی معتبر نیست")
        self._charge()
        taken = [
            self.telecom.take(
                item["lineNumber"],
                number,
                item["message"],
                reference=item.get("clientReferenceId") or "",
            )
            for item, number in zip(items, numbers, strict=True)
        ]
        return self._ok(
            {
                "items": [
                    {
                        "lineNumber": sms.line,
                        **self._entry(sms),
                        "message": sms.body,
                        "statusDescription": "",
                    }
                    for sms in taken
                ]
            }
        )

    def otp(self, request):
        account = self.telecom.account
        form = request.get_json()
        template = account.templates.get(form["templateName"])
        values = {one["param"]: one["value"] for one in form["inputs"]}
        if template is None or not template.is_approved:
            raise Refusal(400, "قالب یافت نشد")
        if set(values) != set(template.names) or not all(values.values()):
            raise Refusal(400, "پارامترهای قالب درست نیست")
        numbers = [self._number(one["mobile"]) for one in form["receptors"]]
        self._charge()
        taken = [
            self.telecom.take(
                account.lines[0],
                number,
                template.fill(values),
                reference=one.get("clientReferenceId") or "",
                pattern=form["templateName"],
            )
            for one, number in zip(form["receptors"], numbers, strict=True)
        ]
        # its example has the last receptor first
        items = [{"messageBody": sms.body, **self._entry(sms)} for sms in taken[::-1]]
        total = sum(item["cost"] for item in items)
        return self._ok({"items": items, "totalCost": total})

    def template(self, request):
        template = self.telecom.account.templates.get(request.args["TemplateName"])
        if template is None or not template.is_approved:
            raise Refusal(400, "قالب یافت نشد")
        return self._ok({"params": list(template.names), "message": template.text})

    def check(self, request):
        asked = request.args["Ids"].split(",")
        kept = {
            "1": {str(sms.id): sms for sms in self.telecom.messages.values()},
            "2": self.telecom.by_reference,
        }[request.args["Type"]]
        if len(asked) > _MOST:
            raise Refusal(400, "بیش از ۱۰۰ شناسه")
        return self._ok(
            [
                {
                    "messageId": str(sms.id),
                    "clientReferenceId": sms.reference,
                    "message": sms.body,
                    "lineNumber": sms.line,
                    "receptor": self._local(sms.number),
                    "status": _STATUSES[self.telecom.status(sms)],
                    "price": int(sms.cost),
                    "sendDate": self._date(sms.moment).removesuffix("+03:30"),
                }
                for sms in map(kept.get, asked)
                if sms
            ]
        )

    def received(self, request):
        if request.args["lineNumber"] not in self.telecom.account.lines:
            raise Refusal(400, "خط معتبر نیست")
        unread = self.telecom.unread(_MOST)
        return self._ok(
            {
                "items": [
                    {
                        "id": reply.id,
                        "message": reply.body,
                        "sender": self._local(reply.number),
                        "lineNumber": reply.line,
                        "receiveDate": f"{reply.moment:%Y-%m-%dT%H:%M:%S.%f}"[:-3]
                        + "Z",
                    }
                    for reply in unread
                ]
            }
        )

    def account(self, _request):
        return self._ok(
            {
                "credit": int(self.telecom.account.credit),
                "expireDate": "2030-07-16T10:48:21+03:30",
                "plan": "نقره ای",
            }
        )

    def _charge(self):
        if self.telecom.account.credit <= 0:
            raise Refusal(400, "اعتبار کافی نیست")

    def _number(self, raw):
        number = to_e164(raw)
        if not number or raw.startswith("+"):
            raise Refusal(400, "شماره گیرنده معتبر نیست")
        return number

    def _entry(self, sms):
        return {
            "receptor": self._local(sms.number),
            "messageId": str(sms.id),
            "cost": int(sms.cost),
            "clientReferenceId": sms.reference,
            "sendDate": self._date(sms.moment),
        }

    def _local(self, number):
        return "0" + number.removeprefix("+98")

    def _date(self, moment):
        return moment.astimezone(_TEHRAN).isoformat()

    def _ok(self, data):
        return self._envelope(True, 200, "با موفقیت انجام شد", data)

    def _envelope(self, is_success, code, message, data):
        body = {
            "isSuccess": is_success,
            "statusCode": code,
            "message": message,
            "data": data,
        }
        return Response(
            json.dumps(body, ensure_ascii=False),
            code if code in (200, 401) else 400,
            mimetype="application/json",
        )
