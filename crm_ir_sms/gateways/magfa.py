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
    digits,
    documented,
)


class Magfa(Gateway):
    """Magfa HTTP v2 (REST), messaging.magfa.com/ui/?public/wiki/api/http_v2.

    The option ``domain`` is that of the account, "magfa" where it has no other.
    """

    key = "magfa"
    title = "Magfa"
    base_url = "https://sms.magfa.com/api/http/sms/v2"
    credentials = ("username", "password")

    texts_per_call = 100
    mixes_bodies = True
    reports_per_call = 100
    report_window = timedelta(hours=24)
    find_window = timedelta(hours=24)
    carries_reference = True
    reads_inbox = True

    # of a whole call or of one message in it
    codes = {
        "1": Failure.NUMBER,
        "2": Failure.LINE,
        "3": Failure.REQUEST,
        "4": Failure.REQUEST,
        "6": Failure.REQUEST,
        "8": Failure.HOURS,
        "13": Failure.TEXT,
        "14": Failure.CREDIT,
        "15": Failure.BUSY,
        "16": Failure.LOGIN,
        "17": Failure.LOGIN,
        "18": Failure.LOGIN,
        "19": Failure.LOGIN,
        "20": Failure.LINE,
        "22": Failure.LOGIN,
        "23": Failure.BUSY,
        "24": Failure.REQUEST,
        "25": Failure.REQUEST,
        "27": Failure.TELECOM_BLACKLIST,
        "28": Failure.NUMBER,
        "29": Failure.ADDRESS,
        "30": Failure.TEXT,
        "31": Failure.REQUEST,
        "33": Failure.LINE_BLOCKED,
        "34": Failure.LINE,
        "35": Failure.TEXT,
        **dict.fromkeys(map(str, range(101, 111)), Failure.REQUEST),
    }
    statuses = {
        "-1": Status.UNKNOWN,
        "0": Status.QUEUED,
        "1": Status.DELIVERED,
        "2": Status.UNDELIVERED,
        "8": Status.HANDED,
        "16": Status.FAILED,
    }

    def send(self, texts):
        return self._ask(
            "send",
            lambda data: self._receipts(texts, data["messages"]),
            messages=[text.body for text in texts],
            senders=[self.setup.sender] * len(texts),
            recipients=[digits(text.number) for text in texts],
            uids=[text.reference for text in texts],
        )

    def reports(self, sent):
        mids = [int(one.external_id) for one in sent]
        return self._ask(
            "statuses",
            lambda data: [self._report(entry) for entry in data["dlrs"]],
            mids=mids,
        )

    def find(self, sent, known=()):
        mid = self._ask("mid", lambda data: int(data["mid"]), uid=sent.reference)
        if mid == -1:
            return None
        if mid < 1:
            raise InDoubt(f"{mid} is no id of a message")
        return Receipt(sent.reference, external_id=str(mid))

    def inbox(self, after):
        return self._ask(
            "messages",
            lambda data: [self._incoming(entry) for entry in data["messages"]],
            count=100,
        )

    def credit(self):
        return self._ask("balance", lambda data: Decimal(data["balance"]))

    def read_incoming(self, form):
        with documented():
            return Incoming(
                number=to_e164(form["from"]) or form["from"],
                line=_line(form["to"]),
                body=form["text"],
                moment=datetime.now(timezone.utc),
            )

    def _ask(self, operation, read, **arguments):
        """Call one of the provider's operations, which its protocols have in common."""
        if operation == "send":
            return self._call("POST", "/send", read, json=arguments, auth=self._login)
        values = (
            ",".join(map(str, value)) if isinstance(value, list) else str(value)
            for value in arguments.values()
        )
        path = "/".join(("", operation, *values))
        return self._call("GET", path, read, auth=self._login)

    @property
    def _login(self):
        domain = self.setup.options.get("domain") or "magfa"
        # requests would write what is no bytes in Latin-1
        return f"{self.setup.username}/{domain}".encode(), self.setup.password.encode()

    def _open(self, answer):
        data = answer.json()
        # the page of a web server's own error tells the status of HTTP there
        if data["status"] == answer.status:
            raise InDoubt(f"HTTP status {answer.status}", answer)
        return self._accepted(data, answer)

    def _accepted(self, data, answer=None):
        code = int(data["status"])
        if code:
            raise Refused(code, "", answer)
        return data

    def _receipts(self, texts, entries):
        told = {int(entry["userId"]): entry for entry in entries}
        return [self._receipt(text.reference, told[text.reference]) for text in texts]

    def _receipt(self, reference, entry):
        code = str(int(entry["status"]))
        if code != "0":
            return Receipt(reference, failure=self.failure(code), code=code)
        parts = int(entry["parts"])
        return Receipt(
            reference,
            external_id=str(int(entry["id"])),
            parts=parts,
            cost=Decimal(str(entry["tariff"])) * parts,
        )

    def _report(self, entry):
        return Report(
            external_id=str(int(entry["mid"])),
            status=self.status(entry["status"]),
            code=str(entry["status"]),
        )

    def _incoming(self, entry):
        moment = datetime.strptime(entry["date"], "%Y-%m-%d %H:%M:%S")
        return Incoming(
            number=to_e164(entry["senderNumber"]) or entry["senderNumber"],
            line=_line(entry["recipientNumber"]),
            body=entry["body"],
            moment=moment.replace(tzinfo=TEHRAN).astimezone(timezone.utc),
        )


def _line(number):
    """Write a line as an account has it: 3000…, not 983000… or +983000…"""
    return number.removeprefix("+").removeprefix("98")
