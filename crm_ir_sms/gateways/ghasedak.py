from datetime import datetime, timedelta, timezone
from decimal import Decimal

from odoo.addons.crm_ir_base.tools.http import InDoubt, Refused
from odoo.addons.crm_ir_base.tools.phone import to_e164

from .base import (
    Approved,
    Failure,
    Gateway,
    Incoming,
    Receipt,
    Report,
    Status,
    documented,
    national,
    read_moment,
)

_BY_ID, _BY_REFERENCE = 1, 2  # the Type of CheckSmsStatus


class Ghasedak(Gateway):
    """Ghasedak v1, as the documents of gateway.ghasedak.me say.

    Its table of errors is not published: a wrong key is told from everything else.
    """

    key = "ghasedak"
    title = "Ghasedak"
    base_url = "https://gateway.ghasedak.me"

    texts_per_call = 100  # as many as it reports on at once; its own limit is unknown
    mixes_bodies = True
    patterns_per_call = 1
    reads_patterns = True
    reports_per_call = 100
    find_window = timedelta(hours=12)  # not published: within any outbox
    carries_reference = True
    reads_inbox = True

    codes = {"400": Failure.REQUEST, "401": Failure.LOGIN}
    statuses = {
        "0": Status.QUEUED,
        "1": Status.CANCELLED,
        "2": Status.TELECOM_BLACKLIST,
        "3": Status.HANDED,
        "4": Status.UNDELIVERED,
        "5": Status.DELIVERED,
        "6": Status.FAILED,
        "7": Status.UNKNOWN,
        "8": Status.UNKNOWN,
    }

    def send(self, texts):
        items = [
            {
                "lineNumber": self.setup.sender,
                "receptor": national(text.number),
                "message": text.body,
                "clientReferenceId": str(text.reference),
            }
            for text in texts
        ]
        return self._send(
            "SendPairToPairSMS",
            {"items": items},
            lambda entries: [
                self._receipt(text.reference, _pick(entries, text)) for text in texts
            ],
        )

    def send_patterns(self, patterns):
        (pattern,) = patterns
        mobile = national(pattern.number)
        form = {
            "receptors": [
                {"mobile": mobile, "clientReferenceId": str(pattern.reference)}
            ],
            "templateName": pattern.code,
            "inputs": [
                {"param": name, "value": value}
                for name, value in pattern.values.items()
            ],
        }
        return self._send(
            "SendOtpSMS",
            form,
            lambda entries: [self._receipt(pattern.reference, *entries)],
        )

    def pattern(self, code):
        def read(data):
            data = _fold(data)
            return Approved(data["message"].strip(), tuple(map(str, data["params"])))

        try:
            return self._get("GetOtpTemplateParameters", {"TemplateName": code}, read)
        except Refused as refused:
            # its key is right, and it was told nothing but a name
            if refused.code == "400":
                return None
            raise

    def reports(self, sent):
        entries = self._check(_BY_ID, ",".join(one.external_id for one in sent))
        with documented():
            return [
                Report(
                    external_id=str(entry["messageid"]),
                    status=self.status(entry["status"]),
                    code=str(entry["status"]),
                    number=to_e164(entry["receptor"]) or "",
                    cost=_cost(entry, "price"),
                )
                for entry in entries
            ]

    def find(self, sent, known=()):
        reference = str(sent.reference)
        entries = self._check(_BY_REFERENCE, reference)
        with documented():
            if not entries:
                return None
            ours = [one for one in entries if _reference(one) == reference]
            return self._receipt(sent.reference, ours[0])

    def inbox(self, after):
        asked = {"lineNumber": self.setup.sender, "isRead": "false"}
        return self._get(
            "GetReceivedSmses",
            asked,
            lambda data: [
                Incoming(
                    number=to_e164(entry["sender"]) or entry["sender"],
                    line=str(entry["linenumber"]),
                    body=entry["message"],
                    moment=_moment(entry["receivedate"]),
                    external_id=str(entry["id"]),
                )
                for entry in _entries(data)
            ],
        )

    def credit(self):
        return self._get(
            "GetAccountInformation", {}, lambda data: Decimal(_fold(data)["credit"])
        )

    # How its pushes name their fields is not published.

    def read_reports(self, form):
        fields = _fold(form)
        external_id = _first(fields, "messageid", "id")
        code = _first(fields, "status", "deliverystatus")
        if not external_id or not code:
            return []
        return [Report(external_id, self.status(code), code)]

    def read_incoming(self, form):
        fields = _fold(form)
        sender = _first(fields, "sender", "from", "mobile")
        body = _first(fields, "message", "text", "body")
        if not sender or not body:
            return None
        return Incoming(
            number=to_e164(sender) or sender,
            line=_first(fields, "linenumber", "receptor", "to"),
            body=body,
            moment=datetime.now(timezone.utc),
            external_id=_first(fields, "id", "messageid"),
        )

    def _check(self, kind, ids):
        asked = {"Ids": ids, "Type": kind}
        return self._get("CheckSmsStatus", asked, lambda data: list(map(_fold, data)))

    def _get(self, method, asked, read):
        return self._ask("GET", method, read, params=asked)

    def _send(self, method, form, read):
        return self._ask("POST", method, lambda data: read(_entries(data)), json=form)

    def _ask(self, verb, method, read, **options):
        return self._call(
            verb,
            f"/rest/api/v1/WebService/{method}",
            read,
            headers={"ApiKey": self.setup.api_key},
            **options,
        )

    def _receipt(self, reference, entry):
        message_id = int(entry["messageid"])
        if message_id <= 0:
            raise ValueError("no id of a message")
        cost = _cost(entry, "cost" if "cost" in entry else "price")
        return Receipt(reference, external_id=str(message_id), cost=cost)

    def _open(self, answer):
        if answer.status >= 500:  # a failure within the gateway says not how far it got
            raise InDoubt("the gateway failed", answer)
        envelope = _fold(answer.json())
        if envelope["issuccess"] is True:
            return envelope["data"]
        if envelope["issuccess"] is not False:
            raise InDoubt("the answer is neither yes nor no", answer)
        # some refusals have the code of success in them
        code = envelope["statuscode"]
        if code == 200:
            code = answer.status
        raise Refused(code, str(envelope["message"]), answer)


def _fold(entry):
    """The keys are Message in some answers and message in others."""
    return {name.lower(): value for name, value in entry.items()}


def _entries(data):
    return list(map(_fold, _fold(data)["items"]))


def _pick(entries, text):
    """Take the entry of ``text`` out of ``entries``, which come in any order."""
    for index, entry in enumerate(entries):
        reference = _reference(entry)
        if reference == str(text.reference) or (
            not reference
            and to_e164(entry["receptor"]) == text.number
            and entry["message"] == text.body
        ):
            return entries.pop(index)
    raise ValueError("no entry for a text")


def _reference(entry):
    return str(entry.get("clientreferenceid") or "")


def _cost(entry, name):
    return None if entry.get(name) is None else Decimal(entry[name])


def _first(fields, *names):
    return next((str(fields[name]) for name in names if fields.get(name)), "")


def _moment(text):
    """Read a date; the gateway gives a text once, and no form of a date must lose it."""
    try:
        return read_moment(text)
    except ValueError:
        return datetime.now(timezone.utc)
