import datetime
import json
from dataclasses import dataclass

from werkzeug.wrappers import Response

from odoo.addons.crm_ir_base.tools.phone import to_e164

from ..gateways.base import Status
from .service import SmsService
from .telecom import Refusal

_TOO_SOON = datetime.timedelta(seconds=40)
_STATUSES = {
    Status.QUEUED: None,
    Status.HANDED: "1",
    Status.DELIVERED: "2",
    Status.TELECOM_BLACKLIST: "4",
}
_STATES = {
    1: "در صف تایید",
    3: "رد شده",
    5: "در صف ارسال",
    6: "پایان یافته",
    8: "کمبود اعتبار",
}
# what is refused with an HTTP status of its own; the rest is a field's name
_REFUSALS = {
    "401": ("400-1", "اطلاعات وارد شده صحیح نمی باشد"),
    "404": ("404-1", "یافت نشد"),
    "429": ("429-1", "پیام تکراری است"),
}


@dataclass(frozen=True)
class _Bulk:
    """A call of the customer: one text, whatever became of it."""

    id: int
    line: str
    body: str
    moment: datetime.datetime
    numbers: tuple[str, ...]
    state: int
    type: str


class IPPanelService(SmsService):
    """IPPanel Edge v1: github.com/ippanelcom/Edge-Document.

    ``stops_at`` is the state in which new messages stay for ever, such as 3: rejected by
    those who watch. A page of recipients has at most ``most_per_page``; only the first
    ``listed`` recipients of a message are shown at all.
    """

    name = "ippanel"
    title = "IPPanel"
    routes = (
        ("/api/send", "send"),
        ("/api/report/recipients", "recipients"),
        ("/api/report/by_bulk", "by_bulk"),
        ("/api/report/new_list", "new_list"),
        ("/api/report/messages-inbox", "inbox"),
        ("/api/payment/credit/mine", "credit"),
        ("/api/number/numbers", "numbers"),
        ("/api/patterns/<code>", "pattern"),
        ("/<path:rest>", "unknown"),
    )

    def __init__(self, clock=None):
        super().__init__(clock)
        self.bulks: dict[int, _Bulk] = {}
        self.stops_at: int | None = None
        self.most_per_page = 1000
        self.listed: int | None = None

    def refuse(self, code, words):
        code = str(code)
        message_code, message = _REFUSALS.get(
            code, ("400-2", f"گزینه {code} نامعتبر است")
        )
        is_field = code not in _REFUSALS
        meta = {
            "status": False,
            "message": words or message,
            "message_parameters": [],
            "message_code": message_code,
            "errors": {code: [words or message]} if is_field else {},
        }
        return self._envelope(None, meta, 422 if is_field else int(code))

    def answer(self, method, request, values):
        def guarded(request, **values):
            account = self.telecom.account
            if request.headers.get("Authorization") != account.api_key:
                raise Refusal(401)
            if not account.is_active:
                raise Refusal(401)
            return method(request, **values)

        return super().answer(guarded, request, values)

    def send(self, request):
        body = self._body(request)
        sending = {"webservice": self._webservice, "pattern": self._pattern}
        line = body.get("from_number") or ""
        if (
            line.removeprefix("+98") not in self.telecom.account.lines
            or line[:1] != "+"
        ):
            raise Refusal("from_number")
        try:
            take = sending[body["sending_type"]]
        except KeyError:
            raise Refusal("sending_type") from None
        bulk = take(body, line.removeprefix("+98"))
        return self._ok({"message_outbox_ids": [bulk.id]}, message_parameters=[])

    def recipients(self, request):
        bulk = self._bulk(request, "bulk_id")
        taken = {
            sms.number: sms
            for sms in self.telecom.messages.values()
            if sms.batch == bulk.id
        }
        rows = [
            {
                "recipient": number,
                "message": bulk.body,
                "is_readable": True,
                "msg_parts": str(taken[number].parts) if number in taken else "1",
                "message_status": self._status(taken[number])
                if number in taken
                else None,
            }
            for number in bulk.numbers[: self.listed]
        ]
        size = min(int(request.args.get("per_page", 10)), self.most_per_page)
        return self._page(rows, int(request.args.get("page", 1)), size)

    def by_bulk(self, request):
        bulk = self._bulk(request, "messages_outbox_id")
        row = {**self._row(bulk), "return": 0, "reject_comment": None}
        return self._ok(row)

    def new_list(self, request):
        body = self._body(request)
        filters = body.get("filters") or {}
        rows = [
            self._row(bulk)
            for bulk in reversed(self.bulks.values())
            if filters.get("number", f"+98{bulk.line}") == f"+98{bulk.line}"
            and filters.get("message", "") in bulk.body
            and int(filters.get("create_from_date", 0))
            <= bulk.moment.timestamp()
            <= int(filters.get("create_to_date", 2**40))
        ]
        return self._page(rows, body.get("page", 1), body.get("limit", 10))

    def inbox(self, request):
        body = self._body(request)
        after = (body.get("filters") or {}).get("from_id", 0)
        rows = [
            {
                "messages_inbox_id": reply.id,
                "from": reply.number,
                "number": f"+98{reply.line}",
                "message": reply.body,
                "type": "normal",
                "time": int(reply.moment.timestamp()),
                "seen": "0",
            }
            for reply in reversed(self.telecom.inbox)
            if reply.id > after
        ]
        return self._page(rows, body.get("page", 1), body.get("per_page", 10))

    def credit(self, _request):
        return self._ok(
            {
                "credit": float(self.telecom.account.credit),
                "yesterday_credit": 0,
                "gift": 0,
                "gift_expires_at": None,
                "updated_at": f"{self.clock.now():%Y-%m-%d %H:%M:%S}",
            }
        )

    def numbers(self, _request):
        return self._ok(
            [
                {
                    "id": 10001 + index,
                    "number": f"+98{line}",
                    "operator_id": 1,
                    "alias": None,
                    "gets": 0,
                    "is_66_char": 0,
                }
                for index, line in enumerate(self.telecom.account.lines)
            ]
        )

    def pattern(self, _request, code):
        template = self.telecom.account.templates.get(code)
        if template is None:
            raise Refusal(404)
        return self._ok(
            {
                "id": "67728ab9a0d4c04a562",
                "title": None,
                "pattern_code": code,
                "pattern_message": template.text.replace("\n", "\r\n"),
                "pattern_status": "active" if template.is_approved else "pending",
                "pattern_is_share": False,
                "type": "sms",
                "variable": [
                    {"name": name, "type": "string", "len": 40}
                    for name in template.names
                ],
                "delimiter": "%",
            }
        )

    def unknown(self, _request, rest):
        raise Refusal(404)

    def _webservice(self, body, line):
        message = body.get("message") or ""
        if not message or len(message) > 1400:
            raise Refusal("message")
        numbers = (body.get("params") or {}).get("recipients")
        return self._take(line, message, self._numbers(numbers, 1000))

    def _pattern(self, body, line):
        template = self.telecom.account.templates.get(body.get("code"))
        if template is None or not template.is_approved:
            raise Refusal("code")
        values = body.get("params")
        if not isinstance(values, dict) or set(values) != set(template.names):
            raise Refusal("params")
        numbers = self._numbers(body.get("recipients"), 1)
        return self._take(line, template.fill(values), numbers, pattern=body["code"])

    def _numbers(self, numbers, most):
        if not isinstance(numbers, list) or not 0 < len(numbers) <= most:
            raise Refusal("recipients")
        # nothing but E.164
        if any(to_e164(number) != number for number in numbers):
            raise Refusal("recipients")
        return tuple(dict.fromkeys(numbers))

    def _take(self, line, body, numbers, pattern=""):
        for sms in self.telecom.messages.values():
            is_same = (sms.line, sms.body) == (line, body) and sms.number in numbers
            if is_same and self.telecom.age(sms) < _TOO_SOON:
                raise Refusal(429)
        state = 8 if self.telecom.account.credit <= 0 else self.stops_at
        bulk = _Bulk(
            self.telecom.next_id(),
            line,
            body,
            self.clock.now(),
            numbers,
            state or 6,
            "pattern" if pattern else "webservice",
        )
        self.bulks[bulk.id] = bulk
        for number in numbers if state is None else ():
            self.telecom.take(line, number, body, batch=bulk.id, pattern=pattern)
        return bulk

    def _bulk(self, request, name):
        asked = request.args.get(name, "")
        if not asked:
            raise Refusal(name)
        bulk = self.bulks.get(int(asked)) if asked.isdecimal() else None
        if bulk is None:
            raise Refusal(404)
        return bulk

    def _status(self, sms):
        return _STATUSES.get(self.telecom.status(sms), "3")

    def _row(self, bulk):
        taken = [sms for sms in self.telecom.messages.values() if sms.batch == bulk.id]
        is_waiting = any(self.telecom.status(sms) == Status.QUEUED for sms in taken)
        state = 5 if is_waiting else bulk.state
        return {
            "username": "demo",
            "number": f"+98{bulk.line}",
            "messages_outbox_id": str(bulk.id),
            "state": "finish",
            "type": bulk.type,
            "time_send": str(int(bulk.moment.timestamp())),
            "time": str(int(bulk.moment.timestamp())),
            "rcpts_count": str(len(bulk.numbers)),
            "exit_count": str(len(taken)),
            "status": _STATES.get(state, ""),
            "message": bulk.body,
            "part": None,
            "cost": float(sum(sms.cost for sms in taken)),
            "state_id": state,
        }

    def _body(self, request):
        body = request.get_json(silent=True)
        if request.method != "POST" or not isinstance(body, dict):
            raise Refusal(404)
        return body

    def _page(self, rows, page, size):
        shown = rows[(page - 1) * size : page * size]
        return self._ok(
            shown,
            current_page=page,
            last_page=max(1, -(-len(rows) // size)),
            per_page=size,
            total=len(rows),
        )

    def _ok(self, data, **more):
        meta = {**more, "status": True, "message": "انجام شد", "message_code": "200-1"}
        return self._envelope(data, meta, 200)

    def _envelope(self, data, meta, status):
        body = json.dumps({"data": data, "meta": meta}, ensure_ascii=False)
        return Response(body, status, mimetype="application/json")
