from datetime import datetime, timedelta, timezone
from decimal import Decimal

from odoo.addons.crm_ir_base.tools.http import InDoubt, Refused
from odoo.addons.crm_ir_base.tools.phone import to_e164

from ..tools.tehran import TEHRAN
from .base import (
    Failure,
    Gateway,
    Incoming,
    Receipt,
    Report,
    Status,
    documented,
    national,
)

_PAGE = 100
_MOST_PAGES = 200
# by how much its clock may be behind ours
_SKEW = timedelta(minutes=10)
# what stands in the place of an id for a text that it does not take
_NO_ID = {
    "0": Failure.TELECOM_BLACKLIST,
    "None": Failure.OTHER,  # an invalid number or too long a text: it does not say which
}


class SmsIr(Gateway):
    """SMS.ir REST v1, as its document sms.ir/rest-api says.

    A key of its sandbox is used like any other. There, no report knows a message.
    """

    key = "smsir"
    title = "SMS.ir"
    base_url = "https://api.sms.ir"

    texts_per_call = 100
    mixes_bodies = True
    patterns_per_call = 1
    numbers_patterns = True
    max_value_length = 25
    reports_per_call = 100
    find_window = timedelta(hours=48)
    reads_inbox = True
    rial_per_unit = None

    # 0 is a problem of its own that leaves open whether it took anything
    codes = {
        "10": Failure.LOGIN,
        "11": Failure.LOGIN,
        "12": Failure.ADDRESS,
        "13": Failure.LOGIN,
        "14": Failure.LOGIN,
        "15": Failure.LOGIN,
        "16": Failure.REQUEST,
        "20": Failure.BUSY,
        "101": Failure.LINE,
        "102": Failure.CREDIT,
        "103": Failure.TEXT,
        "104": Failure.NUMBER,
        "105": Failure.REQUEST,
        "106": Failure.REQUEST,
        "107": Failure.REQUEST,
        "108": Failure.REQUEST,
        "109": Failure.REQUEST,
        "110": Failure.REQUEST,
        "111": Failure.REQUEST,
        "112": Failure.REQUEST,
        "113": Failure.PATTERN,
        "114": Failure.PATTERN,
        "115": Failure.TELECOM_BLACKLIST,
        "116": Failure.PATTERN,
        "117": Failure.TEXT,
        "118": Failure.OTHER,
        "119": Failure.PATTERN,
        "123": Failure.LINE,
        "124": Failure.PATTERN,
    }
    statuses = {
        "1": Status.DELIVERED,
        "2": Status.UNDELIVERED,
        "3": Status.QUEUED,
        "4": Status.FAILED,
        "5": Status.HANDED,
        "6": Status.FAILED,
        "7": Status.TELECOM_BLACKLIST,
        "8": Status.UNKNOWN,
    }

    def send(self, texts):
        return self._call(
            "POST",
            "/v1/send/likeToLike",
            lambda data: [
                self._receipt(text.reference, message_id, data["packId"])
                for text, message_id in zip(texts, data["messageIds"], strict=True)
            ],
            json={
                "lineNumber": _whole(self.setup.sender),
                "messageTexts": [text.body for text in texts],
                "mobiles": [national(text.number) for text in texts],
                "sendDateTime": None,
            },
        )

    def send_patterns(self, patterns):
        (pattern,) = patterns
        return self._call(
            "POST",
            "/v1/send/verify",
            lambda data: [self._receipt(pattern.reference, data["messageId"])],
            json={
                "mobile": national(pattern.number),
                "templateId": _whole(pattern.code),
                "parameters": [
                    {"name": name, "value": value}
                    for name, value in pattern.values.items()
                ],
            },
        )

    def reports(self, sent):
        if len(sent) == 1:
            path = f"/v1/send/{sent[0].external_id}"
        else:
            path = f"/v1/send/pack/{sent[0].batch_id}"
        asked = {one.external_id for one in sent}
        return self._call(
            "GET",
            path,
            lambda data: [
                self._report(row)
                for row in (data if isinstance(data, list) else [data])
                if str(row["messageId"]) in asked and row["deliveryState"] is not None
            ],
        )

    def find(self, sent, known=()):
        """Look for the text among those of the day, then among those of days before.

        Only where nothing else unknown went to the number since then is it certainly
        absent: the gateway may have written the text in another way.
        """
        since = sent.sent_at.replace(tzinfo=timezone.utc) - _SKEW
        rows = self._rows("/v1/send/live", sent, known, since)
        if not rows and not _is_of_today(since):
            rows = self._rows(
                "/v1/send/archive",
                sent,
                known,
                since,
                fromDate=int(since.timestamp()),
                toDate=int(datetime.now(timezone.utc).timestamp()),
            )
        if not rows:
            return None
        same = [message_id for message_id, body in rows if body == sent.body]
        if not same:
            raise InDoubt("another text went to the same number at that time")
        with documented():
            return self._receipt(sent.reference, min(same))

    def inbox(self, after):
        return self._call(
            "GET",
            "/v1/receive/latest",
            lambda data: [
                Incoming(
                    number=to_e164(str(row["mobile"])) or str(row["mobile"]),
                    line=str(row["number"]),
                    body=row["messageText"],
                    moment=datetime.fromtimestamp(
                        row["receivedDateTime"], timezone.utc
                    ),
                    external_id=str(row["receiveReturnId"]),
                )
                for row in data
            ],
            params={"count": 100},
        )

    def credit(self):
        return self._call("GET", "/v1/credit", Decimal)

    def lines(self):
        return self._call("GET", "/v1/line", lambda data: [str(line) for line in data])

    def _rows(self, path, sent, known, since, **span):
        """Read all pages: ids and texts of what else went to the number since then."""

        def matching(data):
            return len(data), [
                (int(row["messageId"]), row["messageText"])
                for row in data
                if to_e164(str(row["mobile"])) == sent.number
                and str(row["messageId"]) not in known
                and row["sendDateTime"] >= since.timestamp()
            ]

        found = []
        for page in range(1, _MOST_PAGES + 1):
            params = {"pageSize": _PAGE, "pageNumber": page, **span}
            count, rows = self._call("GET", path, matching, params=params)
            found += rows
            if count < _PAGE:
                return found
        raise InDoubt(f"there are more than {_MOST_PAGES} pages to look through")

    def _receipt(self, reference, message_id, pack_id=""):
        external_id = str(message_id)
        if external_id in _NO_ID:
            return Receipt(reference, failure=_NO_ID[external_id], code=external_id)
        if not external_id.isdecimal():
            raise ValueError(message_id)
        # what came in no pack is a batch of its own, for it is asked for alone
        return Receipt(reference, external_id, batch_id=str(pack_id or external_id))

    def _report(self, row):
        return Report(
            external_id=str(row["messageId"]),
            status=self.status(row["deliveryState"]),
            code=str(row["deliveryState"]),
            number=to_e164(str(row["mobile"])) or "",
            cost=Decimal(row["cost"]),
        )

    def _call(self, method, path, read=lambda data: data, **options):
        headers = {"X-API-KEY": self.setup.api_key, "Accept": "application/json"}
        return super()._call(method, path, read, headers=headers, **options)

    def _open(self, answer):
        envelope = answer.json()
        code = int(envelope["status"])
        if code == 0:
            raise InDoubt("the gateway has a problem", answer)
        if code != 1:
            raise Refused(code, str(envelope["message"]), answer)
        return envelope["data"]


def _whole(text):
    """A number where it is one; the gateway refuses anything else."""
    return int(text) if text.isdecimal() else text


def _is_of_today(moment):
    """Whether it is of the current day wherever the gateway's day may begin."""
    now = datetime.now(timezone.utc)
    return all(
        moment.astimezone(zone).date() == now.astimezone(zone).date()
        for zone in (TEHRAN, timezone.utc)
    )
