"""What became of one thing that left, or did not leave, the company."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

REFERENCE_BITS = 62
# Seconds for which a worker holds what it claimed: more than a call can take.
LEASE = 180
# Seconds after its claim in which a call must begin; a worker that was halted gives up.
BEGIN_WITHIN = 60
# Seconds after which no request of ours can still be on its way into a service.
SETTLED_AFTER = 300


def new_reference() -> str:
    """Return a new reference: 62 random bits as decimal digits."""
    return str(secrets.randbits(REFERENCE_BITS))


class CannotAsk(Exception):
    """A service has no way to say whether it has something."""


@dataclass(frozen=True)
class Outcome:
    """How a call, or a question about it, ended for one row.

    ``state`` is one of the outbox; "queued" means that the service certainly has nothing
    and that a later attempt makes sense. ``code`` and ``words`` are the service's own.
    ``values`` are other fields to write. ``pause`` is the reason for which the connection
    is not used for a while, "refused" or "away"; ``wait`` (seconds) is how long the
    service wants it so.
    """

    state: str
    code: str = ""
    words: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    pause: str = ""
    wait: int = 0

    @property
    def what(self) -> tuple[str, str, str]:
        """State, code and words: what the rows of one call often share."""
        return self.state, self.code, self.words
