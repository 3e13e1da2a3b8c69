import datetime
import json

from werkzeug import Response

from odoo.addons.crm_ir_base.tools.phone import to_e164

from ..gateways.base import Status
from ..tools.text import has_footer, has_link
from .service import SmsService
from .telecom import FATES, Refusal

_TEHRAN = datetime.timezone(datetime.timedelta(hours=3, minutes=30))
_STATUSES = {
    Status.QUEUED: 400,
    Status.HANDED: 8,
    Status.DELIVERED: 1,
    Status.UNDELIVERED: 2,
    Status.TELECOM_BLACKLIST: 35,
    Status.LINE_BLOCKED: 2,
    Status.INVALID_NUMBER: 16,
    Status.FAILED: 16,
}
_UNKNOWN = 100
# ids of patterns have more than 15 digits
_LONG = 1_000_000


class PanelService(SmsService):
    """The panel behind each of its protocols.

    ``needs_footer`` refuses texts for several people that do not end with «لغو۱۱».
    """

    needs_footer = False

    def enter(self, username, password):
        account = self.telecom.account
        if (username, password) != (account.username, account.password):
            raise Refusal(0)
        if not account.is_active:
            raise Refusal(10)

    def take(self, numbers, line, body):
        """Take one text for each of ``numbers``; the ids that the panel answers."""
        account = self.telecom.account
        if not numbers:
            raise Refusal(16)
        if len(numbers) > 100:
            raise Refusal(4)
        if not body:
            raise Refusal(17)
        if line not in account.lines:
            raise Refusal(5)
        receivers = [to_e164(number) for number in numbers]
        if not all(receivers):
            raise Refusal(18)
        if not account.accepts_links and has_link(body):
            raise Refusal(14)
        if self.needs_footer and len(numbers) > 1 and not has_footer(body):
            raise Refusal(15)
        if account.credit <= 0:
            raise Refusal(2)
        return [
            self.telecom.take(line, number, body).id * _LONG for number in receivers
        ]

    def take_pattern(self, values, number, code):
        account = self.telecom.account
        if "," in number:
            raise Refusal(-2)
        receiver = to_e164(number)
        if not receiver:
            raise Refusal(18)
        template = account.templates.get(code)
        if template is None or not template.is_approved:
            raise Refusal(-4)
        if len(values) != len(template.names) or not all(values):
            raise Refusal(-5)
        if any(map(has_link, values)):
            raise Refusal(-10)
        if account.credit <= 0:
            raise Refusal(2)
        body = template.fill(dict(zip(template.names, values, strict=True)))
        sms = self.telecom.take(account.lines[0], receiver, body, pattern=code)
        return sms.id * _LONG

    def delivery(self, record):
        sms = self.telecom.messages.get(record // _LONG)
        return _STATUSES[self.telecom.status(sms)] if sms else _UNKNOWN

    def received(self, line, index, count):
        """The texts that came in, the newest first; reading them changes nothing."""
        newest = [one for one in reversed(self.telecom.inbox) if line in ("", one.line)]
        return [
            {
                "MsgID": one.id,
                "Body": one.body,
                "SendDate": _local(one.moment),
                "Sender": one.number.removeprefix("+98"),
                "Receiver": one.line,
                "FirstLocation": 1,
                "CurrentLocation": 1,
                "Parts": 1,
                "RecCount": 1,
                "RecFailed": 0,
                "RecSuccess": 1,
                "IsUnicode": True,
            }
            for one in newest[index : index + min(count, 100)]
        ]


class PayamakService(PanelService):
    """The REST protocol of payamak-panel, as the PDF of Farapayamak describes it."""

    name = "payamak"
    title = "Melipayamak (REST)"
    routes = (
        ("/api/SendSMS/SendSMS", "send"),
        ("/api/SendSMS/BaseServiceNumber", "send_pattern"),
        ("/api/SendSMS/GetDeliveries2", "deliveries"),
        ("/api/SendSMS/GetMessages", "messages"),
        ("/api/SendSMS/GetCredit", "credit"),
        ("/api/SendSMS/GetUserNumbers", "numbers"),
    )

    def refuse(self, code, words):
        verdict = {
            "Value": str(code),
            "RetStatus": int(code),
            "StrRetStatus": words or "InvalidData",
        }
        return _json(verdict)

    def answer(self, method, request, values):
        def guarded(request):
            if request.method != "POST":
                return Response("", 405)
            form = request.form
            self.enter(form.get("username"), form.get("password"))
            return method(form)

        return super().answer(guarded, request, values)

    def send(self, form):
        numbers = [one for one in form.get("to", "").split(",") if one]
        if len(numbers) == 1 and _is_blacklisted(numbers[0]):
            raise Refusal(35)
        ids = self.take(numbers, form.get("from"), form.get("text", ""))
        return self._ok(",".join(map(str, ids)))

    def send_pattern(self, form):
        values = form.get("text", "").split(";")
        record = self.take_pattern(values, form.get("to", ""), form.get("bodyId"))
        return self._ok(str(record))

    def deliveries(self, form):
        return self._ok(str(self.delivery(int(form["recID"]))))

    def messages(self, form):
        if form["location"] != "1":
            return self._list([])
        index, count = int(form["index"]), int(form["count"])
        return self._list(self.received(form.get("from", ""), index, count))

    def credit(self, _form):
        return self._ok(str(self.telecom.account.credit))

    def numbers(self, _form):
        return self._list([{"Number": line} for line in self.telecom.account.lines])

    def _ok(self, value):
        return _json(_verdict(value))

    def _list(self, rows):
        return _json({"MyBase": _verdict("Ok"), "Data": rows})


def _verdict(value):
    return {"Value": value, "RetStatus": 1, "StrRetStatus": "Ok"}


def _json(body):
    return Response(json.dumps(body, ensure_ascii=False), mimetype="application/json")


def _local(moment):
    """A moment as .NET writes it, such as 2017-06-05T15:42:58.68."""
    local = moment.astimezone(_TEHRAN).replace(tzinfo=None)
    return local.isoformat(timespec="milliseconds").rstrip("0").rstrip(".")


def _is_blacklisted(number):
    return FATES.get(number[-4:]) == Status.TELECOM_BLACKLIST
