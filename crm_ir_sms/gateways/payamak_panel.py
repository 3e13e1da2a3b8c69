import re
from datetime import datetime, timezone

from odoo.addons.crm_ir_base.tools.http import InDoubt, Refused
from odoo.addons.crm_ir_base.tools.phone import to_e164

from ..tools.tehran import TEHRAN
from .base import Failure, Gateway, Incoming, Receipt, Status

# An id is told from a code by its length. What is between them is neither.
_ID = re.compile(r"[0-9]{9,19}")
_PATTERN_ID = re.compile(r"[0-9]{16,19}")
_CODE = re.compile(r"-?[0-9]{1,3}")
_TAKEN = "1"
# The panel writes its times without a zone.


class PayamakPanel(Gateway):
    """What every protocol of payamak-panel and its white labels has in common.

    Sources: the PDF documents of Farapayamak, the published clients of Melipayamak, and
    melipayamak.com/api/transfering-massage for texts that are pushed. A text in doubt
    cannot be found: the list of what was sent counts a text for many people as one, gives
    no id of a recipient and does not say how soon it is complete.
    """

    credentials = ("username", "password")
    texts_per_call = 100
    patterns_per_call = 1
    numbers_patterns = True
    reads_inbox = True
    rial_per_unit = None  # messages or Rial, as the panel was sold

    codes = {
        "0": Failure.LOGIN,
        "2": Failure.CREDIT,
        "3": Failure.BUSY,
        "4": Failure.BUSY,
        "5": Failure.LINE,
        "6": Failure.BUSY,
        "7": Failure.TEXT,
        "8": Failure.OTHER,
        "9": Failure.LINE,
        "10": Failure.LOGIN,
        "11": Failure.OTHER,  # a recipient on the blacklist, among other reasons
        "12": Failure.LOGIN,
        "14": Failure.LINK,
        "15": Failure.TEXT,
        "16": Failure.REQUEST,
        "17": Failure.TEXT,
        "18": Failure.NUMBER,
        "35": Failure.TELECOM_BLACKLIST,
        # those of patterns
        "-1": Failure.LOGIN,
        "-2": Failure.REQUEST,
        "-3": Failure.LINE,
        "-4": Failure.PATTERN,
        "-5": Failure.PATTERN,
        "-6": Failure.OTHER,
        "-7": Failure.LINE,
        "-10": Failure.LINK,
    }
    statuses = {
        "-1": Status.QUEUED,
        "0": Status.HANDED,
        "1": Status.DELIVERED,
        "2": Status.UNDELIVERED,
        "3": Status.FAILED,
        "5": Status.FAILED,
        "8": Status.HANDED,
        "16": Status.FAILED,
        "35": Status.TELECOM_BLACKLIST,
        "100": Status.UNKNOWN,
        "200": Status.HANDED,
        "300": Status.REJECTED,
        "400": Status.QUEUED,
        "500": Status.REJECTED,
    }

    def check_values(self, values):
        unfit = super().check_values(values)
        return [name for name in values if name in unfit or ";" in values[name]]

    def read_incoming(self, form):
        if not {"to", "body", "from"} <= set(form):
            return None
        return Incoming(
            number=to_e164(form["from"]) or form["from"],
            line=form["to"],
            body=form["body"],
            moment=datetime.now(timezone.utc),
        )

    def _login(self):
        return {"username": self.setup.username, "password": self.setup.password}

    def _pattern_receipts(self, pattern, value):
        return self._receipts([pattern], [value], _PATTERN_ID)

    def _receipts(self, messages, values, form=_ID):
        """Read ``values``: an id or a code for each message, or a code for the call."""
        if len(values) == 1 and is_code(values[0]):
            raise Refused(values[0])
        return [
            self._receipt(message.reference, value, form)
            for message, value in zip(messages, values, strict=True)
        ]

    def _receipt(self, reference, value, form):
        if form.fullmatch(value):
            return Receipt(reference, external_id=value)
        if is_code(value):
            return Receipt(reference, failure=self.failure(value), code=value)
        raise InDoubt(f"neither an id nor a code: {value[:40]!r}")

    def _incoming(self, entries, after):
        """Read those of ``entries`` whose id, which grows, is above ``after``."""
        return [
            Incoming(
                number=to_e164(entry["Sender"]) or entry["Sender"],
                line=entry["Receiver"],
                body=entry["Body"] or "",
                # the fraction of a second has any number of digits
                moment=datetime.fromisoformat(entry["SendDate"][:19])
                .replace(tzinfo=TEHRAN)
                .astimezone(timezone.utc),
                external_id=str(entry["MsgID"]),
            )
            for entry in entries
            if not after or int(entry["MsgID"]) > int(after)
        ]


def is_id(value: str) -> bool:
    """Whether ``value`` is the id of a message that was taken."""
    return bool(_ID.fullmatch(value))


def is_code(value: str) -> bool:
    """Whether ``value`` is a code of refusal."""
    return bool(_CODE.fullmatch(value)) and value != _TAKEN
