"""What a gateway can do and the closed vocabulary in which it tells what became of it."""

import contextlib
import enum
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import ClassVar

from odoo.addons.crm_ir_base.tools.http import Answer, Door, InDoubt, Refused

from ..tools.tehran import TEHRAN


class Status(str, enum.Enum):
    """What became of a message that the gateway took."""

    QUEUED = "queued"
    HANDED = "handed"  # the operator has it
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    TELECOM_BLACKLIST = "telecom_blacklist"  # refuses advertising from every line
    LINE_BLOCKED = "line_blocked"  # answered 11 to this line
    INVALID_NUMBER = "invalid_number"
    REJECTED = "rejected"  # by the gateway's or the operator's look at the text
    CANCELLED = "cancelled"
    FAILED = "failed"
    UNKNOWN = "unknown"  # the gateway does not know, or no longer


class Failure(str, enum.Enum):
    """Why a gateway certainly did not take a message."""

    BUSY = "busy"  # the same account may try again later
    LOGIN = "login"  # the key, the password or the account itself
    ADDRESS = "address"  # our server's address is not on the gateway's list
    CREDIT = "credit"
    LINE = "line"
    HOURS = "hours"  # outside the hours of advertising
    TEXT = "text"  # empty, too long, a filtered word
    LINK = "link"
    PATTERN = "pattern"  # unknown, not approved, or its values do not fit
    NUMBER = "number"
    TELECOM_BLACKLIST = "telecom_blacklist"
    LINE_BLOCKED = "line_blocked"
    REPEATED = "repeated"  # the gateway had the same a moment ago
    REQUEST = "request"  # ours was wrong: a defect
    OTHER = "other"  # a code that is not in the gateway's published table


@dataclass(frozen=True)
class Setup:
    """An account at a gateway: its line ``sender`` and what it proves itself with.

    Advertising leaves by lines that are ``is_promotional`` only.
    """

    sender: str
    is_promotional: bool = False
    api_key: str = ""
    username: str = ""
    password: str = ""
    options: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Text:
    """A free text for one ``number`` (E.164). ``reference`` is ours: 62 random bits."""

    reference: int
    number: str
    body: str = field(repr=False)  # may hold a one-time code


@dataclass(frozen=True)
class Pattern:
    """An approved text, named ``code`` at the gateway, with the ``values`` of its names.

    The order of ``values`` is that in the pattern, for gateways that count them.
    """

    reference: int
    number: str
    code: str
    values: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True)
class Approved:
    """A pattern as the gateway has it: its ``text`` with each of ``names`` as %name%.

    ``is_active`` tells whether it may be sent, as far as the gateway says.
    """

    text: str
    names: tuple[str, ...]
    is_active: bool = True


@dataclass(frozen=True)
class Receipt:
    """What the gateway answered for one message when it was sent, or when asked later.

    Either it took it, under its own ``external_id`` (and ``batch_id``, where ids belong
    to calls), or ``failure`` says why not, with the gateway's ``code`` and ``words``.
    ``parts`` and ``cost`` (in the gateway's unit) are None where it does not say.
    """

    reference: int
    external_id: str = ""
    batch_id: str = ""
    failure: Failure | None = None
    code: str = ""
    words: str = ""
    parts: int | None = None
    cost: Decimal | None = None


@dataclass(frozen=True)
class Sent:
    """A message that left: what a gateway needs to find it again. ``sent_at`` is UTC."""

    reference: int
    number: str
    body: str = field(repr=False)
    sent_at: datetime
    external_id: str = ""
    batch_id: str = ""


@dataclass(frozen=True)
class Report:
    """What became of the message ``external_id``; ``code`` is the gateway's own."""

    external_id: str
    status: Status
    code: str = ""
    number: str = ""
    parts: int | None = None
    cost: Decimal | None = None


@dataclass(frozen=True)
class Incoming:
    """A text that came in; numbers are E.164 where they are phones, ``moment`` is UTC.

    ``external_id`` is empty where the gateway gives none.
    """

    number: str
    line: str
    body: str
    moment: datetime
    external_id: str = ""


class Gateway:
    """One provider's protocol. A subclass states limits and tables and speaks one call.

    Every method makes at most one request where not said otherwise, and raises what the
    door raises: `NotSent`, `Refused` (the whole call, by a code of ``codes``) and
    `InDoubt`.
    """

    key: ClassVar[str]
    title: ClassVar[str]
    base_url: ClassVar[str]
    # which of api_key, username, password an account must have
    credentials: ClassVar[tuple[str, ...]] = ("api_key",)

    texts_per_call: ClassVar[int] = 1
    # whether the texts of one call may differ
    mixes_bodies: ClassVar[bool] = False
    patterns_per_call: ClassVar[int] = 0  # 0 where it has no patterns
    numbers_patterns: ClassVar[bool] = False  # whether their codes are numbers
    max_value_length: ClassVar[int | None] = None  # characters of a pattern's value
    reads_patterns: ClassVar[bool] = False
    reports_per_call: ClassVar[int] = 1
    # how long the gateway answers for a message
    report_window: ClassVar[timedelta] = timedelta(hours=48)
    # how long a message in doubt can be found; None where never
    find_window: ClassVar[timedelta | None] = None
    # whether our reference travels with the message
    carries_reference: ClassVar[bool] = False
    # whether the same reference, sent again within find_window, is not sent again
    is_idempotent: ClassVar[bool] = False
    reads_inbox: ClassVar[bool] = False
    # whether its inbox has no ids and gives again what it gave before: the number, the
    # text and the moment tell it apart
    repeats_inbox: ClassVar[bool] = False
    # Rial of one unit of its costs and credits; None where the unit is its own
    rial_per_unit: ClassVar[int | None] = 1

    codes: ClassVar[Mapping[str, Failure]]
    statuses: ClassVar[Mapping[str, Status]]

    def __init__(self, door: Door, setup: Setup):
        self.door = door
        self.setup = setup

    @classmethod
    def check_options(cls, options: Mapping[str, object]) -> list[str]:
        """Return what is wrong with the ``options`` of an account, a sentence each."""
        return []

    def send(self, texts: Sequence[Text]) -> list[Receipt]:
        """Send at most ``texts_per_call`` texts in one call; a receipt for each."""
        raise NotImplementedError

    def send_patterns(self, patterns: Sequence[Pattern]) -> list[Receipt]:
        """Send at most ``patterns_per_call`` patterns of one code in one call."""
        raise NotImplementedError

    def check_values(self, values: Mapping[str, str]) -> list[str]:
        """Return the names whose value this gateway's patterns do not take."""
        most = self.max_value_length
        return [
            name
            for name, value in values.items()
            if not value.strip() or (most and len(value) > most)
        ]

    def pattern(self, code: str) -> Approved | None:
        """Read the pattern ``code``, None where the gateway has no such pattern."""
        raise NotImplementedError

    def reports(self, sent: Sequence[Sent]) -> list[Report]:
        """Ask what became of at most ``reports_per_call`` messages (of one batch_id).

        What the gateway does not answer for is missing from the list.
        """
        raise NotImplementedError

    def find(self, sent: Sent, known: Collection[str] = ()) -> Receipt | None:
        """Ask whether the gateway has a message whose sending was in doubt.

        ``known`` are external ids of other messages, for a gateway that can only be
        asked for the same text to the same number. Returns the receipt, or None where
        the gateway certainly does not have the message; raises `InDoubt` where it cannot
        tell. May make several requests.
        """
        raise InDoubt(f"{self.title} cannot be asked for a message without its id")

    def inbox(self, after: str) -> list[Incoming]:
        """Read what came in since the message ``after`` (its external_id, may be "").

        A gateway that gives each text once gives those not read before, whatever
        ``after`` is: store them before the next call.
        """
        raise NotImplementedError

    def credit(self) -> Decimal:
        """What the account has left, in the gateway's unit."""
        raise NotImplementedError

    def lines(self) -> list[str]:
        """The lines that the account may send from, [] where the gateway does not say."""
        return []

    def read_reports(self, form: Mapping[str, str]) -> list[Report]:
        """Read a pushed delivery report, ``form`` of query and body; a hint, no proof."""
        return []

    def read_incoming(self, form: Mapping[str, str]) -> Incoming | None:
        """Read a pushed incoming text; None where the form is none."""
        return None

    def failure(self, code: str) -> Failure:
        """Return what the ``code`` of a refusal means, the gateway's own or that of HTTP."""
        return self.codes.get(code) or _HTTP_CODES.get(code, Failure.OTHER)

    def status(self, code: object) -> Status:
        """Return what the gateway's ``code`` of a delivery means."""
        return self.statuses.get(str(code), Status.UNKNOWN)

    def _call(self, method: str, path: str, read=lambda data: data, **options):
        """Call and return what ``read`` makes of the data that `_open` takes out.

        An answer with an HTTP status of failure may hold the gateway's own refusal,
        which then says more than the status. Whatever is not as documented is in doubt.
        """
        try:
            answer = self.door.request(method, path, **options)
        except (Refused, InDoubt) as error:
            if error.answer is not None:
                with contextlib.suppress(InDoubt, *_MALFORMED):
                    self._open(error.answer)
            raise
        with documented():
            return read(self._open(answer))

    def _open(self, answer: Answer):
        """Take the data out of the envelope; raises `Refused` by the gateway's code."""
        raise NotImplementedError


_HTTP_CODES = {
    "HTTP 401": Failure.LOGIN,
    "HTTP 403": Failure.ADDRESS,
    "HTTP 404": Failure.REQUEST,
    "HTTP 405": Failure.REQUEST,
    "HTTP 429": Failure.BUSY,
}
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?")
_MALFORMED = (
    KeyError,
    IndexError,
    TypeError,
    ValueError,
    AttributeError,
    ArithmeticError,
)


@contextlib.contextmanager
def documented():
    """What an answer holds is read inside: where it is not as documented, `InDoubt`."""
    try:
        yield
    except _MALFORMED as error:
        raise InDoubt(f"the answer is not of the documented form: {error!r}") from None


def read_moment(text: str) -> datetime:
    """Read a moment of ISO 8601, in Tehran's time where it names no zone.

    Raises ValueError where it is none.
    """
    written = _MOMENT.fullmatch(text or "")
    if not written:
        raise ValueError(f"no moment: {text!r}")
    clock, zone = written.groups()
    # Python 3.10 reads neither Z nor every count of digits of a second
    moment = datetime.fromisoformat(clock + (zone or "").replace("Z", "+00:00"))
    return (moment if zone else moment.replace(tzinfo=TEHRAN)).astimezone(timezone.utc)


def national(number: str) -> str:
    """Write an Iranian E.164 number as 09121234567; other numbers as 00…"""
    if number.startswith("+98"):
        return "0" + number[3:]
    return "00" + number.removeprefix("+")


def digits(number: str) -> str:
    """Write an E.164 number as 989121234567."""
    return number.removeprefix("+")
