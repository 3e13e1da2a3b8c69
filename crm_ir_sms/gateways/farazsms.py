from decimal import Decimal

from odoo.addons.crm_ir_base.tools.http import Refused
from odoo.addons.crm_ir_base.tools.phone import to_e164

from .base import Failure, Gateway, Receipt, Report, Status, digits, national

_SERVER_ERROR = 500


class FarazSms(Gateway):
    """FarazSMS, now IranPayamak, as its document docs.iranpayamak.com says.

    It has no codes: a refusal names the fields of ours that it is about, which are the
    codes here, or gives words alone, and the code is then the HTTP status. Its inbox
    gives texts neither an id nor an order, so nothing can be read from it once.
    """

    key = "farazsms"
    title = "FarazSMS"
    base_url = "https://api.iranpayamak.com"

    # as many as its own plugin sends; the document states no limit
    texts_per_call = 100
    patterns_per_call = 1
    reports_per_call = 100
    rial_per_unit = None

    codes = {
        "HTTP 403": Failure.LOGIN,  # the account may not use this
        "attributes": Failure.PATTERN,
        "code": Failure.PATTERN,
        "line_number": Failure.LINE,
        "number_format": Failure.REQUEST,
        "recipient": Failure.NUMBER,
        "recipients": Failure.NUMBER,
        "schedule": Failure.REQUEST,
        "text": Failure.TEXT,
    }
    statuses = {
        "not-started": Status.QUEUED,
        "in-queue": Status.QUEUED,
        "sent": Status.HANDED,
        "delivered": Status.DELIVERED,
        "delivery-failure": Status.UNDELIVERED,
        "delivery-undetermined": Status.UNKNOWN,
        "send-failure": Status.FAILED,
        "system-error": Status.FAILED,
        "blacklist": Status.TELECOM_BLACKLIST,
    }

    def send(self, texts):
        (body,) = {text.body for text in texts}
        return self._send(
            "simple",
            texts,
            text=body,
            recipients=[national(text.number) for text in texts],
            schedule=None,
        )

    def send_patterns(self, patterns):
        (pattern,) = patterns
        return self._send(
            "pattern",
            patterns,
            code=pattern.code,
            recipient=national(pattern.number),
            attributes=dict(pattern.values),
        )

    def reports(self, sent):
        asked = {one.external_id for one in sent}
        reports = self._call(
            "GET",
            f"/ws/v1/send_request/{sent[0].batch_id}/items",
            lambda page: [
                self._report(sent[0].batch_id, item)
                # the first is the name in the document, the second in its answers
                for item in (page["items"] if "items" in page else page["data"])
            ],
            params={"page": 1, "limit": self.reports_per_call},
        )
        return [report for report in reports if report.external_id in asked]

    def credit(self):
        return self._call(
            "GET",
            "/ws/v1/account/balance",
            lambda data: Decimal(
                # the first is the name in the document, the second in its answers
                data["balanceAmount"]
                if "balanceAmount" in data
                else data["balance_amount"]
            ),
        )

    def _send(self, kind, messages, **form):
        """Send and give each its number as its id within that of the call."""

        def receipts(data):
            # the document has the id alone, its answers to simple texts more around it
            call_id = str(data["id"] if isinstance(data, dict) else data)
            if not call_id.isdecimal() or int(call_id) == 0:
                raise ValueError(call_id)
            return [
                Receipt(
                    message.reference,
                    external_id=f"{call_id}/{digits(message.number)}",
                    batch_id=call_id,
                )
                for message in messages
            ]

        form |= {"line_number": self.setup.sender, "number_format": "english"}
        return self._call("POST", f"/ws/v1/sms/{kind}", receipts, json=form)

    def _report(self, call_id, item):
        number = to_e164(item["destination"]) or ""
        return Report(
            external_id=f"{call_id}/{digits(number)}",
            status=self.status(item["status"]),
            code=str(item["status"]),
            number=number,
            parts=int(item["pages"]) if item.get("pages") else None,
        )

    def _call(self, method, path, read=lambda data: data, **options):
        headers = {"Api-Key": self.setup.api_key, "Accept": "application/json"}
        return super()._call(method, path, read, headers=headers, **options)

    def _open(self, answer):
        envelope = answer.json()
        if envelope["status"] == "error" and answer.status < _SERVER_ERROR:
            raise self._refused(envelope, answer)
        if envelope["status"] != "success":
            raise ValueError(envelope["status"])
        return envelope["data"]

    @staticmethod
    def _refused(envelope, answer):
        messages = envelope.get("messages") or envelope.get("message") or ""
        if not isinstance(messages, dict):
            return Refused(f"HTTP {answer.status}", str(messages), answer)
        # recipients.0 is the first of the recipients
        field = next(iter(messages)).partition(".")[0]
        words = "; ".join(f"{name}: {words}" for name, words in messages.items())
        return Refused(field, words, answer)
