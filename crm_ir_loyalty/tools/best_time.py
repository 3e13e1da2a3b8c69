"""When a partner answers: 168 hours of the week, shrunk to those who are like them.

A *try* is a message, call or visit in that hour and a *hit* a try that was answered:
a call taken, a link clicked, a reply. What a partner does unasked (a purchase, a visit
of the portal) could have come at any hour: it is a hit in its own and a try in each of
them. An hour of the week is 24 x weekday + hour in the company's time zone, Monday first
as in `date.weekday`.

Each level scores (hits + strength x prior) / (tries + strength), the mean of a
Beta-Binomial whose prior is the level above: partner, segment, company, and at last the
company's rate over all hours.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

HOURS = 168
# How many tries the level above weighs against a partner's own.
STRENGTH = 5.0


@dataclass(frozen=True)
class HourScores:
    """Probability of an answer for each hour of the week, and whose signals say so.

    `source` is "company", "segment" or "partner".
    """

    source: str
    scores: tuple[float, ...]

    @classmethod
    def company(cls, hits: Sequence[int], tries: Sequence[int]) -> "HourScores | None":
        """Scores of the whole company; None before its first hit.

        Raises ValueError unless there are 168 of each and no hour has more hits than
        tries.
        """
        _check(hits, tries)
        if not any(hits):
            return None
        rate = sum(hits) / sum(tries)
        return cls("company", _shrunk(hits, tries, [rate] * HOURS))

    def narrowed(
        self, source: str, hits: Sequence[int], tries: Sequence[int]
    ) -> "HourScores":
        """Scores of a segment of the company, or of a partner of the segment.

        Those of the level above until there is a first hit of their own. Raises
        ValueError as `company` does.
        """
        _check(hits, tries)
        if not any(hits):
            return self
        return HourScores(source, _shrunk(hits, tries, self.scores))

    def best(self, allowed: Collection[int]) -> int:
        """The hour of the week to try, the earliest of equals, among the allowed ones.

        Raises ValueError where none is allowed.
        """
        return max(sorted(allowed), key=self.scores.__getitem__)


def hour_of_week(moment: datetime) -> int:
    """0 for Monday 00:00 to 00:59, 167 for Sunday 23:00, as the moment's clock shows."""
    return 24 * moment.weekday() + moment.hour


def _check(hits: Sequence[int], tries: Sequence[int]) -> None:
    if not len(hits) == len(tries) == HOURS:
        raise ValueError("A week has 168 hours.")
    if not all(0 <= h <= t for h, t in zip(hits, tries, strict=True)):
        raise ValueError("An hour cannot have more hits than tries.")


def _shrunk(
    hits: Sequence[int], tries: Sequence[int], prior: Sequence[float]
) -> tuple[float, ...]:
    return tuple(
        (h + STRENGTH * p) / (t + STRENGTH)
        for h, t, p in zip(hits, tries, prior, strict=True)
    )
