from decimal import Decimal

from odoo.addons.crm_ir_base.tools.http import Refused
from odoo.addons.crm_ir_base.tools.phone import to_e164

from .base import (
    Failure,
    Gateway,
    Incoming,
    Receipt,
    Report,
    Status,
    digits,
    national,
    read_moment,
)

_SERVER_ERROR = 500
_PAGE = 100


class FarazSms(Gateway):
    """FarazSMS, now IranPayamak, as its document docs.iranpayamak.com says.

    It has no codes: a refusal names the fields of ours that it is about, which are the
    codes here, or gives words alone, and the code is then the HTTP status. The states of
    a receiver are those by which its document filters them; those of a whole call are
    not documented. Its inbox gives texts no id, and says nothing of their order.
    """

    key = "farazsms"
    title = "FarazSMS"
    base_url = "https://api.iranpayamak.com"

    # as many as its own plugin sends; the document states no limit
    texts_per_call = 100
    patterns_per_call = 1
    reports_per_call = _PAGE
    reads_inbox = True
    repeats_inbox = True
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
                for item in _either(page, "items", "data")
            ],
            params={"page": 1, "limit": self.reports_per_call},
        )
        return [report for report in reports if report.external_id in asked]

    def inbox(self, after):
        """Read the newest texts: the first page, or the last two where they grow newer.

        That is one request, and two more at most.
        """
        texts, last = self._inbox_page(1)
        if last > 1 and texts and texts[0].moment < texts[-1].moment:
            # the last page may hold one text alone
            for page in {last - 1, last} - {1}:
                texts += self._inbox_page(page)[0]
        return texts

    def credit(self):
        return self._call(
            "GET",
            "/ws/v1/account/balance",
            lambda data: Decimal(_either(data, "balanceAmount", "balance_amount")),
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

    def _inbox_page(self, page):
        """The texts of a page, and how many pages there are."""
        return self._call(
            "GET",
            "/ws/v1/inbox",
            lambda data: (
                [_incoming(item) for item in _either(data, "items", "data")],
                int(_either(data, "totalPages", "last_page")),
            ),
            params={"page": page, "limit": _PAGE},
        )

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


def _either(data, documented, answered):
    """Take a field, by its name in the document or by that in the answers."""
    return data[documented] if documented in data else data[answered]


def _incoming(item):
    return Incoming(
        number=to_e164(item["from"]) or item["from"],
        line=str(item["to"]),
        body=item["text"],
        moment=read_moment(item["recievedAt"]),  # written so
    )
