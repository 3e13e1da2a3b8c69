import json
import re

from werkzeug.wrappers import Response

from ..gateways.base import Status
from .service import SmsService
from .telecom import Refusal

_DESTINATION = re.compile(r"(?:98)?(9[0-9]{9})")
_STATUSES = {Status.QUEUED: 0, Status.DELIVERED: 4, Status.TELECOM_BLACKLIST: 7}


class PayamResanService(SmsService):
    """Payam-resan (Moje Shahr) V3: api.sms-webservice.com. Its HTTP status is always 200.

    Of its codes only 1, 13 and the deliveries 0, 4 and 7 are known; others are 99 here.
    """

    name = "payamresan"
    title = "Payam-resan"
    routes = (
        ("/api/V3/SendBulk", "send_bulk"),
        ("/api/V3/StatusById", "status_by_id"),
        ("/api/V3/AccountInfo", "account_info"),
    )

    def refuse(self, code, words):
        return self._answer(
            {"Success": False, "ErrorCode": int(code), "Error": words, "Result": None}
        )

    def answer(self, method, request, values):
        def guarded(request, **values):
            body = request.get_json(silent=True)
            if not isinstance(body, dict) or body.get("ApiKey") != self._key:
                raise Refusal(1, "ApiKey نامعتبر است")
            return method(body, **values)

        return super().answer(guarded, request, values)

    def send_bulk(self, body):
        recipients, line = body["Recipients"], body["Sender"]
        if type(line) is not int or not body["Text"] or not 0 < len(recipients) <= 99:
            raise Refusal(99, "ورودی نامعتبر است")
        found = [self._number(recipient["Destination"]) for recipient in recipients]
        rows = []
        for number, recipient in zip(found, recipients, strict=True):
            reference = recipient["UserTraceId"]
            sms = self.telecom.take(
                str(line), number, body["Text"], reference=str(reference)
            )
            rows.append(
                {
                    "Id": sms.id,
                    "UserTraceId": reference,
                    "FinalText": sms.body,
                    "Sender": line,
                }
            )
        return self._ok(rows)

    def status_by_id(self, body):
        taken = [self.telecom.messages.get(one) for one in body["Ids"]]
        return self._ok(
            [
                {
                    "Id": sms.id,
                    "UserTraceId": int(sms.reference),
                    "StatusCode": _STATUSES.get(self.telecom.status(sms), 99),
                    "Status": "",
                }
                for sms in filter(None, taken)
            ]
        )

    def account_info(self, _body):
        account = self.telecom.account
        lines = [int(line) for line in account.lines]
        return self._ok({"Credit": int(account.credit), "AvailableSenders": lines})

    @property
    def _key(self):
        return self.telecom.account.api_key

    def _number(self, destination):
        found = _DESTINATION.fullmatch(str(destination))
        if type(destination) is not int or not found:
            raise Refusal(13, "گیرنده نامعتبر است")
        return f"+98{found[1]}"

    def _ok(self, result):
        return self._answer(
            {"Success": True, "ErrorCode": None, "Error": None, "Result": result}
        )

    def _answer(self, body):
        return Response(
            json.dumps(body, ensure_ascii=False), mimetype="application/json"
        )
