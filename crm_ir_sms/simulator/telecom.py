"""The operators behind every simulated gateway: what becomes of a message, and when."""

import datetime
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from odoo.addons.crm_ir_base.simulator.clock import Clock
from odoo.addons.crm_ir_base.tools.phone import to_e164

from ..gateways.base import Status
from ..tools.text import parts

# The last digits of a number decide the fate of its messages.
FATES = {
    "0001": Status.TELECOM_BLACKLIST,
    "0002": Status.UNDELIVERED,
    "0003": Status.INVALID_NUMBER,
    "0004": Status.LINE_BLOCKED,
    "0005": Status.FAILED,
    "0006": Status.QUEUED,  # for ever
}
# Seconds after which the operator has a message, and after which its fate is known.
HANDED = 1
DECIDED = 3
PRICE = 120  # Rial of one part

DELIVERED = "9121110000"
SHOWN = {
    Status.QUEUED: "در صف",
    Status.HANDED: "تحویل مخابرات",
    Status.DELIVERED: "تحویل شد",
    Status.UNDELIVERED: "نرسید",
    Status.TELECOM_BLACKLIST: "لیست سیاه مخابرات",
    Status.LINE_BLOCKED: "لغو ۱۱",
    Status.INVALID_NUMBER: "شمارهٔ نادرست",
    Status.FAILED: "ناموفق",
}


class Refusal(Exception):
    """The gateway answers with one of its own codes."""

    def __init__(self, code: str | int, words: str = ""):
        super().__init__(code, words)
        self.code = code
        self.words = words


@dataclass
class Template:
    """An approved pattern: its text with %name% in it."""

    text: str
    names: tuple[str, ...]
    is_approved: bool = True

    def fill(self, values: Mapping[str, str]) -> str:
        text = self.text
        for name, value in values.items():
            text = text.replace(f"%{name}%", str(value))
        return text


@dataclass
class Account:
    """A customer of the gateway."""

    api_key: str = "demo-key+=%1"
    username: str = "demo"
    password: str = "demo-pass&%+2"
    lines: tuple[str, ...] = ("30007777", "10008888")
    credit: Decimal = Decimal(1_000_000_000)  # Rial
    is_active: bool = True
    accepts_address: bool = True
    accepts_links: bool = True
    in_hours: bool = True
    templates: dict[str, Template] = field(
        default_factory=lambda: {
            "1001": Template("کد شما %token% است", ("token",)),
            "1002": Template("%token20% عزیز، کد %token%", ("token20", "token")),
        }
    )


@dataclass(frozen=True)
class Sms:
    """A message that a gateway took."""

    id: int
    line: str
    number: str  # E.164
    body: str
    moment: datetime.datetime
    reference: str = ""
    batch: int = 0
    pattern: str = ""

    @property
    def parts(self) -> int:
        return parts(self.body)

    @property
    def cost(self) -> Decimal:
        return Decimal(PRICE * self.parts)

    @property
    def fate(self) -> Status:
        return FATES.get(self.number[-4:], Status.DELIVERED)


@dataclass(frozen=True)
class Reply:
    """A text that a person sent to a line."""

    id: int
    number: str
    line: str
    body: str
    moment: datetime.datetime


class Telecom:
    """What one gateway keeps: an account, the messages it took, what came in."""

    def __init__(self, clock: Clock):
        self.clock = clock
        self.account = Account()
        self.messages: dict[int, Sms] = {}
        self.by_reference: dict[str, Sms] = {}
        self.inbox: list[Reply] = []
        self.read: set[int] = set()
        self._ids = itertools.count(8_792_343_000_000)

    def take(self, line: str, number: str, body: str, **more) -> Sms:
        """Take a message for an E.164 ``number``, and what it costs."""
        sms = Sms(next(self._ids), line, number, body, self.clock.now(), **more)
        self.messages[sms.id] = sms
        if sms.reference:
            self.by_reference[sms.reference] = sms
        self.account.credit -= sms.cost
        return sms

    def next_id(self) -> int:
        """A new id, for what is not one message."""
        return next(self._ids)

    def status(self, sms: Sms) -> Status:
        """What has become of a message by now."""
        age = (self.clock.now() - sms.moment).total_seconds()
        if age < HANDED or sms.fate == Status.QUEUED:
            return Status.QUEUED
        return Status.HANDED if age < DECIDED else sms.fate

    def age(self, sms: Sms) -> datetime.timedelta:
        return self.clock.now() - sms.moment

    def to(self, number: str) -> list[Sms]:
        """The messages that were taken for a number, however it is written."""
        e164 = to_e164(number)
        return [sms for sms in self.messages.values() if sms.number == e164]

    def reply(self, number: str, line: str, body: str) -> Reply:
        """A person sends a text to a line."""
        reply = Reply(next(self._ids), number, line, body, self.clock.now())
        self.inbox.append(reply)
        return reply

    def unread(self, most: int) -> Iterator[Reply]:
        """Give what was not read before, and count it as read."""
        fresh = (reply for reply in self.inbox if reply.id not in self.read)
        for reply in itertools.islice(fresh, most):
            self.read.add(reply.id)
            yield reply
