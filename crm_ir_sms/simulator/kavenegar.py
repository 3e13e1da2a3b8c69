import datetime
import json
import re

from werkzeug.wrappers import Response

from odoo.addons.crm_ir_base.tools.phone import to_e164

from ..gateways.base import Status
from ..tools.text import has_link
from .service import SmsService
from .telecom import Refusal

_WORDS = {
    200: "تایید شد",
    403: "کد شناسائی API-Key معتبر نمی‌باشد",
    418: "اعتبار کافی نیست",
}
_BLANKS = {"token": 0, "token2": 0, "token3": 0, "token10": 5, "token20": 8}
_STATUSES = {
    Status.QUEUED: (1, "در صف ارسال"),
    Status.HANDED: (5, "ارسال شده به مخابرات"),
    Status.DELIVERED: (10, "رسیده به گیرنده"),
    Status.UNDELIVERED: (11, "نرسیده به گیرنده"),
    Status.TELECOM_BLACKLIST: (14, "بلاک شده"),
    Status.LINE_BLOCKED: (14, "بلاک شده"),
    Status.INVALID_NUMBER: (6, "خطا در ارسال پیام"),
    Status.FAILED: (6, "خطا در ارسال پیام"),
}
_GONE = (100, "شناسه پیامک نامعتبر است")


class KavenegarService(SmsService):
    """Kavenegar REST v1: kavenegar.com/rest.html."""

    name = "kavenegar"
    title = "Kavenegar"
    routes = (
        ("/v1/<key>/sms/send.json", "send"),
        ("/v1/<key>/sms/sendarray.json", "sendarray"),
        ("/v1/<key>/sms/status.json", "status"),
        ("/v1/<key>/sms/statuslocalmessageid.json", "status_by_reference"),
        ("/v1/<key>/sms/receive.json", "receive"),
        ("/v1/<key>/verify/lookup.json", "lookup"),
        ("/v1/<key>/account/info.json", "info"),
        ("/v1/<key>/<path:rest>", "unknown"),
    )

    def refuse(self, code, words):
        return self._envelope(int(code), words or _WORDS.get(int(code), ""), None)

    def answer(self, method, request, values):
        # everything is asked with the key in the path
        key = values.pop("key")

        def guarded(request, **values):
            account = self.telecom.account
            if key != account.api_key:
                raise Refusal(403)
            if not account.is_active:
                raise Refusal(401)
            if not account.accepts_address:
                raise Refusal(407)
            return method(request, **values)

        return super().answer(guarded, request, values)

    def send(self, request):
        form = request.values
        numbers = [one for one in form.get("receptor", "").split(",") if one]
        references = [one for one in form.get("localid", "").split(",") if one]
        line = form.get("sender") or self.telecom.account.lines[0]
        return self._take(
            numbers,
            [line] * len(numbers),
            [form.get("message", "")] * len(numbers),
            references,
        )

    def sendarray(self, request):
        if request.method != "POST":
            raise Refusal(405)
        try:
            numbers, lines, bodies = (
                json.loads(request.form[name])
                for name in ("receptor", "sender", "message")
            )
            references = json.loads(request.form.get("localmessageids", "[]"))
        except (KeyError, ValueError):
            raise Refusal(400) from None
        return self._take(numbers, lines, bodies, list(map(str, references)))

    def lookup(self, request):
        form, account = request.values, self.telecom.account
        template = account.templates.get(form.get("template", ""))
        if template is None or not template.is_approved:
            raise Refusal(424)
        values = {name: form[name] for name in _BLANKS if name in form}
        for name, value in values.items():
            if (
                len(value) > 100
                or value.count(" ") > _BLANKS[name]
                or re.search(r"[\n\r_]", value)
            ):
                raise Refusal(431)
            if name not in template.names:
                raise Refusal(432)
        if set(template.names) - set(values):
            raise Refusal(431)
        number = self._number(form.get("receptor", ""))
        line = account.lines[0]
        sms = self.telecom.take(
            line, number, template.fill(values), pattern=form["template"]
        )
        return self._ok([self._entry(sms)])

    def status(self, request):
        ids = self._asked(request, "messageid")
        return self._ok(
            [
                self._status(int(one), self.telecom.messages.get(int(one)), hours=48)
                for one in ids
            ]
        )

    def status_by_reference(self, request):
        entries = []
        for one in self._asked(request, "localid"):
            sms = self.telecom.by_reference.get(one)
            entry = self._status(sms.id if sms else 0, sms, hours=12)
            entries.append({**entry, "localid": one})
        return self._ok(entries)

    def receive(self, request):
        line = request.values.get("linenumber")
        if line not in self.telecom.account.lines:
            raise Refusal(412)
        return self._ok(
            [
                {
                    "messageid": reply.id,
                    "message": reply.body,
                    "sender": "0" + reply.number.removeprefix("+98"),
                    "receptor": reply.line,
                    "date": int(reply.moment.timestamp()),
                }
                for reply in self.telecom.unread(100)
            ]
        )

    def push_status(self, sms, method="POST"):
        code, text = _STATUSES[self.telecom.status(sms)]
        form = {"messageid": str(sms.id), "status": str(code), "statustext": text}
        return self.push(form, method)

    def push_reply(self, reply, method="POST"):
        form = {
            "messageid": str(reply.id),
            "from": "0" + reply.number.removeprefix("+98"),
            "to": reply.line,
            "message": reply.body,
        }
        return self.push(form, method)

    def info(self, _request):
        credit = int(self.telecom.account.credit)
        return self._ok(
            {"remaincredit": credit, "expiredate": 13548889, "type": "master"}
        )

    def unknown(self, _request, rest):
        raise Refusal(404, "متد تعریف نشده است")

    def _take(self, numbers, lines, bodies, references):
        account = self.telecom.account
        if not numbers or not all(bodies):
            raise Refusal(406)
        if len(numbers) > 200:
            raise Refusal(414)
        if {len(lines), len(bodies), len(references) or len(numbers)} != {len(numbers)}:
            raise Refusal(419)
        if max(map(len, bodies)) > 900:
            raise Refusal(413)
        if set(lines) - set(account.lines):
            raise Refusal(412)
        if not account.accepts_links and any(map(has_link, bodies)):
            raise Refusal(420)
        if account.credit <= 0:
            raise Refusal(418)
        receivers = [self._number(number) for number in numbers]
        taken = []
        for index, number in enumerate(receivers):
            reference = references[index] if references else ""
            sms = self.telecom.by_reference.get(reference)
            if not sms or self.telecom.age(sms) > datetime.timedelta(hours=12):
                sms = self.telecom.take(
                    lines[index], number, bodies[index], reference=reference
                )
            taken.append(sms)
        return self._ok([self._entry(sms) for sms in taken])

    def _number(self, raw):
        number = to_e164(raw)
        if not number:
            raise Refusal(411)
        return number

    def _asked(self, request, name):
        ids = [one for one in request.values.get(name, "").split(",") if one]
        if not ids:
            raise Refusal(406)
        if len(ids) > 500:
            raise Refusal(414)
        return ids

    def _entry(self, sms):
        code, text = _STATUSES[self.telecom.status(sms)]
        return {
            "messageid": sms.id,
            "message": sms.body,
            "status": code,
            "statustext": text,
            "sender": sms.line,
            "receptor": "0" + sms.number.removeprefix("+98"),
            "date": int(sms.moment.timestamp()),
            "cost": int(sms.cost),
        }

    def _status(self, message_id, sms, hours):
        is_there = sms and self.telecom.age(sms) <= datetime.timedelta(hours=hours)
        code, text = _STATUSES[self.telecom.status(sms)] if is_there else _GONE
        return {"messageid": message_id, "status": code, "statustext": text}

    def _ok(self, entries):
        return self._envelope(200, _WORDS[200], entries)

    def _envelope(self, status, message, entries):
        body = {"return": {"status": status, "message": message}, "entries": entries}
        return Response(
            json.dumps(body, ensure_ascii=False),
            status if 200 <= status < 600 else 400,
            mimetype="application/json",
        )
