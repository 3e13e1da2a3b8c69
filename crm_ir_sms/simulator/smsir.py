import datetime
import json
import uuid

from werkzeug.wrappers import Response

from odoo.addons.crm_ir_base.tools.phone import to_e164

from ..gateways.base import Status
from ..tools.text import parts
from .service import SmsService
from .telecom import PRICE, Refusal, Template

# a key of the type sandbox, and the only template that it has
SANDBOX_KEY = "sandbox-key"
_SANDBOX_TEMPLATES = {"123456": Template("کد تایید شما: %CODE%", ("CODE",))}
_TEHRAN = datetime.timezone(datetime.timedelta(hours=3, minutes=30))
_WORDS = {
    1: "موفق",
    10: "کلید وب سرویس نامعتبر است",
    12: "کلید وب سرویس محدود به آی‌پی‌های تعریف شده می‌باشد",
    13: "حساب کاربری غیرفعال است",
    102: "اعتبار کافی نمی‌باشد",
}
_HTTP = {0: 500, 1: 200, 10: 401, 11: 401, 12: 401, 13: 401, 14: 401, 20: 429}
_STATES = {
    Status.QUEUED: 3,
    Status.HANDED: 5,
    Status.DELIVERED: 1,
    Status.UNDELIVERED: 2,
    Status.LINE_BLOCKED: 2,
    Status.TELECOM_BLACKLIST: 7,
    Status.INVALID_NUMBER: 6,
    Status.FAILED: 6,
}


class SmsIrService(SmsService):
    """SMS.ir REST v1: sms.ir/rest-api."""

    name = "smsir"
    title = "SMS.ir"
    routes = (
        ("/v1/send/bulk", "bulk"),
        ("/v1/send/likeToLike", "like_to_like"),
        ("/v1/send/verify", "verify"),
        ("/v1/send/live", "live"),
        ("/v1/send/archive", "archive"),
        ("/v1/send/pack", "packs"),
        ("/v1/send/pack/<pack>", "pack"),
        ("/v1/send/<int:message_id>", "message"),
        ("/v1/receive/latest", "latest"),
        ("/v1/credit", "credit"),
        ("/v1/line", "lines"),
    )

    def refuse(self, code, words):
        return self._envelope(int(code), words or _WORDS.get(int(code), ""), None)

    def answer(self, method, request, values):
        def guarded(request, **values):
            account = self.telecom.account
            key = request.headers.get("X-API-KEY")
            if key not in (account.api_key, SANDBOX_KEY):
                raise Refusal(10)
            if not account.accepts_address:
                raise Refusal(12)
            if not account.is_active:
                raise Refusal(13)
            data = method(request, key == SANDBOX_KEY, **values)
            return self._envelope(1, _WORDS[1], data)

        return super().answer(guarded, request, values)

    def bulk(self, request, in_sandbox):
        form = self._form(request)
        mobiles = form.get("mobiles") or []
        bodies = [form.get("messageText")] * len(mobiles)
        return self._take(form, mobiles, bodies, in_sandbox)

    def like_to_like(self, request, in_sandbox):
        form = self._form(request)
        bodies = form.get("messageTexts") or []
        if not bodies:
            raise Refusal(108)
        if len(bodies) > 100:
            raise Refusal(106)
        return self._take(form, form.get("mobiles") or [], bodies, in_sandbox)

    def verify(self, request, in_sandbox):
        form, account = self._form(request), self.telecom.account
        number = to_e164(str(form.get("mobile")))
        if not number:
            raise Refusal(104)
        code = form.get("templateId")
        if not isinstance(code, int):
            raise Refusal(16)
        templates = _SANDBOX_TEMPLATES if in_sandbox else account.templates
        template = templates.get(str(code))
        if template is None or not template.is_approved:
            raise Refusal(113)
        parameters = form.get("parameters") or []
        values = {one.get("name"): str(one.get("value")) for one in parameters}
        names = {name.upper(): name for name in template.names}
        if {str(name).upper() for name in values} != set(names):
            raise Refusal(116)
        if max(map(len, values.values()), default=0) > 25:
            raise Refusal(114)
        if account.credit <= 0:
            raise Refusal(102)
        body = template.fill({names[name.upper()]: values[name] for name in values})
        message_id = self._keep(
            in_sandbox, account.lines[0], number, body, pattern=str(code)
        )
        return {"messageId": message_id, "cost": 1.0}

    def live(self, request, _in_sandbox):
        return self._page(request, map(self._row, self._messages(of_today=True)))

    def archive(self, request, _in_sandbox):
        since = request.args.get("fromDate", 0, int)
        until = request.args.get("toDate", 2**62, int)
        rows = map(self._row, self._messages(of_today=False))
        return self._page(
            request, [row for row in rows if since <= row["sendDateTime"] <= until]
        )

    def packs(self, request, _in_sandbox):
        packs = {}
        for sms in self._messages(of_today=True):
            if sms.batch:
                packs.setdefault(sms.batch, []).append(sms)
        return self._page(
            request,
            [
                {
                    "packId": uuid.UUID(int=batch).hex,
                    "recipientCount": len(messages),
                    "creationDateTime": int(messages[0].moment.timestamp()),
                }
                for batch, messages in packs.items()
            ],
        )

    def pack(self, _request, _in_sandbox, pack):
        try:
            batch = uuid.UUID(pack).int
        except ValueError:
            raise Refusal(16) from None
        messages = [sms for sms in self.telecom.messages.values() if sms.batch == batch]
        if not messages:
            raise Refusal(111)
        return [self._row(sms) for sms in messages]

    def message(self, _request, _in_sandbox, message_id):
        sms = self.telecom.messages.get(message_id)
        if not sms:
            raise Refusal(111)
        return self._row(sms)

    def latest(self, request, _in_sandbox):
        return [
            {
                "receiveReturnId": reply.id,
                "messageText": reply.body,
                "number": int(reply.line),
                "mobile": int(reply.number.removeprefix("+98")),
                "receivedDateTime": int(reply.moment.timestamp()),
            }
            for reply in self.telecom.unread(
                min(request.args.get("count", 100, int), 100)
            )
        ]

    def credit(self, _request, _in_sandbox):
        return float(self.telecom.account.credit / PRICE)

    def lines(self, _request, _in_sandbox):
        return [int(line) for line in self.telecom.account.lines]

    def _take(self, form, mobiles, bodies, in_sandbox):
        account = self.telecom.account
        line = form.get("lineNumber")
        if not mobiles:
            raise Refusal(107)
        if len(mobiles) > 100:
            raise Refusal(105)
        if len(mobiles) != len(bodies):
            raise Refusal(110)
        if not all(bodies):
            raise Refusal(103)
        if line not in map(int, account.lines):
            raise Refusal(101)
        if form.get("sendDateTime") is not None:
            raise Refusal(109)
        if account.credit <= 0:
            raise Refusal(102)
        batch, taken, cost = uuid.uuid4().int, [], 0
        for mobile, body in zip(mobiles, bodies, strict=True):
            number = to_e164(mobile)
            if not number:
                taken.append(None)
            elif number.endswith("0001"):  # refuses advertising
                taken.append(0)
            else:
                cost += parts(body)
                taken.append(
                    self._keep(in_sandbox, str(line), number, body, batch=batch)
                )
        return {
            "packId": str(uuid.UUID(int=batch)),
            "messageIds": taken,
            "cost": float(cost),
        }

    def _keep(self, in_sandbox, *message, **more):
        if in_sandbox:
            return self.telecom.next_id()
        return self.telecom.take(*message, **more).id

    def _messages(self, *, of_today):
        today = self.clock.now().astimezone(_TEHRAN).date()
        return [
            sms
            for sms in self.telecom.messages.values()
            if (sms.moment.astimezone(_TEHRAN).date() == today) == of_today
        ]

    def _page(self, request, rows):
        size = min(request.args.get("pageSize", 100, int), 100)
        first = (request.args.get("pageNumber", 1, int) - 1) * size
        return list(rows)[first : first + size]

    def _row(self, sms):
        status = self.telecom.status(sms)
        if sms.pattern and status == Status.TELECOM_BLACKLIST:
            status = Status.DELIVERED  # a service line reaches everybody
        is_decided = status not in (Status.QUEUED, Status.HANDED)
        sent_at = int(sms.moment.timestamp())
        return {
            "messageId": sms.id,
            "mobile": int(sms.number.removeprefix("+98")),
            "messageText": sms.body,
            "sendDateTime": sent_at,
            "lineNumber": int(sms.line),
            "cost": float(sms.parts),
            "deliveryState": _STATES[status],
            "deliveryDateTime": sent_at + 3 if is_decided else None,
        }

    def _form(self, request):
        form = request.get_json(silent=True)
        if request.method != "POST" or not isinstance(form, dict):
            raise Refusal(16)
        return form

    def _envelope(self, status, message, data):
        body = {"status": status, "message": message, "data": data}
        return Response(
            json.dumps(body, ensure_ascii=False),
            _HTTP.get(status, 400),
            mimetype="application/json",
        )
