from datetime import datetime, timedelta, timezone
from decimal import Decimal
from urllib.parse import quote

from odoo.addons.crm_ir_base.tools.http import InDoubt, Refused
from odoo.addons.crm_ir_base.tools.phone import to_e164
from odoo.addons.crm_ir_base.tools.text import normalize

from .base import (
    Approved,
    Failure,
    Gateway,
    Incoming,
    Receipt,
    Report,
    Status,
    digits,
    documented,
)

_PER_PAGE = 100
# how far its clock and ours may be apart, and a call be under way
_MARGIN = timedelta(minutes=10)


class IPPanel(Gateway):
    """IPPanel Edge v1, as its document github.com/ippanelcom/Edge-Document says.

    It refuses with an HTTP status and, where it is about a field of ours, its name; these
    are the codes here. Recipients have a status of their own once their message is done;
    before that, the message has one, written as "state 5" here.
    """

    key = "ippanel"
    title = "IPPanel"
    base_url = "https://edge.ippanel.com/v1"

    # a tenth of what it takes: a call in doubt, or with one text too soon, stays small
    texts_per_call = 100
    patterns_per_call = 1
    reads_patterns = True
    reports_per_call = 100
    find_window = timedelta(hours=48)
    reads_inbox = True

    codes = {
        "401": Failure.LOGIN,
        "404": Failure.REQUEST,
        # the same text from the same line to the same number within 40 seconds
        "429": Failure.REPEATED,
        "message": Failure.TEXT,
        "recipients": Failure.NUMBER,
        "params.recipients": Failure.NUMBER,
        "from_number": Failure.LINE,
        "code": Failure.PATTERN,
        "params": Failure.PATTERN,
        "sending_type": Failure.REQUEST,
        "send_time": Failure.REQUEST,
        "bulk_id": Failure.REQUEST,
    }
    statuses = {
        "0": Status.HANDED,
        "1": Status.HANDED,
        "2": Status.DELIVERED,
        "3": Status.UNDELIVERED,
        "4": Status.TELECOM_BLACKLIST,
        "state 0": Status.QUEUED,
        "state 1": Status.QUEUED,
        "state 2": Status.QUEUED,
        "state 3": Status.REJECTED,
        "state 4": Status.INVALID_NUMBER,
        "state 5": Status.QUEUED,
        "state 6": Status.HANDED,
        "state 7": Status.CANCELLED,
        "state 8": Status.FAILED,
        "state 9": Status.FAILED,
    }

    def send(self, texts):
        firsts = {}
        for text in texts:
            firsts.setdefault(text.number, text)
        batch = self._send(
            sending_type="webservice",
            message=texts[0].body,
            params={"recipients": list(firsts)},
        )
        # the same text to the same number has no id of its own in one call
        return [
            self._receipt(text, batch)
            if firsts[text.number] is text
            else Receipt(text.reference, failure=Failure.REPEATED)
            for text in texts
        ]

    def send_patterns(self, patterns):
        (pattern,) = patterns
        batch = self._send(
            sending_type="pattern",
            code=pattern.code,
            recipients=[pattern.number],
            params=dict(pattern.values),
        )
        return [self._receipt(pattern, batch)]

    def pattern(self, code):
        try:
            return self._ask("GET", f"/api/patterns/{quote(code, safe='')}", _approved)
        except Refused as refused:
            if refused.code == "404":
                return None
            raise

    def reports(self, sent):
        """Ask for the recipients, and for the message where some have no status yet.

        That is one request, one more for each further page, and one for the message.
        """
        (batch,) = {one.batch_id for one in sent}
        rows = self._recipients(batch)
        codes = {number: row.get("message_status") for number, row in rows.items()}
        if any(codes.get(one.number) is None for one in sent):
            state = self._ask(
                "GET",
                "/api/report/by_bulk",
                lambda envelope: f"state {int(envelope['data']['state_id'])}",
                params={"messages_outbox_id": batch},
            )
        reports = []
        for one in sent:
            code = codes.get(one.number)
            if code is None:
                code = state
            reports.append(
                Report(
                    external_id=one.external_id,
                    status=self.status(code),
                    code=str(code),
                    number=one.number,
                )
            )
        return reports

    def find(self, sent, known=()):
        """Look for the text among those of its time, then for its number there.

        A pattern to that number is in doubt where its text is not ours: what the panel
        makes of a pattern is its own. So is our text from another line.
        """
        if not sent.body:
            raise InDoubt("a message is found by its text only")
        moment = sent.sent_at.replace(tzinfo=timezone.utc)
        rows = self._pages(
            "POST",
            "/api/report/new_list",
            limit=_PER_PAGE,
            filters={
                "create_from_date": str(int((moment - _MARGIN).timestamp())),
                "create_to_date": str(int((moment + _MARGIN).timestamp())),
            },
        )
        line = _line(self.setup.sender)
        with documented():
            alike = {False: [], True: []}
            for row in rows:
                is_same = _is_same(row["message"], sent.body)
                if is_same or row["type"].startswith("pattern"):
                    alike[is_same and row["number"] == line].append(row)
            for is_ours in (True, False):
                for row in alike[is_ours]:
                    receipt = self._receipt(sent, str(row["messages_outbox_id"]))
                    if receipt.external_id in known:
                        continue
                    recipients = self._recipients(receipt.batch_id)
                    if sent.number in recipients and is_ours:
                        return receipt
                    is_whole = len(recipients) >= int(row["rcpts_count"])
                    if sent.number in recipients or not is_whole:
                        raise InDoubt("another message may be the one looked for")
        return None

    def inbox(self, after):
        """Read what came since ``after``, or the newest page where that is empty."""
        query = {"per_page": _PER_PAGE, "filters": {}}
        path = "/api/report/messages-inbox"
        if after:
            query["filters"]["from_id"] = int(after)
            rows = self._pages("POST", path, **query)
        else:
            rows, _last = self._ask("POST", path, _page, json={**query, "page": 1})
        with documented():
            # what comes in meanwhile moves the pages: a text may be on two
            return list(
                {row["messages_inbox_id"]: _incoming(row) for row in rows}.values()
            )

    def credit(self):
        return self._ask(
            "GET",
            "/api/payment/credit/mine",
            lambda envelope: Decimal(envelope["data"]["credit"]),
        )

    def lines(self):
        return self._ask(
            "GET",
            "/api/number/numbers",
            lambda envelope: [
                row["number"].removeprefix("+98") for row in envelope["data"]
            ],
        )

    def _send(self, **body):
        return self._ask(
            "POST",
            "/api/send",
            _batch,
            json={"from_number": _line(self.setup.sender), **body},
        )

    def _receipt(self, message, batch):
        return Receipt(
            message.reference,
            external_id=f"{batch}/{digits(message.number)}",
            batch_id=batch,
        )

    def _recipients(self, batch):
        """The rows of all recipients of a message by their number."""
        rows = self._pages(
            "GET", "/api/report/recipients", bulk_id=batch, per_page=_PER_PAGE
        )
        with documented():
            return {_number(row["recipient"]): row for row in rows}

    def _pages(self, method, path, **query):
        """The rows of all pages."""
        place = "params" if method == "GET" else "json"
        found, page, last = [], 0, 1
        while page < last:
            page += 1
            rows, last = self._ask(
                method, path, _page, **{place: {**query, "page": page}}
            )
            if not rows:
                break
            found += rows
        return found

    def _ask(self, method, path, read, **options):
        return self._call(
            method,
            path,
            read,
            headers={"Authorization": self.setup.api_key},
            **options,
        )

    def _open(self, answer):
        envelope = answer.json()
        meta = envelope["meta"]
        if meta["status"] is False:
            fields = list(meta.get("errors") or ())
            code = fields[0] if fields else answer.status
            raise Refused(code, str(meta["message"]), answer)
        if meta["status"] is not True:
            raise ValueError(meta["status"])
        return envelope


def _page(envelope):
    return list(envelope["data"]), int(envelope["meta"]["last_page"])


def _batch(envelope):
    (batch,) = envelope["data"]["message_outbox_ids"]
    if int(batch) <= 0:
        raise ValueError(batch)
    return str(int(batch))


def _approved(envelope):
    data = envelope["data"]
    names = tuple(row["name"] for row in data["variable"] or ())
    text, mark = data["pattern_message"].strip(), data["delimiter"]
    for name in names:
        text = text.replace(f"{mark}{name}{mark}", f"%{name}%")
    return Approved(text, names, data["pattern_status"] == "active")


def _incoming(row):
    return Incoming(
        number=_number(row["from"]),
        line=row["number"].removeprefix("+98"),
        body=row["message"],
        moment=datetime.fromtimestamp(int(row["time"]), timezone.utc),
        external_id=str(row["messages_inbox_id"]),
    )


def _number(raw):
    return to_e164(raw) or raw


def _line(sender):
    """Write a line in E.164, the only form it takes."""
    return sender if sender.startswith("+") else f"+98{sender}"


def _is_same(one, other):
    """Whether two texts are one, however blanks and letters were rewritten."""
    return _bare(one) == _bare(other)


def _bare(text):
    return "".join(normalize(text).split())
