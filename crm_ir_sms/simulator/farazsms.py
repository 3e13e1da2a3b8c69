import json
import re

from werkzeug.wrappers import Response

from odoo.addons.crm_ir_base.tools.phone import to_e164

from ..gateways.base import Status
from .service import SmsService
from .telecom import Refusal

_RECIPIENT = re.compile(r"09\d{9}")
_STATUSES = {
    Status.QUEUED: "in-queue",
    Status.HANDED: "sent",
    Status.DELIVERED: "delivered",
    Status.UNDELIVERED: "delivery-failure",
    Status.TELECOM_BLACKLIST: "blacklist",
    Status.LINE_BLOCKED: "delivery-failure",
    Status.INVALID_NUMBER: "send-failure",
    Status.FAILED: "send-failure",
}
_WORDS = {
    "HTTP 401": "کلید دسترسی نامعتبر است",
    "HTTP 403": "این امکان برای حساب شما فعال نیست",
    "HTTP 404": "یافت نشد",
}


class FarazSmsService(SmsService):
    """FarazSMS, now IranPayamak: docs.iranpayamak.com.

    ``newest_first`` is the order of its inbox, of which the document says nothing.
    """

    newest_first = True

    name = "farazsms"
    title = "FarazSMS"
    routes = (
        ("/ws/v1/sms/simple", "simple"),
        ("/ws/v1/sms/pattern", "pattern"),
        ("/ws/v1/send_request/<int:batch>/items", "items"),
        ("/ws/v1/inbox", "inbox"),
        ("/ws/v1/account/balance", "balance"),
    )

    def refuse(self, code, words):
        """Refuse with an HTTP status, or for a field of the request."""
        words = words or _WORDS.get(code, "نامعتبر است")
        if code.startswith("HTTP "):
            return self._envelope(int(code[5:]), "error", None, words)
        return self._envelope(422, "error", None, {code: [words]})

    def answer(self, method, request, values):
        def guarded(request, **values):
            if request.headers.get("Api-Key") != self.telecom.account.api_key:
                raise Refusal("HTTP 401")
            if not self.telecom.account.is_active:
                raise Refusal("HTTP 403")
            return method(request, **values)

        return super().answer(guarded, request, values)

    def simple(self, request):
        form = self._form(request)
        if "schedule" not in form:
            raise Refusal("schedule")
        body, recipients = form.get("text"), form.get("recipients")
        if not isinstance(body, str) or not body:
            raise Refusal("text")
        if not isinstance(recipients, list) or not recipients:
            raise Refusal("recipients")
        for index, recipient in enumerate(recipients):
            if not _RECIPIENT.fullmatch(recipient):
                raise Refusal(f"recipients.{index}")
        return self._take(form, recipients, body)

    def pattern(self, request):
        form = self._form(request)
        template = self.telecom.account.templates.get(form.get("code"))
        if template is None or not template.is_approved:
            raise Refusal("code")
        recipient = form.get("recipient")
        if not isinstance(recipient, str) or not _RECIPIENT.fullmatch(recipient):
            raise Refusal("recipient")
        values = form.get("attributes") or {}
        if set(values) != set(template.names):
            raise Refusal("attributes")
        return self._take(form, [recipient], template.fill(values))

    def items(self, request, batch):
        messages = [sms for sms in self.telecom.messages.values() if sms.batch == batch]
        if not messages:
            raise Refusal("HTTP 404")
        page = request.args.get("page", 1, int)
        limit = request.args.get("limit", 10, int)
        items = [
            {
                "destination": "0" + sms.number.removeprefix("+98"),
                "status": _STATUSES[self.telecom.status(sms)],
                "text": sms.body,
                "error": None,
                "pages": sms.parts,
            }
            for sms in messages[(page - 1) * limit : page * limit]
        ]
        return self._envelope(
            200,
            "success",
            {
                "current_page": page,
                "data": items,
                "last_page": -(-len(messages) // limit),
                "per_page": limit,
                "total": len(messages),
            },
        )

    def inbox(self, request):
        page = request.args.get("page", 1, int)
        limit = request.args.get("limit", 10, int)
        replies = self.telecom.inbox[:: -1 if self.newest_first else 1]
        items = [
            {
                "from": "0" + reply.number.removeprefix("+98"),
                "to": reply.line,
                "text": reply.body,
                "recievedAt": f"{reply.moment:%Y-%m-%dT%H:%M:%SZ}",
            }
            for reply in replies[(page - 1) * limit : page * limit]
        ]
        return self._envelope(
            200,
            "success",
            {
                "currentPage": page,
                "totalPages": max(1, -(-len(replies) // limit)),
                "totalItems": len(replies),
                "itemsPerPage": limit,
                "items": items,
            },
        )

    def balance(self, _request):
        credit = self.telecom.account.credit
        data = {"balance_amount": str(credit), "balance_count": str(credit / 120)}
        return self._envelope(200, "success", data)

    def _form(self, request):
        form = request.get_json(silent=True)
        if request.method != "POST" or not isinstance(form, dict):
            raise Refusal("HTTP 405")
        if form.get("number_format") not in ("english", "persian"):
            raise Refusal("number_format")
        if form.get("line_number") not in self.telecom.account.lines:
            raise Refusal("line_number")
        return form

    def _take(self, form, recipients, body):
        if self.telecom.account.credit <= 0:
            raise Refusal("HTTP 422", "اعتبار کافی نیست")
        batch = self.telecom.next_id()
        for recipient in recipients:
            number = to_e164(recipient)
            self.telecom.take(form["line_number"], number, body, batch=batch)
        return self._envelope(201, "success", batch)

    def _envelope(self, http, status, data, messages=None):
        body = {"status": status, "data": data, "messages": messages}
        return Response(json.dumps(body), http, mimetype="application/json")
