import datetime
import json
from zoneinfo import ZoneInfo

from werkzeug.wrappers import Response

from odoo.addons.crm_ir_base.tools.phone import to_e164

from ..gateways.base import Status
from ..tools.text import parts
from .service import SmsService
from .telecom import FATES, PRICE, Refusal

_DLRS = {
    Status.QUEUED: 0,
    Status.HANDED: 8,
    Status.DELIVERED: 1,
    Status.UNDELIVERED: 2,
    Status.FAILED: 16,
}
_AT_ONCE = {
    Status.INVALID_NUMBER: 1,
    Status.TELECOM_BLACKLIST: 27,
    Status.LINE_BLOCKED: 33,
}
_REMEMBERED = datetime.timedelta(hours=24)
_MOST = 100
_MOST_PARTS = 265
_ENCODINGS = (0, 2, 5, 6)


class MagfaService(SmsService):
    """Magfa HTTP v2 (REST): messaging.magfa.com/ui/?public/wiki/api/http_v2."""

    name = "magfa"
    title = "Magfa"
    routes = (
        ("/send", "send"),
        ("/balance", "balance"),
        ("/mid/<int:uid>", "mid"),
        ("/statuses/<mids>", "statuses"),
        ("/messages/<int:count>", "messages"),
        ("/<path:rest>", "unknown"),
    )

    def refuse(self, code, words):
        return self.say({"status": int(code)}, 401 if int(code) == 18 else 200)

    def say(self, data, status=200):
        """Write what an operation answers as the protocol does."""
        body = json.dumps(data, ensure_ascii=False)
        return Response(body, status, mimetype="application/json")

    def answer(self, method, request, values):
        def guarded(request, **values):
            account, login = self.telecom.account, request.authorization
            if login is None or login.type != "basic":
                raise Refusal(18)
            username, _slash, domain = login.username.partition("/")
            if (username, login.password) != (account.username, account.password):
                raise Refusal(18)
            if domain != "magfa":
                raise Refusal(19)
            if not account.accepts_address:
                raise Refusal(29)
            if not account.is_active:
                raise Refusal(16)
            return self.say(method(request, **values))

        return super().answer(guarded, request, values)

    def send(self, request):
        if request.method != "POST":
            raise Refusal(25)
        form = request.get_json(silent=True)
        if not isinstance(form, dict):
            raise Refusal(31)
        return self.take(**form)

    def balance(self, _request):
        return self.credit()

    def mid(self, _request, uid):
        return self.known(uid)

    def statuses(self, _request, mids):
        asked = mids.split(",")
        if not all(map(str.isdecimal, asked)):
            raise Refusal(24)
        return self.dlrs(list(map(int, asked)))

    def messages(self, _request, count):
        return self.inbox(count)

    def unknown(self, _request, rest):
        raise Refusal(25)

    # what the protocols have in common

    def take(
        self,
        messages=(),
        senders=(),
        recipients=(),
        uids=(),
        encodings=(),
        udhs=(),
        priorities=(),
    ):
        count = len(recipients)
        if not count:
            raise Refusal(106)
        if count > _MOST:
            raise Refusal(107)
        if not senders:
            raise Refusal(108)
        lengths = (
            (messages, (1, count), 101),
            (senders, (1, count), 103),
            (udhs, (0, count), 104),
            (priorities, (0, count), 105),
            (encodings, (0, count), 109),
        )
        for column, allowed, code in lengths:
            if len(column) not in allowed:
                raise Refusal(code)
        rows = zip(
            messages if len(messages) == count else list(messages) * count,
            senders if len(senders) == count else list(senders) * count,
            recipients,
            uids or [0] * count,
            encodings or [0] * count,
            strict=True,
        )
        return {"status": 0, "messages": [self._take(*row) for row in rows]}

    def credit(self):
        return {"status": 0, "balance": float(self.telecom.account.credit)}

    def known(self, uid):
        sms = self.telecom.by_reference.get(str(uid))
        return {"status": 0, "mid": sms.id if self._remembers(sms) else -1}

    def dlrs(self, mids):
        if len(mids) > _MOST:
            raise Refusal(107)
        return {"status": 0, "dlrs": list(map(self._dlr, mids))}

    def inbox(self, count):
        unread = [
            {
                "body": reply.body,
                "senderNumber": reply.number.removeprefix("+"),
                "recipientNumber": "98" + reply.line,
                "date": _date(reply.moment),
            }
            for reply in self.telecom.unread(min(count, _MOST))
        ]
        return {"status": 0, "messages": unread}

    def _take(self, body, sender, recipient, uid, encoding):
        line = sender.removeprefix("+").removeprefix("98")
        number = to_e164(recipient)
        code = self._objection(body, line, number, encoding)
        told = {"userId": uid, "recipient": recipient}
        if code:
            return {"status": code, **told}
        sms = self.telecom.take(line, number, body, reference=str(uid))
        return {
            "status": 0,
            "id": sms.id,
            "parts": sms.parts,
            "tariff": float(PRICE),
            "alphabet": "DEFAULT" if body.isascii() else "UCS2",
            **told,
        }

    def _objection(self, body, line, number, encoding):
        account = self.telecom.account
        objections = (
            (number is None, 1),
            (not line.isdecimal(), 2),
            (line not in account.lines, 20),
            (encoding not in _ENCODINGS, 3),
            (not body, 13),
            (not account.in_hours, 8),
            (parts(body) > _MOST_PARTS, 30),
            (account.credit <= 0, 14),
        )
        code = next((code for objects, code in objections if objects), 0)
        return code or _AT_ONCE.get(FATES.get(number[-4:]), 0)

    def _dlr(self, mid):
        sms = self.telecom.messages.get(mid)
        if not self._remembers(sms):
            return {"mid": mid, "status": -1, "date": _date(self.clock.now())}
        status = _DLRS[self.telecom.status(sms)]
        return {"mid": mid, "status": status, "date": _date(sms.moment)}

    def _remembers(self, sms):
        return sms is not None and self.telecom.age(sms) <= _REMEMBERED


def _date(moment):
    return moment.astimezone(ZoneInfo("Asia/Tehran")).strftime("%Y-%m-%d %H:%M:%S")
