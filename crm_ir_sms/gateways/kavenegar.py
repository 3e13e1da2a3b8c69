import json
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from urllib.parse import quote

from kavenegar import KavenegarAPI

from odoo.addons.crm_ir_base.tools.http import Refused
from odoo.addons.crm_ir_base.tools.phone import to_e164

from .base import Failure, Gateway, Incoming, Receipt, Report, Status, documented


class _Client(KavenegarAPI):
    """The provider's client over our door."""

    def __init__(self, gateway):
        super().__init__(gateway.setup.api_key)
        self._gateway = gateway

    def _request(self, action, method, params=None):
        path = f"/{self.version}/{quote(self.apikey)}/{action}/{method}.json"
        return self._gateway._call("POST", path, data=params or {})


class Kavenegar(Gateway):
    """Kavenegar REST v1, as its document kavenegar.com/rest.html says."""

    key = "kavenegar"
    title = "Kavenegar"
    base_url = "https://api.kavenegar.com"

    texts_per_call = 200
    mixes_bodies = True
    patterns_per_call = 1
    max_value_length = 100
    reports_per_call = 500
    report_window = timedelta(hours=48)
    find_window = timedelta(hours=12)
    carries_reference = True
    is_idempotent = True
    reads_inbox = True

    codes = {
        "400": Failure.REQUEST,
        "401": Failure.LOGIN,
        "402": Failure.OTHER,
        "403": Failure.LOGIN,
        "404": Failure.REQUEST,
        "405": Failure.REQUEST,
        "406": Failure.REQUEST,
        "407": Failure.ADDRESS,
        "409": Failure.BUSY,
        "411": Failure.NUMBER,
        "412": Failure.LINE,
        "413": Failure.TEXT,
        "414": Failure.REQUEST,
        "415": Failure.REQUEST,
        "416": Failure.ADDRESS,
        "417": Failure.REQUEST,
        "418": Failure.CREDIT,
        "419": Failure.REQUEST,
        "420": Failure.LINK,
        "422": Failure.TEXT,
        "424": Failure.PATTERN,
        "426": Failure.LOGIN,
        "427": Failure.LINE,
        "428": Failure.PATTERN,
        "429": Failure.ADDRESS,
        "431": Failure.PATTERN,
        "432": Failure.PATTERN,
        "451": Failure.BUSY,
        "501": Failure.NUMBER,
        "604": Failure.REQUEST,
        "607": Failure.REQUEST,
    }
    statuses = {
        "1": Status.QUEUED,
        "2": Status.QUEUED,
        "4": Status.HANDED,
        "5": Status.HANDED,
        "6": Status.FAILED,
        "10": Status.DELIVERED,
        "11": Status.UNDELIVERED,
        "13": Status.CANCELLED,
        "14": Status.TELECOM_BLACKLIST,
        "100": Status.UNKNOWN,
    }
    # the names in its patterns, each with the blanks that its value may have
    _blanks = {"token": 0, "token2": 0, "token3": 0, "token10": 5, "token20": 8}

    def __init__(self, door, setup):
        super().__init__(door, setup)
        self._client = _Client(self)

    def send(self, texts):
        entries = self._client.sms_sendarray(
            {
                "receptor": json.dumps([text.number for text in texts]),
                "sender": json.dumps([self.setup.sender] * len(texts)),
                "message": json.dumps([text.body for text in texts]),
                "localmessageids": json.dumps([text.reference for text in texts]),
            }
        )
        with documented():
            return [
                self._receipt(text.reference, entry)
                for text, entry in zip(texts, entries, strict=True)
            ]

    def send_patterns(self, patterns):
        (pattern,) = patterns
        entries = self._client.verify_lookup(
            {"receptor": pattern.number, "template": pattern.code, **pattern.values}
        )
        with documented():
            return [self._receipt(pattern.reference, entries[0])]

    def check_values(self, values):
        return [
            name
            for name, value in values.items()
            if not value.strip()
            or len(value) > self.max_value_length
            or value.count(" ") > self._blanks.get(name, -1)
            or set(value) & set("\n\r\t_")
        ]

    def reports(self, sent):
        ids = ",".join(one.external_id for one in sent)
        entries = self._client.sms_status({"messageid": ids})
        with documented():
            return [self._report(entry) for entry in entries]

    def find(self, sent, known=()):
        entries = self._client.sms_statuslocalmessageid({"localid": sent.reference})
        with documented():
            (entry,) = entries
            if self.status(entry["status"]) == Status.UNKNOWN:
                return None
            return self._receipt(sent.reference, entry)

    def inbox(self, after):
        entries = self._client.sms_receive(
            {"linenumber": self.setup.sender, "isread": 0}
        )
        with documented():
            return [
                Incoming(
                    number=to_e164(entry["sender"]) or entry["sender"],
                    line=str(entry["receptor"]),
                    body=entry["message"],
                    moment=datetime.fromtimestamp(entry["date"], timezone.utc),
                    external_id=str(entry["messageid"]),
                )
                for entry in entries or ()
            ]

    def credit(self):
        account = self._client.account_info()
        with documented():
            return Decimal(account["remaincredit"])

    def read_reports(self, form):
        with documented():
            return [self._report(form)]

    def read_incoming(self, form):
        with documented():
            return Incoming(
                number=to_e164(form["from"]) or form["from"],
                line=form["to"],
                body=form["message"],
                moment=datetime.now(timezone.utc),
                external_id=form["messageid"],
            )

    def _receipt(self, reference, entry):
        return Receipt(
            reference,
            external_id=str(int(entry["messageid"])),
            cost=Decimal(entry["cost"]) if "cost" in entry else None,
        )

    def _report(self, entry):
        return Report(
            external_id=str(entry["messageid"]),
            status=self.status(entry["status"]),
            code=str(entry["status"]),
        )

    def _open(self, answer):
        envelope = answer.json()
        status = envelope["return"]["status"]
        if status != 200:
            raise Refused(status, str(envelope["return"]["message"]), answer)
        return envelope["entries"]
